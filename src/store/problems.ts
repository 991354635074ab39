import type { Database } from "../ports.ts";
import { type ErrorCode, errorCatalogue } from "../types/error-catalogue.ts";
import type { DatabaseKey } from "../types/schema.ts";

/** Something /status names until it is mended. One per code, page or database, and property. */
export type Problem = {
  readonly code: ErrorCode;
  readonly pageId: string | null;
  readonly database: DatabaseKey | null;
  readonly property: string | null;
  /** Names and ids only. */
  readonly detail: string;
};

/** One problem per code, page or database, and property. */
export const idOf = (problem: Omit<Problem, "detail">): string =>
  [problem.code, problem.pageId, problem.database, problem.property].join("|");

export const raiseProblem = (database: Database, problem: Problem, now: number): void =>
  put(database, idOf(problem), problem, now);

const put = (database: Database, id: string, problem: Problem, now: number): void => {
  const [known] = database.exec("SELECT code, detail FROM problems WHERE id = ?", id);
  // What lasts is named in every round, and a round that changes nothing costs no commit.
  if (known?.code === problem.code && known.detail === problem.detail) return;
  database.exec(
    `INSERT INTO problems (id, code, page_id, database, property, detail, since) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET code = excluded.code, detail = excluded.detail`,
    id,
    problem.code,
    problem.pageId,
    problem.database,
    problem.property,
    problem.detail,
    now,
  );
};

const stepId = (step: string, subject: string): string => `step|${step}|${subject}`;

/** Names a step of the loop that failed, until the same step succeeds on the same subject. */
export const raiseStepProblem = (
  database: Database,
  step: string,
  subject: string,
  problem: Problem,
  now: number,
): void => put(database, stepId(step, subject), problem, now);

export const clearStepProblem = (database: Database, step: string, subject: string): void => {
  database.exec("DELETE FROM problems WHERE id = ?", stepId(step, subject));
};

/** Whether a step is named as failed now. */
export const hasStepProblem = (database: Database, step: string, subject: string): boolean =>
  database.exec("SELECT 1 FROM problems WHERE id = ?", stepId(step, subject)).length > 0;

/** Ends what is named about a dead letter, whose detail begins with its key. */
export const clearDeadLetter = (database: Database, key: string): void => {
  database.exec("DELETE FROM problems WHERE instr(detail, ?) = 1", `dead letter ${key}:`);
};

/** Ends the problems of a page (of one code, where given). */
export const clearPageProblems = (database: Database, pageId: string, code?: ErrorCode): void => {
  if (code) database.exec("DELETE FROM problems WHERE page_id = ? AND code = ?", pageId, code);
  else database.exec("DELETE FROM problems WHERE page_id = ?", pageId);
};

/** Ends what is named of a page's own writes, because none is wanted any more; a dead letter stays named. */
export const clearWriteProblems = (database: Database, pageId: string): void => {
  database.exec(
    `DELETE FROM problems WHERE page_id = ? AND code IN ('notion_refused', 'gate_braked')
     AND instr(detail, 'dead letter ') <> 1`,
    pageId,
  );
};

/** Ends problems of a code that nothing can show to be mended, once they have stood since before `since` (UTC ms). */
export const forgetProblems = (database: Database, code: ErrorCode, since: number): void => {
  const old = database.exec("SELECT 1 FROM problems WHERE code = ? AND since < ? LIMIT 1", code, since);
  if (old.length > 0) database.exec("DELETE FROM problems WHERE code = ? AND since < ?", code, since);
};

/** Replaces what is named about the schema; true where that changed. What was named before keeps its time. */
export const replaceSchemaProblems = (
  database: Database,
  problems: readonly Omit<Problem, "code" | "pageId">[],
  now: number,
): boolean => {
  const wanted = problems.map((problem) => ({ code: "schema_broken", pageId: null, ...problem }) as const);
  const ids = new Set(wanted.map(idOf));
  const named = database
    .exec("SELECT id FROM problems WHERE code = 'schema_broken' AND page_id IS NULL")
    .map((row) => String(row.id));
  for (const id of named) if (!ids.has(id)) database.exec("DELETE FROM problems WHERE id = ?", id);
  for (const problem of wanted) raiseProblem(database, problem, now);
  return ids.size !== named.length || named.some((id) => !ids.has(id));
};

/** Ends a problem of a database as a whole. */
export const clearDatabaseProblem = (database: Database, code: ErrorCode, key: DatabaseKey): void => {
  database.exec(
    "DELETE FROM problems WHERE code = ? AND database = ? AND page_id IS NULL AND property IS NULL",
    code,
    key,
  );
};

/** Whether anything has this problem now. */
export const hasProblem = (database: Database, code: ErrorCode): boolean =>
  database.exec("SELECT 1 FROM problems WHERE code = ?", code).length > 0;

/** Ends a problem that concerns no page. */
export const clearProblem = (database: Database, code: ErrorCode): void => {
  database.exec("DELETE FROM problems WHERE code = ? AND page_id IS NULL AND database IS NULL", code);
};

/** The codes of open problems that concern neither a page nor a database. */
export const generalProblems = (database: Database): ReadonlySet<ErrorCode> =>
  new Set(
    database
      .exec("SELECT code FROM problems WHERE page_id IS NULL AND database IS NULL")
      .map((row) => String(row.code) as ErrorCode),
  );

/** One entry for what one click mends: a broken property, a missing capability. */
const reported = `SELECT * FROM problems p WHERE CASE code
  WHEN 'schema_broken' THEN page_id IS NULL OR id = (
    SELECT id FROM problems q WHERE q.code = p.code AND q.database = p.database AND q.property = p.property
    ORDER BY page_id IS NOT NULL, since, id LIMIT 1)
  WHEN 'notion_forbidden' THEN id = (
    SELECT id FROM problems q WHERE q.code = p.code AND q.detail = p.detail ORDER BY since, id LIMIT 1)
  ELSE 1 END ORDER BY since, id`;

export type ReportedProblem = Problem & {
  readonly since: number;
  readonly message: string;
  readonly todo: string;
};

/** All open problems, oldest first, with what to do; one of many pages that is mended in one place is one problem. */
export const problems = (database: Database): ReportedProblem[] =>
  database.exec(reported).map((row) => {
    const code = String(row.code) as ErrorCode;
    return {
      code,
      pageId: row.page_id as string | null,
      database: row.database as DatabaseKey | null,
      property: row.property as string | null,
      detail: String(row.detail),
      since: Number(row.since),
      message: errorCatalogue[code].message,
      todo: errorCatalogue[code].todo,
    };
  });
