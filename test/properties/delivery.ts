import { databases } from "../../notion-templates/databases.ts";
import { cast, type Stage } from "./cast.ts";
import type { Delivered, History, Step } from "./deeds.ts";
import { type Played, play } from "./play.ts";
import { settleDown } from "./settling.ts";

/** What a history led to, as text, by what it is about. */
type Ending = Readonly<Record<string, string>>;

const pagesOf = ({ run, stage }: Played) =>
  cast.flatMap((role) => {
    const row = run.store.exec("SELECT state, local FROM pages WHERE page_id = ?", stage.pages[role])[0];
    const values = JSON.parse(String(row?.local ?? "{}")) as Record<string, unknown>;
    return [{ role, state: String(row?.state), values }];
  });

/** Everything: values, verdicts and words. */
const wholeEnding = (played: Played): Ending => {
  const { store, workspaceDatabase } = played.run;
  const verdicts = store.exec(
    `SELECT page_id, property, outcome, from_value, to_value FROM transitions ORDER BY page_id, property, version`,
  );
  const words = workspaceDatabase.exec("SELECT 1 FROM comments");
  return {
    ...Object.fromEntries(pagesOf(played).map((page) => [page.role, JSON.stringify(page)])),
    verdicts: JSON.stringify(verdicts),
    comments: String(words.length),
  };
};

/** Whoever acknowledges before Milepost learns of a moved Target has to do so again, who does after it has not. */
const clearedByMoves = "projects.scheduleAcknowledgedBy";

/**
 * What cannot depend on when Milepost learnt of a change: where people put pages, and the values that they alone change.
 * What a gate said depends on when it was asked.
 */
const timelessEnding = (played: Played): Ending =>
  Object.fromEntries(
    pagesOf(played).flatMap(({ role, state, values }): [string, string][] => [
      [role, state],
      ...Object.entries(databases[role].properties)
        .filter(([, { owner, type }]) => (owner === "team" || owner === "shared") && type !== "relation")
        .filter(([key]) => `${role}.${key}` !== clearedByMoves)
        .map(([key]): [string, string] => [
          `${role}.${key}`,
          state === "live" ? JSON.stringify(values[key] ?? null) : "",
        ]),
    ]),
  );

const endingOf = async (
  stage: Stage,
  steps: readonly Step[],
  seen: (played: Played) => Ending,
): Promise<Ending> => {
  const history: History = { steps, plan: { write: {}, page: {}, other: {} }, stops: [] };
  const played = await play(stage, history, 7);
  try {
    const open = await settleDown(played.run);
    return open.length > 0 ? { open: open.join("\n") } : seen(played);
  } finally {
    played.run.close();
  }
};

/** P7: losing, doubling, delaying and permuting events does not change how a history ends. */
export const deliveryFaults = async (stage: Stage, { steps, isWhole }: Delivered): Promise<string[]> => {
  const seen = isWhole ? wholeEnding : timelessEnding;
  const orderly = await endingOf(
    stage,
    steps.map((step) => ({ ...step, delivery: "order" })),
    seen,
  );
  const disorderly = await endingOf(stage, steps, seen);
  const named = new Set([...Object.keys(orderly), ...Object.keys(disorderly)]);
  return [...named]
    .filter((what) => orderly[what] !== disorderly[what])
    .map((what) => `P7 ${what} is ${disorderly[what]}, with events in order ${orderly[what]}`);
};
