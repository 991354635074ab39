import { allCapabilities, type Capability } from "../capability.ts";
import type { Actor, Json, JsonObject } from "../model.ts";
import { notAllowed } from "./errors.ts";
import type { Method, Operation } from "./operation.ts";

/** Documented: what a method needs unless the operation has a row below. */
const byMethod: Readonly<Record<Method, Capability>> = {
  GET: "read_content",
  POST: "insert_content",
  PATCH: "update_content",
  DELETE: "update_content",
};

/** Documented, but for view queries (assumed: they only read); null: any connection may call it. */
const byOperation: Readonly<Record<string, Capability | null>> = {
  "users.me": null,
  "users.list": "read_users",
  "users.retrieve": "read_users",
  search: "read_content",
  "data_sources.query": "read_content",
  "databases.query": "read_content",
  "views.queries.create": "read_content",
  "views.queries.delete": "read_content",
  "pages.move": "update_content",
  "blocks.children.append": "insert_content",
  "comments.create": "insert_comments",
  "comments.list": "read_comments",
  "comments.retrieve": "read_comments",
  "comments.update": "insert_comments",
  "comments.delete": "insert_comments",
};

const needOf = ({ name, method }: Operation): Capability | null => {
  const row = byOperation[name];
  return row === undefined ? byMethod[method] : row;
};

/** Throws restricted_resource when the connection lacks what the operation needs. People may do everything. */
export const assertCapable = (
  actor: Actor,
  operation: Operation,
  capabilities: readonly Capability[],
): void => {
  const need = needOf(operation);
  if (actor.kind === "bot" && need && !capabilities.includes(need)) throw notAllowed();
};

const isObject = (value: Json): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What a connection that may not read an object sees of it. Documented: reference/capabilities. */
const partial = (object: JsonObject): JsonObject => {
  if (object.object === "data_source")
    return { object: object.object, id: object.id, properties: object.properties };
  if (object.object === "view") {
    return { object: object.object, id: object.id, parent: object.parent, type: object.type };
  }
  return { object: object.object, id: object.id };
};

const readBy: Readonly<Record<string, Capability>> = {
  page: "read_content",
  database: "read_content",
  data_source: "read_content",
  block: "read_content",
  view: "read_content",
  comment: "read_comments",
  user: "read_users",
};

const withoutEmail = (user: JsonObject): JsonObject =>
  user.type === "person" ? { ...user, person: {} } : user;

/** An answer as this connection may see it: objects that it cannot read are partial, people without their addresses. */
export const limitAnswer = (actor: Actor, answer: Json, capabilities: readonly Capability[]): Json => {
  if (actor.kind === "person" || capabilities.length === allCapabilities.length) return answer;
  const limit = (value: Json, isOwn: boolean): Json => {
    if (Array.isArray(value)) return value.map((item) => limit(item, false));
    if (!isObject(value)) return value;
    const need = readBy[String(value.object)];
    const isSelf = value.object === "user" && isOwn;
    if (need && !isSelf && !capabilities.includes(need)) return partial(value);
    const shown: JsonObject = Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, limit(inner, false)]),
    );
    return value.object === "user" && !capabilities.includes("read_user_emails")
      ? withoutEmail(shown)
      : shown;
  };
  return limit(answer, true);
};
