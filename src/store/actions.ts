import type { Database, SqlRow } from "../ports.ts";
import type { Action, ActionPayload, ActionState, PastAction } from "../types/action.ts";

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
  /** What it made, moved or why it ended; null while it is open. */
  readonly result: string | null;
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
  result: row.result as string | null,
});

/**
 * Adds an action in its first state. One that is there already is done once: only while nothing has been tried does it
 * follow what is wanted now, and may be wanted again after it was cancelled.
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
     ON CONFLICT (key) DO UPDATE SET payload = excluded.payload,
       state = CASE actions.state WHEN 'cancelled' THEN excluded.state ELSE actions.state END,
       not_before = CASE actions.state WHEN 'cancelled' THEN excluded.not_before ELSE actions.not_before END,
       updated_at = CASE actions.state WHEN 'cancelled' THEN excluded.updated_at ELSE actions.updated_at END
     WHERE actions.state IN ('cancelled', 'pending') AND actions.attempted = 0`,
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

export const findAction = (database: Database, key: string): StoredAction | null => {
  const row = database.exec("SELECT * FROM actions WHERE key = ?", key)[0];
  return row ? parse(row) : null;
};

/** Lets a dead action be tried again; that it may have been attempted stays known. */
export const reviveAction = (database: Database, key: string, now: number): void => {
  database.exec(
    `UPDATE actions SET state = 'pending', attempts = 0, result = NULL, not_before = ?, updated_at = ?
     WHERE key = ? AND state IN ('dead', 'pending', 'running')`,
    now,
    now,
    key,
  );
};

/**
 * What somebody waits for, what has its time, and what nobody waits for: each has its place among the reads and writes, so
 * that a hundred letters on a Friday keep nobody's move waiting.
 */
export type ActionTurn = "answers" | "timed" | "bulk";

const turnOf = `CASE
  WHEN payload ->> 'kind' IN ('page', 'row') THEN 'bulk'
  WHEN payload ->> 'kind' = 'letter' AND NOT payload ->> 'atOnce' THEN 'timed'
  WHEN payload ->> 'kind' = 'update' AND closes_at IS NOT NULL THEN 'timed'
  ELSE 'answers' END`;

/**
 * The action of a turn to carry out next. Without `timed` none that depends on the time, and without `letters` no letter but
 * one that answers a click.
 */
export const nextAction = (
  database: Database,
  now: number,
  turn: ActionTurn,
  may: { readonly timed: boolean; readonly letters: boolean },
): StoredAction | null => {
  const row = database.exec(
    `SELECT * FROM actions WHERE state IN ('pending', 'running') AND not_before <= ?
     AND (? OR (closes_at IS NULL AND payload ->> 'kind' <> 'letter') OR payload ->> 'atOnce')
     AND (? OR payload ->> 'kind' <> 'letter' OR payload ->> 'atOnce')
     AND ${turnOf} = ? ORDER BY not_before, key LIMIT 1`,
    now,
    may.timed ? 1 : 0,
    may.letters ? 1 : 0,
    turn,
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

/**
 * Notes, before the request, that it may reach the other side; a later try looks for the marker first. Where the process
 * stops now, that is not before `settled` (UTC ms).
 */
export const noteAttempt = (database: Database, key: string, now: number, settled = now): void => {
  database.exec(
    "UPDATE actions SET state = 'running', attempted = 1, not_before = ?, updated_at = ? WHERE key = ?",
    settled,
    now,
    key,
  );
};

/** Takes an attempt back that certainly did not reach the other side: the action may be cancelled again. */
export const forgetAttempt = (database: Database, key: string): void => {
  database.exec(
    "UPDATE actions SET state = 'pending', attempted = 0, not_before = updated_at WHERE key = ?",
    key,
  );
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

/** An action that is not done, with its times (UTC ms). `error` is the code of its last failure. */
export type OpenAction = StoredAction & {
  readonly causedAt: number;
  readonly closesAt: number | null;
  readonly notBefore: number;
  readonly error: string | null;
};

/** Every action that is not done, cancelled ones too, in the order of their causes. */
export const actionsNotDone = (database: Database): OpenAction[] =>
  database.exec("SELECT * FROM actions WHERE state <> 'done' ORDER BY caused_at, key").map((row) => ({
    ...parse(row),
    causedAt: Number(row.caused_at),
    closesAt: row.closes_at as number | null,
    notBefore: Number(row.not_before),
    error: row.error === "" ? null : (row.error as string | null),
  }));
