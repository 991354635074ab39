import type { JsonObject } from "../model.ts";
import type { FaultGiven } from "./fault-table.ts";
import type { Route } from "./operations.ts";
import type { RawRequest } from "./read-request.ts";

/** What an answer says was stored: a created object, or the parent and the children of an append (notion-api §4). */
export const committedBy = ({ operation, params }: Route, body: string): FaultGiven["committed"] => {
  const answer = JSON.parse(body) as JsonObject & { results?: { id: string }[] };
  if (operation.name === "blocks.children.append") {
    return { id: Object.values(params)[0] ?? "", childIds: (answer.results ?? []).map(({ id }) => id) };
  }
  return operation.name.endsWith(".create") ? { id: String(answer.id), childIds: [] } : null;
};

/** The cursor that a request goes on from; null when it begins a list. */
export const cursorOf = ({ url, text }: RawRequest): string | null => {
  const inBody = /"start_cursor"\s*:\s*"([^"]+)"/.exec(text)?.[1];
  return inBody ?? url.searchParams.get("start_cursor");
};
