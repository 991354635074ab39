import { databases } from "../../notion-templates/databases.ts";
import { markDirty } from "../store/dirty.ts";
import { findPoll, type Poll, savePoll } from "../store/polls.ts";
import { NotionError } from "../types/errors.ts";
import type { Lane, PageObservation } from "../types/notion.ts";
import type { DatabaseKey, DatabaseTemplate } from "../types/schema.ts";
import { type BoundDatabase, boundDatabase, type SyncContext } from "./context.ts";
import { takeListedRow } from "./listed.ts";

/** Notion rounds edit times down to the minute; nothing is closed before this much has passed over it (notion-api §5). */
const overlapMs = 3 * 60_000;

/** How often a listing is started anew when its cursor becomes invalid (reliability F11). */
const restarts = 3;

/** Makes sure that every bound database is polled; new ones at once and from their beginning. */
export const schedulePolls = (context: SyncContext): void => {
  const now = context.clock.now();
  for (const key of Object.keys(databases) as DatabaseKey[]) {
    if (boundDatabase(context, key) && !findPoll(context.database, key)) {
      savePoll(context.database, { database: key, watermark: 0, dueAt: now, complete: false });
    }
  }
};

/**
 * Has the databases that refer to another listed from their beginning: what a relation shows changes when a page it points
 * to goes into the trash or comes back, and no edit time tells. Runs inside a transaction.
 */
export const listReferring = (context: SyncContext, key: DatabaseKey): void => {
  for (const template of Object.values<DatabaseTemplate>(databases)) {
    const refers = Object.values(template.properties).some(
      (one) => one.type === "relation" && one.to === key,
    );
    const current = refers ? findPoll(context.database, template.key) : null;
    if (current) savePoll(context.database, { ...current, watermark: 0, dueAt: context.clock.now() });
  }
};

/**
 * Asks for the rows edited since the watermark and takes them in. Rows and watermark move in one transaction, after the
 * whole listing was read: a listing that breaks off moves nothing (reliability F10).
 * @throws NotionError
 */
export const poll = async (
  context: SyncContext,
  current: Poll,
  pollMs: number,
  isNew: (createdTime: number) => boolean,
  lane: Lane = "pull",
): Promise<void> => {
  const bound = boundDatabase(context, current.database);
  const startedAt = context.clock.now();
  if (!bound) return savePoll(context.database, { ...current, dueAt: startedAt + pollMs });
  const listing = await list(context, bound, current.watermark, lane, restarts);
  // In Notion's time: asked by our clock, a fast one would ask for the future (reliability F34).
  const minute = Math.floor((startedAt + (context.notion.skew() ?? 0)) / 60_000) * 60_000;
  context.database.transaction(() => {
    for (const row of listing.rows) {
      if (!takeListedRow(context, bound, row, isNew)) continue;
      markDirty(context.database, { pageId: row.pageId, urgent: false, author: null }, startedAt);
    }
    const watermark = minute - overlapMs;
    savePoll(context.database, {
      database: current.database,
      watermark: listing.capped ? (listing.lastEdited ?? current.watermark) : watermark,
      // A window that Notion capped is continued at once, unless it holds nothing but one minute.
      dueAt: listing.capped && (listing.lastEdited ?? 0) > current.watermark ? startedAt : startedAt + pollMs,
      complete: current.complete || !listing.capped,
    });
  });
};

type Listing = {
  readonly rows: readonly PageObservation[];
  readonly capped: boolean;
  readonly lastEdited: number | null;
};

const list = async (
  context: SyncContext,
  bound: BoundDatabase,
  since: number,
  lane: Lane,
  tries: number,
): Promise<Listing> => {
  const rows: PageObservation[] = [];
  let cursor: string | undefined;
  let capped = false;
  try {
    do {
      const page = await context.notion[lane].queryRows({
        dataSourceId: bound.binding.dataSourceId,
        byLastEdited: true,
        ...(since === 0 ? {} : { filter: { kind: "edited-on-or-after", time: since } }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      rows.push(...page.rows);
      cursor = page.cursor ?? undefined;
      capped = page.capped;
    } while (cursor !== undefined);
  } catch (error) {
    const cursorInvalid =
      cursor !== undefined && error instanceof NotionError && error.code === "notion_refused";
    if (!cursorInvalid || tries === 0) throw error;
    return list(context, bound, since, lane, tries - 1);
  }
  return { rows, capped, lastEdited: rows.at(-1)?.lastEditedTime ?? null };
};
