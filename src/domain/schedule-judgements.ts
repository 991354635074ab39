import type { LifecycleKind } from "../../notion-templates/milestone-kinds.ts";
import { type Judgement, notApplicable, type Situation, unless } from "./criterion.ts";
import { type Fault, onProject, projectName } from "./fault.ts";
import { nameLead } from "./judgements.ts";
import { doneFaults, isSkipped, orderFaults, stepFaults, undatedFaults } from "./milestone-faults.ts";
import { scheduleIn } from "./schedule-of.ts";
import { type ScheduleProblem, scheduleProblems } from "./schedule-problems.ts";

/** A step of the delivery record is Done, or skipped with a reason. */
export const done =
  (kind: LifecycleKind) =>
  ({ record }: Situation): Judgement =>
    isSkipped(record, kind) ? notApplicable : unless(doneFaults(record, kind));

/** Every step of the delivery record is Done, or skipped with a reason. */
export const allDone =
  (kinds: readonly LifecycleKind[]) =>
  ({ record }: Situation): Judgement =>
    unless(kinds.flatMap((kind) => doneFaults(record, kind)));

/** The steps are all there, once each, and skipped only with a reason. */
export const planned =
  (kinds: readonly LifecycleKind[]) =>
  ({ record }: Situation): Judgement =>
    kinds.every((kind) => isSkipped(record, kind)) ? notApplicable : unless(stepFaults(record, kinds));

/** A step is there and has its date, or is skipped with a reason. */
export const dated =
  (kind: LifecycleKind) =>
  ({ record, office }: Situation): Judgement => {
    if (isSkipped(record, kind)) return notApplicable;
    const steps = record.milestones.filter((milestone) => milestone.kind === kind);
    return unless([...stepFaults(record, [kind]), ...undatedFaults(steps, office.timeZone)]);
  };

/** What of a schedule's problems makes it no schedule; the others are told without stopping anything. */
const disorder: readonly ScheduleProblem["kind"][] = [
  "far-away",
  "reversed",
  "circle",
  "not-in-project",
  "two-projects",
  "too-short",
];

/** Every milestone is dated, in the order of the record and of its dependencies, and before the agreed delivery. */
export const inOrder =
  (kinds: readonly LifecycleKind[]) =>
  (situation: Situation): Judgement => {
    const { record, office } = situation;
    const { milestones } = record;
    if (milestones.every(({ status }) => status === "Done" || status === "Skipped")) return notApplicable;
    const steps = orderFaults(record, kinds, office.timeZone);
    const others = problemsIn(situation).filter(
      (problem) => !steps.some((fault) => samePages(fault, problem)),
    );
    return unless([...undatedFaults(milestones, office.timeZone), ...steps, ...others]);
  };

const problemsIn = (situation: Situation): readonly Fault[] =>
  scheduleProblems(situation.record, scheduleIn(situation), situation.office.timeZone)
    .filter(({ kind }) => disorder.includes(kind))
    .map(({ sentence, places }) => ({ sentence, places }));

const samePages = (one: Fault, other: Fault): boolean => {
  const pages = ({ places }: Fault) =>
    places
      .map(({ pageId }) => pageId)
      .toSorted()
      .join();
  return pages(one) === pages(other);
};

type Lead = "productionLead" | "deploymentLead";

/** Somebody of each role has acknowledged the schedule; one person may hold both. */
export const scheduleAcknowledged =
  (leads: readonly Lead[]) =>
  ({ record }: Situation): Judgement => {
    const acknowledged = new Set(record.project.scheduleAcknowledgedBy);
    return unless(
      leads.flatMap((lead) => {
        const people = record.project[lead];
        if (people.length === 0) return [nameLead(record, lead)];
        if (people.some((person) => acknowledged.has(person))) return [];
        const column = projectName("scheduleAcknowledgedBy");
        const sentence = `Add the ${projectName(lead)} to ${column} once they have agreed to the schedule.`;
        return [{ sentence, places: [onProject(record, "scheduleAcknowledgedBy")] }];
      }),
    );
  };
