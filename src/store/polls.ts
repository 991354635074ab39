import type { Database } from "../ports.ts";
import type { DatabaseKey } from "../types/schema.ts";

/** Where polling of a database stands. `watermark` is the inclusive UTC ms from which the next query asks; 0 asks for all. */
export type Poll = {
  readonly database: DatabaseKey;
  readonly watermark: number;
  readonly dueAt: number;
  readonly complete: boolean;
};

export const findPoll = (database: Database, key: DatabaseKey): Poll | null => {
  const row = database.exec("SELECT * FROM polls WHERE database = ?", key)[0];
  return row
    ? {
        database: key,
        watermark: Number(row.watermark),
        dueAt: Number(row.due_at),
        complete: row.complete === 1,
      }
    : null;
};

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
    `INSERT INTO polls (database, watermark, due_at, complete) VALUES (?, ?, ?, ?)
     ON CONFLICT (database) DO UPDATE SET
       watermark = excluded.watermark, due_at = excluded.due_at, complete = excluded.complete`,
    poll.database,
    poll.watermark,
    poll.dueAt,
    poll.complete ? 1 : 0,
  );
};
