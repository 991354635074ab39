import type { DateValue } from "../types/values.ts";
import { addBusinessDays, dayOf, isBusinessDay } from "./calendar.ts";
import { type Fault, milestoneName, onMilestone, onProject, type ProjectKey, projectName } from "./fault.ts";
import { allOf } from "./in-words.ts";
import { networkOf, type Step } from "./network.ts";
import type { Schedule } from "./planned-schedule.ts";
import type { DeliveryRecord, Milestone } from "./record.ts";
import { nameOf, usableDay } from "./schedule-of.ts";

type ProblemKind =
  | "no-date"
  | "far-away"
  | "day-off"
  | "period"
  | "reversed"
  | "circle"
  | "not-in-project"
  | "two-projects"
  | "undated"
  | "actual-missing"
  | "actual-to-come"
  | "status-behind"
  | "too-short";

/** Something in a schedule that cannot be as it is written. Never stops anything: what counts meanwhile stands in the sentence. */
export type ScheduleProblem = Fault & { readonly kind: ProblemKind };

type Ground = {
  readonly record: DeliveryRecord;
  readonly schedule: Schedule;
  readonly zone: string;
  readonly steps: ReadonlyMap<string, Step>;
};

const quoted = (milestone: Milestone): string => `“${nameOf(milestone)}”`;

/** Everything in a record's dates and dependencies that a person has to put right. `schedule` is the record's own. */
export const scheduleProblems = (
  record: DeliveryRecord,
  schedule: Schedule,
  zone: string,
): readonly ScheduleProblem[] => {
  const steps = new Map(schedule.steps.map((step) => [step.id, step]));
  const ground: Ground = { record, schedule, zone, steps };
  return [
    ...projectProblems(ground),
    // What is wrong with a date itself comes before what it does to another one: of several the first is named.
    ...record.milestones.flatMap((milestone) => dateProblems(milestone, ground)),
    ...record.milestones.flatMap((milestone) => doneProblems(milestone, ground)),
    ...record.milestones.flatMap((milestone) => dependencyProblems(milestone, ground)),
    ...circleProblems(ground),
  ];
};

/** A value that is no day, or one that nobody can mean. */
const unusable = (
  value: DateValue | null,
  what: () => string,
  { zone, schedule }: Ground,
): { readonly kind: ProblemKind; readonly sentence: string } | null => {
  if (value === null || usableDay(value, zone, schedule.today) !== null) return null;
  const day = dayOf(value, zone);
  return day === null
    ? { kind: "no-date", sentence: `Set ${what()} to a day (“${value.start}” is none).` }
    : { kind: "far-away", sentence: `Check the year of ${what()}: ${day} does not count.` };
};

const projectProblems = (ground: Ground): readonly ScheduleProblem[] => {
  const { record, schedule, zone, steps } = ground;
  const { start } = schedule;
  const agreed = usableDay(record.project.agreedDelivery, zone, schedule.today);
  const at = (...keys: ProjectKey[]) => keys.map((key) => onProject(record, key));
  const problems: ScheduleProblem[] = [];
  for (const key of ["start", "agreedDelivery"] as const) {
    const wrong = unusable(record.project[key], () => projectName(key), ground);
    if (wrong) problems.push({ ...wrong, places: at(key) });
  }
  if (start !== null && !isBusinessDay(start, schedule.calendar)) {
    const counts = addBusinessDays(start, 0, schedule.calendar);
    const sentence = `${projectName("start")} (${start}) is a day off; the plan begins on ${counts}.`;
    problems.push({ kind: "day-off", sentence, places: at("start") });
  }
  if (agreed === null) return problems;
  if (start !== null && agreed < start) {
    const sentence = `${projectName("agreedDelivery")} (${agreed}) lies before ${projectName("start")} (${start}).`;
    return [...problems, { kind: "reversed", sentence, places: at("start", "agreedDelivery") }];
  }
  const late = record.milestones.filter(({ pageId }) => {
    const step = steps.get(pageId);
    return step?.state === "open" && !step.afterDelivery && (step.target ?? agreed) > agreed;
  });
  if (late.length === 0) return problems;
  const names = allOf(late.map(quoted));
  const sentence = `${projectName("agreedDelivery")} (${agreed}) lies before the ${milestoneName("target")} of ${names}.`;
  const places = [...at("agreedDelivery"), ...late.map((milestone) => onMilestone(milestone, "target"))];
  return [...problems, { kind: "too-short", sentence, places }];
};

