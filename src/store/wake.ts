import type { Database } from "../ports.ts";
import { passSettleMs } from "./held-pages.ts";

/** Looking for news, which comes round whether there is any or not. */
const routineTimes = [
  "SELECT min(due_at) FROM polls",
  "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'schema_due'",
];

/** When each other kind of work is due next; one scalar query a kind. */
const plannedTimes = [
  `SELECT max(at) + ${passSettleMs} FROM held_pages WHERE passed = 0`,
  "SELECT min(max(not_before, hold_until)) FROM dirty_pages",
  "SELECT CASE WHEN count(*) > 0 THEN 0 END FROM records WHERE dirty > 0",
  "SELECT min(wake_at) FROM records WHERE parked IS NULL",
  "SELECT min(write_after) FROM pages WHERE outgoing > 0 AND +state = 'live'",
  `SELECT min(c.not_before) FROM comments c CROSS JOIN pages p ON p.page_id = c.page_id
    WHERE c.written IS NOT c.wanted AND p.state = 'live'`,
  "SELECT min(not_before) FROM actions WHERE state IN ('pending', 'running')",
];

/** Columns, because a Durable Object takes no more than five parts in a UNION. */
const queryOf = (times: readonly string[]): string =>
  `SELECT ${times.map((due, index) => `(${due}) AS due_${index}`).join(", ")}`;

const queries = { all: queryOf([...routineTimes, ...plannedTimes]), planned: queryOf(plannedTimes) } as const;

const dueTimes = (database: Database, kinds: keyof typeof queries): number[] =>
  database
    .exec(queries[kinds])
    .flatMap((row) => Object.values(row).flatMap((time) => (time === null ? [] : Number(time))));

const earliestAfter = (times: readonly number[], now: number): number | null => {
  const later = times.filter((time) => time > now);
  return later.length === 0 ? null : Math.min(...later);
};

/** Whether something should have been done by `now`. */
export const hasOverdue = (database: Database, now: number): boolean =>
  dueTimes(database, "all").some((time) => time <= now);

/** The earliest time (UTC ms) after `now` at which a kind of work falls due; null where nothing is planned. */
export const nextDue = (database: Database, now: number): number | null =>
  earliestAfter(dueTimes(database, "all"), now);

/** The same without the routine of polling: when something happens next even if nobody changes anything. */
export const nextPlanned = (database: Database, now: number): number | null =>
  earliestAfter(dueTimes(database, "planned"), now);
