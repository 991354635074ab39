import { lifecycleKinds } from "../../notion-templates/milestone-kinds.ts";
import type { History } from "../types/loop.ts";
import type { DateValue } from "../types/values.ts";
import { dateIn, dayOf, daysBetween, isPlainDate, momentOf, type PlainDate } from "./calendar.ts";
import { appliedChanges } from "./changes.ts";
import type { Situation } from "./criterion.ts";
import { offDaysFor } from "./days-off.ts";
import { effectiveOf } from "./history.ts";
import { memoized } from "./memoize.ts";
import type { Step } from "./network.ts";
import type { Office } from "./office.ts";
import { type AddedDayOff, type Hold, type Schedule, withDaysOff } from "./planned-schedule.ts";
import type { DeliveryRecord, Milestone } from "./record.ts";

/** What a record's schedule is read with. `daysOff` are all that apply to it, the office's and the client's. */
export type ScheduleGround = {
  readonly office: Office;
  readonly daysOff: readonly AddedDayOff[];
  /** UTC ms. */
  readonly now: number;
};

/** Kinds that come after the delivery and do not hold it up (process/002 §7, process/000 "Pre-Launch"). */
const afterDelivery: readonly Milestone["kind"][] = ["Post-delivery review", "Check-in call"];

/** A date further away is taken for a slip of the keyboard: no plan of the documents lasts a year. */
const farthest = 3_660;

/** The day of a date as a schedule may use it; null where it is no date, or more than ten years away. */
export const usableDay = (value: DateValue | null, zone: string, today: PlainDate): PlainDate | null => {
  const day = value === null ? null : dayOf(value, zone);
  // A year of five digits is not one that `dayOf` leaves out.
  if (day === null || !isPlainDate(day)) return null;
  return Math.abs(daysBetween(today, day)) > farthest ? null : day;
};

/** The schedule of a record, with all that is known of what has happened to it. Anything in it that cannot count is left out. */
export const scheduleOf = (
  record: DeliveryRecord,
  history: History,
  { office, daysOff, now }: ScheduleGround,
): Schedule => {
  const zone = office.timeZone;
  const today = dateIn(now, zone);
  const plannedAt = plannedAtOf(record, history);
  return {
    start: usableDay(record.project.start, zone, today),
    steps: record.milestones.map((milestone) => stepOf(milestone, { record, history, zone, today })),
    calendar: withDaysOff(
      office,
      daysOff.map(({ date }) => date),
    ),
    addedDaysOff: knownFirst(daysOff).filter(({ addedAt }) => addedAt > plannedAt),
    changes: appliedChanges(record, history, zone).filter(({ at }) => at > plannedAt),
    holds: holdsOf(record, history, plannedAt, zone),
    today,
  };
};

/** The schedule of a situation's record, with the days off of the office and of the client. */
export const scheduleIn = memoized(({ record, history, office, now }: Situation) =>
  scheduleOf(record, history, { office, daysOff: offDaysFor(office, record.project.client), now }),
);

/** Each date once, as it was known first: a row that names it again takes nothing more away. */
const knownFirst = (daysOff: readonly AddedDayOff[]): readonly AddedDayOff[] => {
  const first = new Map<PlainDate, AddedDayOff>();
  for (const { date, addedAt } of daysOff)
    if (addedAt < (first.get(date)?.addedAt ?? Infinity)) first.set(date, { date, addedAt });
  return [...first.values()];
};

/**
 * When the plan was made (UTC ms): when its first milestone was there, or when the project left Intake, which takes the
 * client's acknowledgement of the timeline, whichever is later.
 */
const plannedAtOf = ({ project, milestones }: DeliveryRecord, history: History): number => {
  const acknowledged = effectiveOf(history, project.pageId, "stage").find(({ from }) => from === "Intake");
  const created = milestones.reduce((first, { createdTime }) => Math.min(first, createdTime), Infinity);
  return Math.max(acknowledged?.at ?? 0, Number.isFinite(created) ? created : 0);
};

