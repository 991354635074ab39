import type { Stage } from "../../notion-templates/stages.ts";
import type { ProjectMeasures } from "./measures.ts";
import { stageOrder } from "./stage-moves.ts";

/** What a document aims at. `above` and `below` leave the number itself out, `atLeast` includes it. */
export type Goal = { readonly kind: "above" | "below" | "atLeast" | "exactly"; readonly value: number };

/** What numbers count. Shares go from 0 to 1; yes is 1. */
export const units = [
  "share of projects",
  "share of gates",
  "share of checks",
  "yes or no",
  "out of 10",
  "per project",
  "per milestone",
  "issues",
  "change requests",
  "business days",
  "days",
] as const;
export type Unit = (typeof units)[number];

export type Measure = {
  readonly id: string;
  readonly name: string;
  readonly unit: Unit;
  /** Null where no document names one. */
  readonly goal: Goal | null;
  /** What it rests on: the document that aims at it, or that says what is counted. */
  readonly source: string;
  /** Of the projects of a period; null where none of them has an answer. */
  readonly of: (projects: readonly ProjectMeasures[]) => number | null;
  /** How it reads of one project, where that is no share; a share of all projects is no goal for one. */
  readonly alone?: {
    readonly name: string;
    readonly unit: Unit;
    readonly of: (project: ProjectMeasures) => number | null;
  };
};

const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

/** Of those that have an answer. */
const mean = (numbers: readonly (number | null | undefined)[]): number | null => {
  const known = numbers.flatMap((number) => number ?? []);
  return known.length === 0 ? null : total(known) / known.length;
};

const yes = (answer: boolean | null): number | null => (answer === null ? null : Number(answer));

/** Of all parts together: a project with many counts more than one with few. */
const shareOf = (parts: readonly ProjectMeasures["gates"][]): number | null => {
  const counted = total(parts.map((part) => part.counted));
  return counted === 0 ? null : total(parts.map(({ passed }) => passed)) / counted;
};

const dayMs = 86_400_000;
const delivery = 'process/000 "Delivery Performance"';
const quality = 'process/000 "Quality Metrics"';

/** Where a project ends nothing is measured any more. */
const timedStages: readonly Stage[] = [...stageOrder.slice(0, -1), "On hold"];

const timeIn = (stage: Stage): Measure => ({
  ...{
    id: `time-in-${stage.toLowerCase().replaceAll(" ", "-")}`,
    name: `Time in stage ${stage}`,
    unit: "days",
  },
  ...{ goal: null, source: 'process/002 "Delivery record"' },
  of: (projects) =>
    mean(projects.map(({ timeInStage }) => timeInStage[stage]).map((time) => time && time / dayMs)),
});

/**
 * What is measured, of one project or of all that an office delivered in a period, with the documents' targets. process/000
 * counts where documents disagree: 004 wants more than 95 % on time and a satisfaction above 4.5 of 5.
 */
export const officeMeasures: readonly Measure[] = [
  {
    ...{ id: "on-time", name: "Delivered on time", unit: "share of projects" },
    ...{ goal: { kind: "above", value: 0.85 }, source: delivery },
    of: (projects) => mean(projects.map(({ onTime }) => yes(onTime))),
    alone: { name: "Delivered on time", unit: "yes or no", of: ({ onTime }) => yes(onTime) },
  },
  {
    ...{ id: "rating", name: "Client satisfaction", unit: "out of 10" },
    ...{ goal: { kind: "atLeast", value: 8 }, source: delivery },
    of: (projects) => mean(projects.map(({ rating }) => rating)),
  },
  {
    ...{ id: "issues-after-launch", name: "Issues after launch", unit: "per project" },
    ...{ goal: { kind: "below", value: 3 }, source: delivery },
    of: (projects) => mean(projects.map(({ issuesAfterLaunch }) => issuesAfterLaunch)),
  },
  {
    ...{ id: "critical-after-launch", name: "Critical issues after launch", unit: "issues" },
    ...{ goal: { kind: "exactly", value: 0 }, source: quality },
    of: (projects) => {
      const counts = projects.flatMap(({ criticalAfterLaunch }) => criticalAfterLaunch ?? []);
      return counts.length === 0 ? null : total(counts);
    },
  },
  {
    ...{ id: "scope-changes", name: "Projects whose scope changed", unit: "share of projects" },
    ...{ goal: { kind: "below", value: 0.2 }, source: delivery },
    of: (projects) => mean(projects.map(({ scopeChanges }) => Number(scopeChanges > 0))),
    alone: {
      ...{ name: "Approved changes of scope", unit: "change requests" },
      of: ({ scopeChanges }) => scopeChanges,
    },
  },
  {
    ...{ id: "slip", name: "Slip against the baseline", unit: "business days" },
    ...{ goal: null, source: 'process/002 "Milestones": target and actual date' },
    of: (projects) => mean(projects.map(({ slip }) => slip)),
  },
  {
    ...{ id: "revisions", name: "Revisions that the client asked for", unit: "per milestone" },
    ...{ goal: { kind: "below", value: 2 }, source: 'process/000 "Efficiency Metrics"' },
    of: (projects) => mean(projects.flatMap(({ revisions }) => revisions)),
  },
  {
    ...{ id: "gate-first-pass", name: "Gates met at the first request", unit: "share of gates" },
    ...{ goal: null, source: "process/002 §1 to §7 Gate" },
    of: (projects) => shareOf(projects.map(({ gates }) => gates)),
  },
  {
    ...{ id: "client-wait", name: "Waiting for the client", unit: "days" },
    ...{ goal: null, source: 'process/001 SOP 5 "what decision is needed next"' },
    of: (projects) => mean(projects.map(({ clientWait }) => clientWait / dayMs)),
  },
  {
    ...{ id: "escalations", name: "Escalations", unit: "per project" },
    ...{ goal: null, source: "process/004 ESCALATION PROCEDURES" },
    of: (projects) => mean(projects.map(({ escalations }) => escalations)),
  },
  {
    ...{ id: "documents-complete", name: "Documentation complete", unit: "share of checks" },
    ...{ goal: { kind: "exactly", value: 1 }, source: quality },
    of: (projects) => shareOf(projects.map(({ documents }) => documents)),
  },
  {
    ...{ id: "checks-complete", name: "Quality checks complete", unit: "share of checks" },
    ...{ goal: { kind: "exactly", value: 1 }, source: 'process/000 "Definition of Done"' },
    of: (projects) => shareOf(projects.map(({ checks }) => checks)),
  },
  ...timedStages.map(timeIn),
];
