import type { Database } from "../ports.ts";

/** The earliest time (UTC ms) at which the loop has something to do; null where nothing is planned. */
export const nextDue = (database: Database): number | null => {
  const row = database.exec(`SELECT min(at) AS at FROM (
    SELECT min(not_before) AS at FROM dirty_pages
    UNION ALL SELECT min(due_at) FROM polls
    UNION ALL SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'schema_due'
    UNION ALL SELECT CASE WHEN count(*) > 0 THEN 0 END FROM records WHERE dirty > 0
    UNION ALL SELECT min(wake_at) FROM records WHERE parked IS NULL
    UNION ALL SELECT min(write_after) FROM pages WHERE outgoing > 0 AND state = 'live'
    UNION ALL SELECT min(c.not_before) FROM comments c JOIN pages p ON p.page_id = c.page_id
      WHERE c.written IS NOT c.wanted AND p.state = 'live'
    UNION ALL SELECT min(not_before) FROM actions WHERE state IN ('pending', 'running')
  )`)[0];
  return (row?.at as number | null | undefined) ?? null;
};
