import type { Database } from "../ports.ts";

/** Events come at most a day late. */
const keepMs = 25 * 3_600_000;

/** How exactly the two clocks are known to agree: a `Date` header has whole seconds. */
const toleranceMs = 1_000;

/** One property about to be written. `contested`: people changed it just before, and that is known. */
export type WindowProperty = { readonly propertyId: string; readonly contested: boolean };

/** Opens the window in which a person's edit would be overwritten unseen: from the read before the write, `from`, in Notion's time. */
export const openWindow = (
  database: Database,
  pageId: string,
  properties: readonly WindowProperty[],
  from: number,
): void => {
  database.exec("DELETE FROM write_windows WHERE from_at < ?", from - keepMs);
  for (const { propertyId, contested } of properties) {
    database.exec(
      "INSERT INTO write_windows (page_id, property_id, from_at, to_at, contested) VALUES (?, ?, ?, NULL, ?)",
      pageId,
      propertyId,
      from,
      contested ? 1 : 0,
    );
  }
};

/** Whether a page has an open window: a write whose end nobody has seen. */
export const hasOpenWindow = (database: Database, pageId: string): boolean =>
  database.exec("SELECT 1 FROM write_windows WHERE page_id = ? AND to_at IS NULL LIMIT 1", pageId).length > 0;

/** Ends a page's open windows: after `to` (Notion's time) the write can no longer land. */
export const closeWindows = (database: Database, pageId: string, to: number): void => {
  database.exec("UPDATE write_windows SET to_at = ? WHERE page_id = ? AND to_at IS NULL", to, pageId);
};

/** Takes a page's open windows back: the write certainly did not land. */
export const dropWindows = (database: Database, pageId: string): void => {
  database.exec("DELETE FROM write_windows WHERE page_id = ? AND to_at IS NULL", pageId);
};

/**
 * Whether an edit at a time (Notion's) lies in a window of its property. Where people changed it just before, an event that
 * our write was joined to may only tell of that.
 */
export const overwritten = (
  database: Database,
  change: {
    readonly pageId: string;
    readonly propertyId: string;
    readonly at: number;
    readonly onlyPeople: boolean;
  },
): boolean =>
  database.exec(
    `SELECT 1 FROM write_windows WHERE page_id = ? AND property_id = ? AND from_at - ? <= ?
     AND coalesce(to_at + ?, ?) >= ? AND (contested = 0 OR ?) LIMIT 1`,
    change.pageId,
    change.propertyId,
    toleranceMs,
    change.at,
    toleranceMs,
    Number.MAX_SAFE_INTEGER,
    change.at,
    change.onlyPeople ? 1 : 0,
  ).length > 0;
