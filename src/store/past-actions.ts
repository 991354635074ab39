import type { Database } from "../ports.ts";
import type { ActionState } from "../types/action.ts";
import type { StoredAction } from "./actions.ts";

/** An action's times and what became of it. */
export type ActionTimes = Pick<StoredAction, "key" | "rule" | "state"> & {
  readonly causedAt: number;
  readonly updatedAt: number;
  readonly result: string | null;
};

/** The actions about a page, or about the project that it is. */
export const actionTimes = (database: Database, pageId: string): ActionTimes[] =>
  database
    .exec(
      `SELECT key, rule, state, caused_at, updated_at, result FROM actions
       WHERE project_id = ? OR subject = ? OR payload ->> 'milestoneId' = ? ORDER BY caused_at, key`,
      pageId,
      pageId,
      pageId,
    )
    .map((row) => ({
      key: String(row.key),
      rule: String(row.rule),
      state: String(row.state) as ActionState,
      causedAt: Number(row.caused_at),
      updatedAt: Number(row.updated_at),
      result: row.result as string | null,
    }));

/** Keeps a row that another copy of this store made as an action that is done. */
export const importAction = (
  database: Database,
  made: {
    readonly key: string;
    readonly projectId: string;
    readonly pageId: string;
    readonly causedAt: number;
  },
  now: number,
): void => {
  database.exec(
    `INSERT INTO actions (key, project_id, subject, rule, payload, state, caused_at, not_before, attempted, result, updated_at)
     VALUES (?, ?, ?, 'imported', json_object('kind', ?), 'done', ?, ?, 1, ?, ?)
     ON CONFLICT (key) DO UPDATE SET state = 'done', attempted = 1, result = excluded.result, updated_at = excluded.updated_at`,
    made.key,
    made.projectId,
    made.projectId,
    made.key.slice(0, made.key.indexOf("|")),
    made.causedAt,
    now,
    made.pageId,
    now,
  );
};

/** Has every action that waits look for what it would make before it makes it: another copy may have made it. */
export const distrustPending = (database: Database): void => {
  database.exec(
    "UPDATE actions SET attempted = 1 WHERE state = 'pending' AND payload ->> 'kind' <> 'letter'",
  );
};
