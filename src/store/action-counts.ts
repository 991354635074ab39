import type { Database } from "../ports.ts";

const dayMs = 24 * 3_600_000;

/** Letters that wait or left whose cause came about after `since`; those that answer a click are not among them. */
export const lettersSince = (database: Database, since: number): number =>
  Number(
    database.exec(
      `SELECT count(*) AS count FROM actions WHERE caused_at > ? AND state IN ('pending', 'running', 'done')
       AND payload ->> 'kind' = 'letter' AND NOT payload ->> 'atOnce'`,
      since,
    )[0]?.count ?? 0,
  );

/** The most letters that left on one of the whole days (UTC) before this one, of the last 30. */
export const busiestDay = (database: Database, now: number): number => {
  const today = now - (now % dayMs);
  const row = database.exec(
    `SELECT max(count) AS count FROM (SELECT count(*) AS count FROM letters
     WHERE sent_at >= ? AND sent_at < ? GROUP BY sent_at / ${dayMs})`,
    today - 30 * dayMs,
    today,
  )[0];
  return Number(row?.count ?? 0);
};

/** How many readers the live projects have, one for each project and contact. */
export const readerCount = (database: Database): number =>
  Number(
    database.exec(
      `SELECT count(*) AS count FROM relations r JOIN pages p ON p.page_id = r.page_id
       WHERE p.database = 'projects' AND p.state = 'live' AND r.property = 'contacts'`,
    )[0]?.count ?? 0,
  );

export const actionCounts = (database: Database): Readonly<Record<string, number>> =>
  Object.fromEntries(
    database
      .exec("SELECT state, count(*) AS count FROM actions GROUP BY state")
      .map((row) => [row.state, Number(row.count)]),
  );
