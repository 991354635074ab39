import type { Database } from "../ports.ts";

/** Waits that count from a moment that has passed. Times of the calendar (windows, wake times, expiries) are not among them. */
const waits = [
  "UPDATE polls SET due_at = due_at - ?1, whole_due = whole_due - ?1, whole_since = whole_since - ?1",
  "UPDATE listed_pages SET at = at - ?1",
  // Only what was read in the time that comes again: all other pages keep their place in the sweep.
  `UPDATE pages SET read_at = read_at - ?1 WHERE state <> 'trashed'
    AND read_at > (SELECT CAST(value AS INTEGER) - ?1 FROM meta WHERE key = 'last_round')`,
  "UPDATE dirty_pages SET since = since - ?1, not_before = not_before - ?1, hold_until = max(0, hold_until - ?1)",
  "UPDATE held_pages SET at = at - ?1",
  "UPDATE intents SET at = at - ?1",
  "UPDATE pages SET write_after = max(0, write_after - ?1) WHERE write_after > 0",
  `UPDATE comments SET not_before = max(0, not_before - ?1)
    WHERE written IS NOT wanted AND not_before < ${Number.MAX_SAFE_INTEGER}`,
  // Without an error of an earlier try, that of an action with a window is the time at which the window opens.
  `UPDATE actions SET not_before = not_before - ?1
    WHERE state IN ('pending', 'running') AND (closes_at IS NULL OR error IS NOT NULL)`,
  "UPDATE meta SET value = json_set(value, '$.until', (value ->> 'until') - ?1) WHERE key = 'mail_channel' AND value <> ''",
  `UPDATE meta SET value = CAST(value AS INTEGER) - ?1
    WHERE key IN ('schema_due', 'sweep_due', 'clock_due', 'catch_up', 'burst_confirmed', 'unannounced_since')`,
] as const;

/** Brings every wait in the store to a clock that was set back by `ms`; runs inside a transaction. */
export const setBack = (database: Database, ms: number): void => {
  for (const sql of waits) database.exec(sql, ms);
};
