import type { ProjectMeasures } from "./measures.ts";

/** What the documents aim at. `above` and `below` leave the number itself out, `atLeast` includes it. */
type Goal = {
  readonly kind: "above" | "below" | "atLeast" | "exactly";
  readonly value: number;
  readonly source: string;
};

type OfficeMeasure = {
  readonly id: string;
  readonly name: string;
  readonly unit:
    | "share"
    | "mark"
    | "per project"
    | "per milestone"
    | "business days"
    | "count"
    | "milliseconds";
  /** Null where no document names one. */
  readonly goal: Goal | null;
  /** Of the projects of a period; null where none of them has an answer. */
  readonly of: (projects: readonly ProjectMeasures[]) => number | null;
};

const mean = (numbers: readonly number[]): number | null =>
  numbers.length === 0 ? null : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

const known = <T>(values: readonly (T | null)[]): readonly T[] => values.flatMap((value) => value ?? []);

/** The share of those that have an answer and whose answer is yes. */
const share = (answers: readonly (boolean | null)[]): number | null =>
  mean(answers.flatMap((answer) => (answer === null ? [] : [Number(answer)])));

const delivery = 'process/000 "Delivery Performance"';
const quality = 'process/000 "Quality Metrics"';

/**
 * What an office measures over a period, with the documents' targets. process/000 counts where documents disagree: 004 wants
 * more than 95 % on time and a satisfaction above 4.5 of 5.
 */
export const officeMeasures: readonly OfficeMeasure[] = [
  {
    ...{ id: "on-time", name: "Delivered on time", unit: "share" },
    goal: { kind: "above", value: 0.85, source: delivery },
    of: (projects) => share(projects.map(({ onTime }) => onTime)),
  },
  {
    ...{ id: "rating", name: "Client satisfaction", unit: "mark" },
    goal: { kind: "atLeast", value: 8, source: delivery },
    of: (projects) => mean(known(projects.map(({ rating }) => rating))),
  },
  {
    ...{ id: "recommendation", name: "Would recommend us", unit: "share", goal: null },
    of: (projects) => share(projects.map(({ recommends }) => recommends)),
  },
  {
    ...{ id: "issues-after-launch", name: "Issues after launch", unit: "per project" },
    goal: { kind: "below", value: 3, source: delivery },
    of: (projects) => mean(known(projects.map(({ issuesAfterLaunch }) => issuesAfterLaunch))),
  },
  {
    ...{ id: "critical-after-launch", name: "Critical issues after launch", unit: "count" },
    goal: { kind: "exactly", value: 0, source: quality },
    of: (projects) => {
      const counts = known(projects.map(({ criticalAfterLaunch }) => criticalAfterLaunch));
      return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
    },
  },
  {
    ...{ id: "change-frequency", name: "Projects whose scope changed", unit: "share" },
    goal: { kind: "below", value: 0.2, source: delivery },
    of: (projects) => share(projects.map(({ changeRequests }) => changeRequests > 0)),
  },
  {
    ...{ id: "slip", name: "Slip against the baseline", unit: "business days", goal: null },
    of: (projects) => mean(known(projects.map(({ slip }) => slip))),
  },
  {
    ...{ id: "revisions", name: "Revisions that clients asked for", unit: "per milestone" },
    goal: { kind: "below", value: 2, source: 'process/000 "Efficiency Metrics"' },
    of: (projects) => mean(projects.flatMap(({ revisions }) => revisions)),
  },
  {
    ...{ id: "gate-first-pass", name: "Gates passed at the first request", unit: "share", goal: null },
    of: (projects) => {
      const asked = projects.reduce((sum, { gates }) => sum + gates.asked, 0);
      return asked === 0 ? null : projects.reduce((sum, { gates }) => sum + gates.firstPass, 0) / asked;
    },
  },
  {
    ...{ id: "client-wait", name: "Time spent waiting for the client", unit: "milliseconds", goal: null },
    of: (projects) => mean(projects.map(({ clientWait }) => clientWait)),
  },
  {
    ...{ id: "escalations", name: "Escalations", unit: "per project", goal: null },
    of: (projects) => mean(projects.map(({ escalations }) => escalations.raised)),
  },
  {
    ...{ id: "documents-complete", name: "Documentation complete", unit: "share" },
    goal: { kind: "exactly", value: 1, source: quality },
    of: (projects) => mean(known(projects.map(({ documentsComplete }) => documentsComplete))),
  },
  {
    ...{ id: "checks-complete", name: "Quality checks complete", unit: "share" },
    goal: { kind: "exactly", value: 1, source: 'process/000 "Definition of Done"' },
    of: (projects) => mean(known(projects.map(({ checksComplete }) => checksComplete))),
  },
];

/** Whether a number is where the goal wants it; null where there is no number or no goal. */
export const meetsGoal = (goal: OfficeMeasure["goal"], value: number | null): boolean | null => {
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

/** The criteria that were found unmet most often, most frequent first. */
export const mostFrequentFindings = (
  projects: readonly ProjectMeasures[],
): readonly { readonly criterion: string; readonly count: number }[] => {
  const counts = new Map<string, number>();
  for (const { findings } of projects)
    for (const [criterion, count] of Object.entries(findings))
      counts.set(criterion, (counts.get(criterion) ?? 0) + count);
  return [...counts]
    .map(([criterion, count]) => ({ criterion, count }))
    .toSorted((one, other) => other.count - one.count || (one.criterion < other.criterion ? -1 : 1));
};
