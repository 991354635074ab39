import type { Database } from "../ports.ts";

/** Notion retries for about 24 hours; a week covers every replay that could be honest (reliability W4). */
const keepMs = 7 * 24 * 3_600_000;

/** Notes a webhook event; false where it was seen before. */
export const noteEvent = (database: Database, eventId: string, now: number): boolean =>
  database.exec(
    "INSERT INTO inbox (event_id, received_at) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING event_id",
    eventId,
    now,
  ).length > 0;

/** Drops events that are too old to come again. */
export const forgetEvents = (database: Database, now: number): void => {
  database.exec("DELETE FROM inbox WHERE received_at < ?", now - keepMs);
};
