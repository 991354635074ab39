import type { JsonObject, User } from "../model.ts";
import type { Core } from "../scope.ts";

export const partialUser = (id: string): JsonObject => ({ object: "user", id });

const maxUploadBytes = 5 * 1024 ** 3;

export const showUser = (user: User, core: Core): JsonObject => {
  const common = { object: "user", id: user.id, name: user.name, avatar_url: null };
  if (user.kind === "person") return { ...common, type: "person", person: { email: user.email } };
  return {
    ...common,
    type: "bot",
    bot: {
      owner: { type: "workspace", workspace: true },
      workspace_id: core.workspace.id,
      workspace_name: core.workspace.name,
      workspace_limits: { max_file_upload_size_in_bytes: maxUploadBytes },
    },
  };
};

/** A user by id; one that has left shows as a bare reference. */
export const showUserById = (id: string, core: Core): JsonObject => {
  const user = core.users.find((known) => known.id === id);
  return user ? showUser(user, core) : partialUser(id);
};
