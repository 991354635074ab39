import type { Database } from "../ports.ts";
import { setActionState } from "./actions.ts";
import { endFailures } from "./dead-letters.ts";
import { clearStepProblem } from "./problems.ts";

/**
 * Cancels the actions of a project that no rule wants any more (design §1), those of waiting rules aside: pending ones,
 * and letters whose attempts all certainly failed. True where it was such a letter: another one may have waited for it.
 */
export const cancelUnwanted = (
  database: Database,
  projectId: string,
  { wanted, waiting }: { readonly wanted: ReadonlySet<string>; readonly waiting: readonly string[] },
  now: number,
): boolean => {
  const unwanted = database
    .exec(
      `SELECT key, rule, state FROM actions WHERE project_id = ? AND (state = 'pending' OR (state = 'running'
         AND EXISTS (SELECT 1 FROM letters WHERE action_key = actions.key AND sending = 0 AND unclear = 0)))`,
      projectId,
    )
    .filter(({ key, rule }) => !wanted.has(String(key)) && !waiting.includes(String(rule)));
  for (const { key } of unwanted) {
    setActionState(database, String(key), "cancelled", now);
    // It will not succeed any more, which would end them.
    endFailures(database, "action", String(key));
    clearStepProblem(database, "action", String(key));
  }
  return unwanted.some(({ state }) => state === "running");
};
