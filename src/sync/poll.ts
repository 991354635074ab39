import { databases } from "../../notion-templates/databases.ts";
import { markDirty, noteListing, settleListed } from "../store/dirty.ts";
import { findPoll, noteListed, type Poll, savePoll } from "../store/polls.ts";
import { clearDatabaseProblem, raiseProblem } from "../store/problems.ts";
import { isStoreFailure } from "../types/errors.ts";
import type { PageObservation } from "../types/notion.ts";
import type { Lane } from "../types/notion-gateway.ts";
import type { DatabaseKey, DatabaseTemplate } from "../types/schema.ts";
import { type BoundDatabase, boundDatabase, type SyncContext } from "./context.ts";
import { takeListedRow } from "./listed.ts";
import { type Listing, list } from "./listing.ts";
import { endWholeListing } from "./whole-listing.ts";

/** Notion rounds edit times down to the minute; nothing is closed before this much has passed over it (notion-api §5). */
const minuteMs = 60_000;
const overlapMs = 3 * minuteMs;

/** Makes sure that every bound database is polled; new ones at once and from their beginning. */
export const schedulePolls = (context: SyncContext): void => {
  const now = context.clock.now();
  for (const key of Object.keys(databases) as DatabaseKey[]) {
    if (boundDatabase(context, key) && !findPoll(context.database, key)) {
      savePoll(context.database, {
        ...{ database: key, watermark: 0, dueAt: now, complete: false },
        ...{ createdFrom: null, wholeSince: null, wholeDue: 0 },
      });
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
    if (current)
      savePoll(context.database, {
        ...current,
        ...{ watermark: 0, createdFrom: null, dueAt: context.clock.now() },
      });
  }
};

/**
 * Asks for the rows edited since the watermark and takes them in. Rows and watermark move in one transaction, after the
 * whole listing was read: a listing that breaks off moves nothing and goes on where it stopped (reliability F10). From time to time all rows are listed,
 * and what is not among them is read directly.
 * @throws NotionError
 */
export const poll = async (
  context: SyncContext,
  due: Poll,
  pollMs: number,
  isNew: (createdTime: number) => boolean,
  lane: Lane = "pull",
): Promise<void> => {
  const { database } = context;
  const bound = boundDatabase(context, due.database);
  if (!bound) return savePoll(database, { ...due, dueAt: context.clock.now() + pollMs });
  const listing = await list(context, bound, due, lane);
  const { asked: current } = listing;
  // The clock may have been set back meanwhile; then nothing before now is known to have been read.
  const startedAt = Math.min(listing.startedAt, context.clock.now());
  // In Notion's time: asked by our clock, a fast one would ask for the future (reliability F34).
  const minute = Math.floor((startedAt + (context.notion.skew() ?? 0)) / minuteMs) * minuteMs;
  database.transaction(() => {
    // A listing of all rows names anew what it has to leave out.
    if (due.wholeSince === null && current.wholeSince !== null)
      clearDatabaseProblem(database, "listing_cut", bound.key);
    for (const row of listing.rows) takeRow(context, bound, row, isNew, startedAt, current.wholeSince);
    noteListing(database, bound.key);
    const { isLast, ...next } = nextWindow(current, listing, minute - overlapMs);
    if (next.isStuck) tellOfCap(context, bound, startedAt);
    const whole = isLast ? endWholeListing(context, bound, current, startedAt) : current;
    savePoll(database, {
      ...{ database: bound.key, watermark: next.watermark, createdFrom: next.createdFrom },
      dueAt: isLast ? startedAt + pollMs : startedAt,
      complete: current.complete || isLast,
      ...{ wholeSince: whole.wholeSince, wholeDue: whole.wholeDue },
    });
  });
};

/** A row that cannot be taken in is left to a direct read, which fails alone where the listing would fail for all rows. */
const takenOrRead = (...row: Parameters<typeof takeListedRow>): boolean => {
  try {
    return takeListedRow(...row);
  } catch (error) {
    if (isStoreFailure(error)) throw error;
    const [{ log }, { key }, { pageId }] = row;
    const stack = error instanceof Error ? error.stack : undefined;
    log.error("sync.row_failed", { database: key, page_id: pageId, stack });
    return true;
  }
};

const takeRow = (
  context: SyncContext,
  bound: BoundDatabase,
  row: PageObservation,
  isNew: (createdTime: number) => boolean,
  now: number,
  wholeSince: number | null,
): void => {
  const { database } = context;
  if (wholeSince !== null) noteListed(database, row.pageId, wholeSince);
  if (takenOrRead(context, bound, row, isNew))
    markDirty(database, { pageId: row.pageId, urgent: false, author: null }, now);
  else settleListed(database, row.pageId, row.lastEditedTime);
};

/** What the next query asks for. `isLast` where this listing reached the end; `isStuck` where rows had to be left out. */
type Window = Pick<Poll, "watermark" | "createdFrom"> & {
  readonly isLast: boolean;
  readonly isStuck: boolean;
};

/**
 * Notion ends a listing after 10,000 rows: the next one goes on from the last row's edit time, and within one minute that
 * holds more, from the last row's creation time. Rows created within one minute, too, cannot be told apart.
 */
const nextWindow = (current: Poll, listing: Listing, closed: number): Window => {
  const { watermark, createdFrom } = current;
  const { capped, lastEdited, lastCreated } = listing;
  if (!capped && createdFrom === null)
    return { watermark: closed, createdFrom: null, isLast: true, isStuck: false };
  if (!capped) return { watermark: watermark + minuteMs, createdFrom: null, isLast: false, isStuck: false };
  if (createdFrom === null && lastEdited > watermark)
    return { watermark: lastEdited, createdFrom: null, isLast: false, isStuck: false };
  if (createdFrom === null) return { watermark, createdFrom: 0, isLast: false, isStuck: false };
  const isStuck = lastCreated <= createdFrom;
  const next = isStuck ? createdFrom + minuteMs : lastCreated;
  return { watermark, createdFrom: next, isLast: false, isStuck };
};

const tellOfCap = (context: SyncContext, bound: BoundDatabase, now: number): void => {
  const detail = `${bound.template.title} has more than 10,000 rows that were created and edited in one minute`;
  const problem = { code: "listing_cut", pageId: null, database: bound.key, property: null, detail } as const;
  raiseProblem(context.database, problem, now);
};
