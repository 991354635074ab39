import { criteria } from "./criteria.ts";
import type { ProjectMeasures } from "./measures.ts";
import { type Goal, type Measure, officeMeasures } from "./office-measures.ts";

/** One number with what it stands for. `met` is null where there is no number or no goal. */
export type MeasureAnswer = Pick<Measure, "id" | "name" | "unit" | "goal" | "source"> & {
  readonly value: number | null;
  readonly met: boolean | null;
};

/** What the projects of a period measure together. */
export const officeAnswers = (projects: readonly ProjectMeasures[]): readonly MeasureAnswer[] =>
  officeMeasures.map(({ id, name, unit, goal, source, of }) => {
    const value = of(projects);
    return { id, name, value, unit, goal, source, met: meetsGoal(goal, value) };
  });

/** What one project measures. */
export const projectAnswers = (project: ProjectMeasures): readonly MeasureAnswer[] =>
  officeMeasures.map(({ id, name, unit, goal, source, of, alone }) => {
    if (alone)
      return { ...{ id, source, name: alone.name, value: alone.of(project) }, unit: alone.unit, ...noGoal };
    const value = of([project]);
    return { id, name, value, unit, goal, source, met: meetsGoal(goal, value) };
  });

const noGoal = { goal: null, met: null } as const;

/** Whether a number is where the goal wants it; null where there is no number or no goal. */
export const meetsGoal = (goal: Goal | null, value: number | null): boolean | null => {
  if (goal === null || value === null) return null;
  switch (goal.kind) {
    case "above":
      return value > goal.value;
    case "below":
      return value < goal.value;
    case "atLeast":
      return value >= goal.value;
    case "exactly":
      return value === goal.value;
  }
};

/** A criterion in the process document's own words, and how many refused moves found it unmet. */
export type FrequentFinding = {
  readonly criterion: string;
  readonly sentence: string;
  readonly source: string;
  readonly count: number;
};

/** The criteria that were found unmet most often, most frequent first; those that are no longer in the table are left out. */
export const mostFrequentFindings = (projects: readonly ProjectMeasures[]): readonly FrequentFinding[] =>
  criteria
    .map(({ id, sentence, source }) => {
      const count = projects.reduce((sum, { findings }) => sum + (findings[id] ?? 0), 0);
      return { criterion: id, sentence, source, count };
    })
    .filter(({ count }) => count > 0)
    .toSorted((one, other) => other.count - one.count);
