import type { Database } from "../ports.ts";
import type { ErrorCode } from "../types/error-catalogue.ts";
import { idOf, type Problem, raiseProblem } from "./problems.ts";

/**
 * Replaces the problems of one code on some pages (null: on every page); of several in one property the first is named. What
 * was named before keeps its time, and what lasts costs no write.
 */
export const replacePageProblems = (
  database: Database,
  code: ErrorCode,
  pageIds: readonly string[] | null,
  problems: readonly Problem[],
  now: number,
): void => {
  const wanted = new Map(problems.toReversed().map((problem) => [idOf(problem), problem]));
  const named = new Map(
    database
      .exec(
        `SELECT id, detail FROM problems WHERE code = ?1
         AND (?2 IS NULL OR page_id IN (SELECT value FROM json_each(?2)))`,
        code,
        pageIds && JSON.stringify(pageIds),
      )
      .map((row) => [String(row.id), String(row.detail)]),
  );
  for (const id of named.keys()) if (!wanted.has(id)) database.exec("DELETE FROM problems WHERE id = ?", id);
  for (const [id, problem] of wanted)
    if (named.get(id) !== problem.detail) raiseProblem(database, problem, now);
};
