import type { Database } from "../ports.ts";
import type { DatabaseKey } from "../types/schema.ts";

/** Where polling of a database stands. `watermark` is the inclusive UTC ms from which the next query asks; 0 asks for all. */
export type Poll = {
  readonly database: DatabaseKey;
  readonly watermark: number;
  readonly dueAt: number;
  readonly complete: boolean;
  /** Set while one minute is listed in parts, because it holds more rows than Notion lists: created on or after (UTC ms). */
  readonly createdFrom: number | null;
  /** When the whole listing under way began, null where none is; and when the next one is due. */
  readonly wholeSince: number | null;
  readonly wholeDue: number;
};

export const findPoll = (database: Database, key: DatabaseKey): Poll | null => {
  const row = database.exec("SELECT * FROM polls WHERE database = ?", key)[0];
  return row
    ? {
        database: key,
        watermark: Number(row.watermark),
        dueAt: Number(row.due_at),
        complete: row.complete === 1,
        createdFrom: row.created_from as number | null,
        wholeSince: row.whole_since as number | null,
        wholeDue: Number(row.whole_due),
      }
    : null;
};

/** The databases that were listed to their end at least once. */
export const listedDatabases = (database: Database): readonly string[] =>
  database.exec("SELECT database FROM polls WHERE complete = 1").map((row) => String(row.database));

/** The poll that is due first. */
export const nextPoll = (database: Database, now: number): Poll | null => {
  const row = database.exec(
    "SELECT database FROM polls WHERE due_at <= ? ORDER BY due_at, database LIMIT 1",
    now,
  )[0];
  return row ? findPoll(database, String(row.database) as DatabaseKey) : null;
};

/** A database that was never listed to its end and may be polled now, in the order in which polling was set up. */
export const unfinishedPoll = (database: Database, now: number): Poll | null => {
  const row = database.exec(
    "SELECT database FROM polls WHERE complete = 0 AND due_at <= ? ORDER BY database <> 'office', rowid LIMIT 1",
    now,
  )[0];
  return row ? findPoll(database, String(row.database) as DatabaseKey) : null;
};

export const savePoll = (database: Database, poll: Poll): void => {
  database.exec(
    `INSERT INTO polls (database, watermark, due_at, complete, created_from, whole_since, whole_due)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (database) DO UPDATE SET
       watermark = excluded.watermark, due_at = excluded.due_at, complete = excluded.complete,
       created_from = excluded.created_from, whole_since = excluded.whole_since, whole_due = excluded.whole_due`,
    poll.database,
    poll.watermark,
    poll.dueAt,
    poll.complete ? 1 : 0,
    poll.createdFrom,
    poll.wholeSince,
    poll.wholeDue,
  );
};

/** Notes that a page was shown by a listing. */
export const noteListed = (database: Database, pageId: string, at: number): void => {
  database.exec(
    "INSERT INTO listed_pages (page_id, at) VALUES (?, ?) ON CONFLICT (page_id) DO UPDATE SET at = excluded.at",
    pageId,
    at,
  );
};

/** Live pages of a database that were there before `since` and that no listing has shown from then on. */
export const unlistedIds = (database: Database, key: DatabaseKey, since: number): string[] =>
  database
    .exec(
      `SELECT p.page_id FROM pages p LEFT JOIN listed_pages l ON l.page_id = p.page_id
       WHERE p.database = ? AND p.state = 'live' AND p.created_time < ? AND coalesce(l.at, 0) < ?`,
      key,
      since,
      since,
    )
    .map((row) => String(row.page_id));

/** Whether a database was not asked for its news since the given time; one that was never listed does not count. */
export const isBehind = (database: Database, since: number): boolean =>
  database.exec("SELECT 1 FROM polls WHERE complete = 1 AND due_at <= ?", since).length > 0;
