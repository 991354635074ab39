import type { Database, SqlRow } from "../ports.ts";
import type { Action, ActionPayload, ActionState, PastAction } from "../types/loop.ts";

/** An action as the ledger keeps it. `attempted` is true once a request may have reached the other side. */
export type StoredAction = {
  readonly key: string;
  readonly projectId: string;
  readonly subject: string;
  readonly rule: string;
  readonly payload: ActionPayload;
  readonly state: ActionState;
  readonly attempts: number;
  readonly attempted: boolean;
};

const parse = (row: SqlRow): StoredAction => ({
  key: String(row.key),
  projectId: String(row.project_id),
  subject: String(row.subject),
  rule: String(row.rule),
  payload: JSON.parse(String(row.payload)) as ActionPayload,
  state: String(row.state) as ActionState,
  attempts: Number(row.attempts),
  attempted: row.attempted === 1,
});

/**
 * Adds an action in its first state. One that is there already stays as it is, because an action is done once; only one
 * that was cancelled before anything was tried may be wanted again.
 */
export const addAction = (
  database: Database,
  projectId: string,
  action: Action & { readonly rule: string },
  state: ActionState,
  now: number,
): void => {
  database.exec(
    `INSERT INTO actions (key, project_id, subject, rule, payload, state, caused_at, closes_at, not_before, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET
       state = excluded.state, payload = excluded.payload, not_before = excluded.not_before, updated_at = excluded.updated_at
     WHERE actions.state = 'cancelled' AND actions.attempted = 0`,
    action.key,
    projectId,
    action.subject,
    action.rule,
    JSON.stringify(action.payload),
    state,
    action.causedAt,
    action.window?.closes ?? null,
    action.window?.opens ?? now,
    now,
  );
};

export const actionsOf = (database: Database, projectId: string): PastAction[] =>
  database
    .exec("SELECT key, state, result, updated_at FROM actions WHERE project_id = ?", projectId)
    .map((row) => ({
      key: String(row.key),
      state: String(row.state) as ActionState,
      at: Number(row.updated_at),
      result: row.result as string | null,
    }));

/** Cancels the pending actions of a project that no rule wants any more (design §1). */
export const cancelUnwanted = (
  database: Database,
  projectId: string,
  wanted: ReadonlySet<string>,
  now: number,
): void => {
  for (const row of database.exec(
    "SELECT key FROM actions WHERE project_id = ? AND state = 'pending'",
    projectId,
  )) {
    if (!wanted.has(String(row.key))) setActionState(database, String(row.key), "cancelled", now);
  }
};

export const nextAction = (database: Database, now: number): StoredAction | null => {
  const row = database.exec(
    "SELECT * FROM actions WHERE state IN ('pending', 'running') AND not_before <= ? ORDER BY not_before, key LIMIT 1",
    now,
  )[0];
  return row ? parse(row) : null;
};

export const setActionState = (
  database: Database,
  key: string,
  state: ActionState,
  now: number,
  result: string | null = null,
): void => {
  database.exec(
    "UPDATE actions SET state = ?, result = ?, updated_at = ? WHERE key = ?",
    state,
    result,
    now,
    key,
  );
};

/** Notes, before the request, that it may reach the other side; a later try looks for the marker first. */
export const noteAttempt = (database: Database, key: string, now: number): void => {
  database.exec(
    "UPDATE actions SET state = 'running', attempted = 1, updated_at = ? WHERE key = ?",
    now,
    key,
  );
};

/** Takes an attempt back that certainly did not reach the other side: the action may be cancelled again. */
export const forgetAttempt = (database: Database, key: string): void => {
  database.exec("UPDATE actions SET state = 'pending', attempted = 0 WHERE key = ?", key);
};

/** Tries later. `failed` counts towards the dead letter; a pause of the budget does not. */
export const retryAction = (
  database: Database,
  key: string,
  notBefore: number,
  failed: boolean,
  error: string,
  now: number,
): void => {
  database.exec(
    "UPDATE actions SET not_before = ?, attempts = attempts + ?, error = ?, updated_at = ? WHERE key = ?",
    notBefore,
    failed ? 1 : 0,
    error,
    now,
    key,
  );
};

export const actionCounts = (database: Database): Readonly<Record<string, number>> =>
  Object.fromEntries(
    database
      .exec("SELECT state, count(*) AS count FROM actions GROUP BY state")
      .map((row) => [row.state, Number(row.count)]),
  );
