import { markDirty } from "../store/dirty.ts";
import { livePageCount } from "../store/pages.ts";
import { type Poll, unlistedIds } from "../store/polls.ts";
import type { BoundDatabase, SyncContext } from "./context.ts";

/** All rows are listed this often where the budget allows it (reliability §2.1 Ordering). */
const wholeMs = 15 * 60_000;

/** The share of the budget that whole listings may take, and the rows that one request shows. */
const share = 0.1;
const rowsPerRequest = 100;

/** The poll that is due, from its beginning where all rows are to be listed. */
export const withWholeListing = (due: Poll, now: number): Poll => {
  if (!due.complete || due.wholeSince !== null || due.wholeDue > now) return due;
  return { ...due, watermark: 0, createdFrom: null, wholeSince: now };
};

/**
 * Ends a whole listing: pages that it did not show are read directly, because absence from a query proves nothing
 * (reliability, finding 3). Runs inside a transaction.
 */
export const endWholeListing = (
  context: SyncContext,
  bound: BoundDatabase,
  current: Poll,
  now: number,
): Pick<Poll, "wholeSince" | "wholeDue"> => {
  const { database } = context;
  const isFirst = !current.complete;
  if (current.wholeSince === null && !isFirst) return current;
  if (current.wholeSince !== null) {
    for (const pageId of unlistedIds(database, bound.key, current.wholeSince))
      markDirty(database, { pageId, urgent: false, author: null }, now);
  }
  const requests = livePageCount(database) / rowsPerRequest;
  const minutes = requests / (context.notion.budget().limit * share);
  return { wholeSince: null, wholeDue: now + Math.max(wholeMs, minutes * 60_000) };
};
