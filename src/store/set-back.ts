import type { Database } from "../ports.ts";

/** Waits that count from a moment that has passed. Times of the calendar (windows, wake times, expiries) are not among them. */
const waits = [
  "UPDATE polls SET due_at = due_at - ?1, whole_due = whole_due - ?1",
  "UPDATE dirty_pages SET since = since - ?1, not_before = not_before - ?1, hold_until = max(0, hold_until - ?1)",
  "UPDATE held_pages SET at = at - ?1",
  "UPDATE intents SET at = at - ?1",
  "UPDATE pages SET write_after = max(0, write_after - ?1) WHERE write_after > 0",
  `UPDATE comments SET not_before = max(0, not_before - ?1)
    WHERE written IS NOT wanted AND not_before < ${Number.MAX_SAFE_INTEGER}`,
  "UPDATE actions SET not_before = not_before - ?1 WHERE state IN ('pending', 'running') AND closes_at IS NULL",
  "UPDATE meta SET value = CAST(value AS INTEGER) - ?1 WHERE key IN ('schema_due', 'sweep_due', 'unannounced_since')",
] as const;

/** Brings every wait in the store to a clock that was set back by `ms`; runs inside a transaction. */
export const setBack = (database: Database, ms: number): void => {
  for (const sql of waits) database.exec(sql, ms);
};
