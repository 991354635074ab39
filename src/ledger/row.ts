import { findAction } from "../store/actions.ts";
import { findPage } from "../store/pages.ts";
import type { ActionContext } from "./context.ts";
import { createRow } from "./create-row.ts";
import type { Carrier } from "./outcome.ts";

/** How long a row waits for another one that it refers to. */
const notYetMs = 10_000;

/** Makes a row of a record. One that refers to rows of other actions waits until those are made or given up. */
export const carryOutRow: Carrier<"row">["carryOut"] = async (context, action, payload) => {
  const made = Object.entries(payload.links).map(
    ([property, keys]) => [property, keys.map((key) => madeBy(context, key))] as const,
  );
  if (made.some(([, ids]) => ids.includes("waiting")))
    return { kind: "not_yet", until: context.clock.now() + notYetMs };
  const links = made.map(([property, ids]) => {
    const known = (payload.values[property] as readonly string[] | undefined) ?? [];
    return [property, [...known, ...ids.flatMap((id) => id ?? [])]];
  });
  const values = { ...payload.values, ...Object.fromEntries(links) };
  return createRow(context, action, { database: payload.database, values, lane: "bulk" });
};

/** The page that an action made; null where there is none or people have removed it. */
const madeBy = ({ database }: ActionContext, key: string): string | "waiting" | null => {
  const action = findAction(database, key);
  if (action?.state === "pending" || action?.state === "running") return "waiting";
  const pageId = action?.state === "done" ? action.result : null;
  return pageId !== null && findPage(database, pageId)?.state !== "trashed" ? pageId : null;
};
