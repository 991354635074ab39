import type { Plan, PlannedState } from "../../src/types/plan.ts";

/** How much there is of everything. `by_itself_at`: when the clock alone changes a project next (UTC ms). */
export type PlanSummary = {
  readonly wanted: number;
  readonly values: number;
  readonly comments: number;
  readonly pending: number;
  readonly dropped: number;
  readonly held: number;
  readonly missed: number;
  readonly baseline: number;
  readonly given_up: number;
  readonly undecided: number;
  readonly by_itself_at: number | null;
};

export const summaryOf = ({ projects, elsewhere }: Plan): PlanSummary => {
  const states = projects.flatMap(({ actions }) => actions.map(({ state }) => state));
  const count = (...wanted: readonly PlannedState[]): number =>
    states.filter((state) => wanted.includes(state)).length;
  const total = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size, 0);
  const wakes = projects.flatMap(({ wakeAt }) => wakeAt ?? []);
  return {
    wanted: count("wanted"),
    values: elsewhere.values.length + total(projects.map(({ values }) => values.length)),
    comments: elsewhere.comments.length + total(projects.map(({ comments }) => comments.length)),
    pending: count("pending"),
    dropped: count("dropped"),
    held: total(projects.map(({ held }) => held.length)),
    missed: count("missed"),
    baseline: count("baseline"),
    given_up: count("dead", "unknown"),
    undecided: projects.filter(({ parked, gaps }) => parked !== null || gaps.length > 0).length,
    by_itself_at: wakes.length === 0 ? null : Math.min(...wakes),
  };
};
