import type { Database } from "../ports.ts";
import { type ErrorCode, errorCatalogue } from "../types/errors.ts";
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

const idOf = (problem: Omit<Problem, "detail">): string =>
  [problem.code, problem.pageId, problem.database, problem.property].join("|");

export const raiseProblem = (database: Database, problem: Problem, now: number): void => {
  database.exec(
    `INSERT INTO problems (id, code, page_id, database, property, detail, since) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET detail = excluded.detail`,
    idOf(problem),
    problem.code,
    problem.pageId,
    problem.database,
    problem.property,
    problem.detail,
    now,
  );
};

/** Ends the problems of a page (of one code, where given). */
export const clearPageProblems = (database: Database, pageId: string, code?: ErrorCode): void => {
  if (code) database.exec("DELETE FROM problems WHERE page_id = ? AND code = ?", pageId, code);
  else database.exec("DELETE FROM problems WHERE page_id = ?", pageId);
};

/** Ends the problems of a database as a whole. */
export const clearDatabaseProblems = (database: Database, key: DatabaseKey): void => {
  database.exec("DELETE FROM problems WHERE database = ? AND page_id IS NULL", key);
};

export type ReportedProblem = Problem & {
  readonly since: number;
  readonly message: string;
  readonly todo: string;
};

/** All open problems, oldest first, with what to do. */
export const problems = (database: Database): ReportedProblem[] =>
  database.exec("SELECT * FROM problems ORDER BY since, id").map((row) => {
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

/** Pages that were read with a property missing or of another type. */
export const brokenPages = (database: Database): string[] =>
  database
    .exec("SELECT DISTINCT page_id FROM problems WHERE code = 'schema_broken' AND page_id IS NOT NULL")
    .map((row) => String(row.page_id));

/** What is broken in the schema of the given pages or of any database as a whole, in words. */
export const brokenOf = (database: Database, pageIds: readonly string[]): string[] => {
  const pages = new Set(pageIds);
  return database
    .exec("SELECT page_id, detail FROM problems WHERE code = 'schema_broken'")
    .filter((row) => row.page_id === null || pages.has(String(row.page_id)))
    .map((row) => String(row.detail));
};
