import { noteAttempt, type StoredAction } from "../store/actions.ts";
import { markDirty } from "../store/dirty.ts";
import type { Lane } from "../types/notion-gateway.ts";
import type { DatabaseKey } from "../types/schema.ts";
import { settleMs } from "../types/settle.ts";
import type { DomainValue } from "../types/values.ts";
import type { ActionContext } from "./context.ts";
import type { Outcome } from "./outcome.ts";

/** How long a new row waits for its database. */
const notYetMs = 60_000;

/** A row to be made, by template keys. */
export type NewRow = {
  readonly database: DatabaseKey;
  readonly values: Readonly<Record<string, DomainValue>>;
  readonly markdown?: string;
  readonly lane: Lane;
};

/**
 * Makes a row in one call. Its Milepost key is the action's: after a call without a clear answer the row is searched by it
 * before another is made. The page is read soon after, as any changed page.
 */
export const createRow = async (
  context: ActionContext,
  { key, attempted }: StoredAction,
  { database: target, values, markdown, lane }: NewRow,
): Promise<Outcome> => {
  const { database, clock, rows } = context;
  const notion = context.notion[lane];
  const binding = rows.binding(target);
  if (binding === null) return { kind: "not_yet", until: clock.now() + notYetMs };
  const { dataSourceId } = binding;
  const made = attempted ? await madeBefore(context, target, key, lane) : null;
  const make = async (): Promise<string> => {
    // First of all: a property that cannot be written now makes this wait, and nothing was attempted.
    const writes = rows.writes(target, { ...values, milepostKey: key });
    noteAttempt(database, key, clock.now(), clock.now() + settleMs.stopped);
    const body = markdown === undefined ? {} : { markdown };
    return (await notion.createRow({ dataSourceId, writes, ...body })).pageId;
  };
  const pageId = made ?? (await make());
  const urgent = lane === "verdict";
  const alongside = (): void => markDirty(database, { pageId, urgent, author: null }, clock.now());
  return { kind: "done", result: pageId, alongside };
};

/** The row that carries the key; of two the older one, the other being a copy that somebody made (design §5). */
const madeBefore = async (
  { notion, rows }: ActionContext,
  target: DatabaseKey,
  key: string,
  lane: Lane,
): Promise<string | null> => {
  const binding = rows.binding(target);
  if (binding === null) return null;
  const propertyId = binding.properties.milepostKey?.propertyId ?? "";
  const filter = { kind: "text-equals", propertyId, text: key } as const;
  const found = await notion[lane].queryRows({ dataSourceId: binding.dataSourceId, filter });
  const [oldest] = found.rows.toSorted((one, other) => one.createdTime - other.createdTime);
  return oldest?.pageId ?? null;
};
