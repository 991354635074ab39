import type { Database, SqlRow } from "../ports.ts";

/** A step of the loop that failed: what it was given, the last error, and the trace under which the log has it. */
export type Failure = {
  readonly step: string;
  readonly subject: string;
  readonly pageId: string | null;
  /** JSON. */
  readonly input: string;
  readonly error: string;
  readonly traceId: string;
};

/** One that failed so often that it is not tried again until a person asks for it (reliability O7). */
export type DeadLetter = Failure & { readonly attempts: number; readonly deadAt: number };

const parse = (row: SqlRow): DeadLetter => ({
  step: String(row.step),
  subject: String(row.subject),
  pageId: row.page_id as string | null,
  input: String(row.input),
  error: String(row.error),
  traceId: String(row.trace_id),
  attempts: Number(row.attempts),
  deadAt: Number(row.dead_at),
});

/** Notes a failure and returns how many there are in a row. */
export const noteFailure = (database: Database, failure: Failure): number => {
  const row = database.exec(
    `INSERT INTO dead_letters (step, subject, page_id, input, error, trace_id, attempts) VALUES (?, ?, ?, ?, ?, ?, 1)
     ON CONFLICT (step, subject) DO UPDATE SET
       input = excluded.input, error = excluded.error, trace_id = excluded.trace_id, attempts = attempts + 1
     RETURNING attempts`,
    failure.step,
    failure.subject,
    failure.pageId,
    failure.input,
    failure.error,
    failure.traceId,
  )[0];
  return Number(row?.attempts ?? 1);
};

export const setDead = (database: Database, step: string, subject: string, now: number): void => {
  database.exec("UPDATE dead_letters SET dead_at = ? WHERE step = ? AND subject = ?", now, step, subject);
};

/** Ends the count of failures of a step that succeeded; an action that has died stays dead. */
export const endFailures = (database: Database, step: string, subject: string): void => {
  database.exec(
    "DELETE FROM dead_letters WHERE step = ? AND subject = ? AND (dead_at IS NULL OR step <> 'action')",
    step,
    subject,
  );
};

/** Forgets a dead letter that a person sent on its way again. */
export const forgetFailures = (database: Database, step: string, subject: string): void => {
  database.exec("DELETE FROM dead_letters WHERE step = ? AND subject = ?", step, subject);
};

export const deadLetters = (database: Database): DeadLetter[] =>
  database
    .exec("SELECT * FROM dead_letters WHERE dead_at IS NOT NULL ORDER BY dead_at, step, subject")
    .map(parse);