const holdsOf = (
  { project }: DeliveryRecord,
  history: History,
  since: number,
  zone: string,
): readonly Hold[] => {
  const moves = effectiveOf(history, project.pageId, "stage");
  return moves.flatMap(({ to, at }, index) => {
    const end = to === "On hold" || to === "Cancelled" ? (moves[index + 1]?.at ?? Infinity) : 0;
    if (end <= since) return [];
    const until = Number.isFinite(end) ? dateIn(end, zone) : null;
    return [{ from: dateIn(Math.max(at, since), zone), until }];
  });
};

type StepGround = {
  readonly record: DeliveryRecord;
  readonly history: History;
  readonly zone: string;
  readonly today: PlainDate;
};

const stepOf = (milestone: Milestone, ground: StepGround): Step => {
  const { record, history, zone, today } = ground;
  const target = usableDay(milestone.target, zone, today);
  // Where nobody knows when it was done, its Target counts unless it is still to come, then today; `/status` asks for the day.
  const known = actualOf(milestone, ground);
  const guessed = known === null && milestone.status === "Done";
  const actual = guessed ? (target !== null && target < today ? target : today) : known;
  const moved = effectiveOf(history, milestone.pageId, "target").at(-1);
  const isSkipped = milestone.status === "Skipped";
  return {
    id: milestone.pageId,
    name: nameOf(milestone),
    dependsOn: milestone.dependsOn.length > 0 ? milestone.dependsOn : stepBefore(milestone, record),
    state: isSkipped ? "skipped" : actual === null ? "open" : "done",
    target,
    baseline: usableDay(milestone.baseline, zone, today),
    actual: isSkipped ? null : actual,
    guessed,
    moved: moved?.outcome === "accepted" ? { at: moved.at, on: dateIn(moved.at, zone) } : null,
    afterDelivery: afterDelivery.includes(milestone.kind),
    appointment: milestone.target !== null && target !== null && !isPlainDate(milestone.target.start),
  };
};

/** A milestone's name as sentences say it. */
export const nameOf = ({ name, kind }: Milestone): string => name.trim() || kind || "Untitled milestone";

/**
 * The day it was done: its Actual, else when its Status was set to Done; null where it is open or nobody knows. The Actual
 * of a milestone that was reopened counts no more.
 */
const actualOf = (
  { pageId, status, actual }: Milestone,
  { history, zone, today }: StepGround,
): PlainDate | null => {
  const last = effectiveOf(history, pageId, "status").at(-1);
  if (status !== "Done" && last?.from === "Done") return null;
  const day = usableDay(actual, zone, today);
  if (day !== null && day <= today) return day;
  const wasSet = status === "Done" && last?.outcome === "accepted" && last.to === "Done";
  return wasSet ? dateIn(last.at, zone) : null;
};

/** A step of the delivery record without dependencies waits for the one before it there (process/002). */
const stepBefore = ({ kind }: Milestone, { milestones }: DeliveryRecord): readonly string[] => {
  const place = lifecycleKinds.findIndex(({ name }) => name === kind);
  for (const { name } of lifecycleKinds.slice(0, Math.max(place, 0)).toReversed()) {
    const before = milestones.filter((milestone) => milestone.kind === name);
    if (before.length > 0) return before.map(({ pageId }) => pageId);
  }
  return [];
};

/** Milestones as people read them: by Order, then by Target, then by name; those without come last. */
export const inScheduleOrder = (milestones: readonly Milestone[], zone: string): readonly Milestone[] => {
  const moment = ({ target }: Milestone) => (target === null ? null : momentOf(target, zone)) ?? Infinity;
  const order = ({ order: place }: Milestone) => place ?? Infinity;
  const compare = (one: number, other: number) => (one === other ? 0 : one < other ? -1 : 1);
  return milestones.toSorted(
    (one, other) =>
      compare(order(one), order(other)) ||
      compare(moment(one), moment(other)) ||
      nameOf(one).localeCompare(nameOf(other), "en") ||
      (one.pageId < other.pageId ? -1 : 1),
  );
};
