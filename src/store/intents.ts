import type { Database } from "../ports.ts";
import type { Values } from "./pages.ts";

/** A write that was planned; `unknown` from just before the request until its outcome is known (reliability §2.1). */
export type Intent = {
  readonly pageId: string;
  readonly state: "planned" | "unknown";
  readonly writes: Values;
  readonly plannedRemote: Values;
  readonly at: number;
};

export const findIntent = (database: Database, pageId: string): Intent | null => {
  const row = database.exec("SELECT * FROM intents WHERE page_id = ?", pageId)[0];
  if (!row) return null;
  return {
    pageId,
    state: String(row.state) as Intent["state"],
    writes: JSON.parse(String(row.writes)) as Values,
    plannedRemote: JSON.parse(String(row.planned_remote)) as Values,
    at: Number(row.at),
  };
};

export const saveIntent = (database: Database, intent: Intent): void => {
  database.exec(
    "INSERT OR REPLACE INTO intents (page_id, state, writes, planned_remote, at) VALUES (?, ?, ?, ?, ?)",
    intent.pageId,
    intent.state,
    JSON.stringify(intent.writes),
    JSON.stringify(intent.plannedRemote),
    intent.at,
  );
};

export const clearIntent = (database: Database, pageId: string): void => {
  database.exec("DELETE FROM intents WHERE page_id = ?", pageId);
};

/** Writes whose outcome is not known yet; of a page in the trash it may never be. */
export const unknownIntents = (database: Database): number =>
  Number(
    database.exec(
      `SELECT count(*) AS count FROM intents i JOIN pages p ON p.page_id = i.page_id
       WHERE i.state = 'unknown' AND p.state <> 'trashed'`,
    )[0]?.count ?? 0,
  );