const dateProblems = (milestone: Milestone, ground: Ground): readonly ScheduleProblem[] => {
  const { schedule, steps } = ground;
  const step = steps.get(milestone.pageId);
  const target = () => `the ${milestoneName("target")} of ${quoted(milestone)}`;
  const places = [onMilestone(milestone, "target")];
  const wrong = unusable(milestone.target, target, ground);
  if (wrong) return [{ ...wrong, places }];
  if (step?.state !== "open") return [];
  if (step.target === null) return [{ kind: "undated", sentence: `Set ${target()}.`, places }];
  const problems: ScheduleProblem[] = [];
  if (milestone.target !== null && milestone.target.end !== null) {
    const sentence = `Set ${target()} to one day: of a period its first day (${step.target}) counts.`;
    problems.push({ kind: "period", sentence, places });
  }
  if (!isBusinessDay(step.target, schedule.calendar)) {
    const counts = addBusinessDays(step.target, 0, schedule.calendar);
    const sentence = `Move ${target()}: ${step.target} is a day off, ${counts} is forecast at the earliest.`;
    problems.push({ kind: "day-off", sentence, places });
  }
  if (schedule.start !== null && step.target < schedule.start) {
    const sentence = `Put dates in order: ${target()} (${step.target}) lies before ${projectName("start")} (${schedule.start}).`;
    problems.push({
      ...{ kind: "reversed", sentence },
      places: [...places, onProject(ground.record, "start")],
    });
  }
  return problems;
};

const doneProblems = (milestone: Milestone, ground: Ground): readonly ScheduleProblem[] => {
  const { status } = milestone;
  const actual = () => `the ${milestoneName("actual")} of ${quoted(milestone)}`;
  const places = [onMilestone(milestone, "actual")];
  const wrong = unusable(milestone.actual, actual, ground);
  if (wrong) return [{ ...wrong, places }];
  const { today } = ground.schedule;
  const day = usableDay(milestone.actual, ground.zone, today);
  if (day !== null && day > today)
    return [{ kind: "actual-to-come", sentence: `Check ${actual()}: ${day} is still to come.`, places }];
  const step = ground.steps.get(milestone.pageId);
  if (step?.guessed) {
    const sentence = `Set ${actual()}: it is Done; ${step.actual} counts.`;
    return [{ kind: "actual-missing", sentence, places }];
  }
  if (day === null || status === "Done" || status === "Skipped") return [];
  const sentence = `Set the ${milestoneName("status")} of ${quoted(milestone)} to Done, or clear its ${milestoneName("actual")} (${day}).`;
  return [{ kind: "status-behind", sentence, places: [onMilestone(milestone, "status"), ...places] }];
};

const dependencyProblems = (milestone: Milestone, { record, steps }: Ground): readonly ScheduleProblem[] => {
  const { pageId, dependsOn, project } = milestone;
  const waits = milestoneName("dependsOn");
  const problems: ScheduleProblem[] = [];
  if (project.length > 1) {
    const sentence = `Keep one project in ${milestoneName("project")} of ${quoted(milestone)}: there are ${project.length}.`;
    problems.push({ kind: "two-projects", sentence, places: [onMilestone(milestone, "project")] });
  }
  if (dependsOn.some((id) => !steps.has(id))) {
    const sentence = `Take out of ${waits} of ${quoted(milestone)} what is not a milestone of this project; it does not count.`;
    problems.push({ kind: "not-in-project", sentence, places: [onMilestone(milestone, "dependsOn")] });
  }
  const step = steps.get(pageId);
  if (step?.state !== "open" || step.target === null) return problems;
  for (const id of step.dependsOn) {
    const before = record.milestones.find((one) => one.pageId === id);
    const other = steps.get(id);
    if (!before || other?.state !== "open" || other.target === null || other.target <= step.target) continue;
    const target = milestoneName("target");
    const sentence = `Put each ${target} in order: ${quoted(milestone)} (${step.target}) depends on ${quoted(before)} (${other.target}).`;
    const places = [onMilestone(before, "target"), onMilestone(milestone, "target")];
    problems.push({ kind: "reversed", sentence, places });
  }
  return problems;
};

const circleProblems = ({ record, schedule }: Ground): readonly ScheduleProblem[] => {
  const ids = networkOf(schedule.steps).circle.map(({ id }) => id);
  if (ids.length === 0) return [];
  const members = ids.flatMap((id) => record.milestones.filter(({ pageId }) => pageId === id));
  const sentence =
    members.length === 1
      ? `${allOf(members.map(quoted))} depends on itself: it cannot be forecast.`
      : `${allOf(members.map(quoted))} depend on each other in a circle: they cannot be forecast.`;
  return [
    { kind: "circle", sentence, places: members.map((milestone) => onMilestone(milestone, "dependsOn")) },
  ];
};
