import { plans } from "../../notion-templates/plans/plans.ts";
import type { ProposedChange } from "../types/action.ts";
import type { Transition } from "../types/loop.ts";
import type { DateValue } from "../types/values.ts";
import { addBusinessDays, businessDaysBetween, dateIn, type PlainDate } from "./calendar.ts";
import type { Situation } from "./criterion.ts";
import { calendarFor } from "./days-off.ts";
import { effectiveOf } from "./history.ts";
import { networkOf } from "./network.ts";
import { type DatedPlan, datePlan } from "./plan-dates.ts";
import { laidPlan } from "./plan-rows.ts";
import { frontOf } from "./planned-schedule.ts";
import { isKept, proposalBy, proposalKey, type Settling, settling, withRecord } from "./proposal.ts";
import { moveTargets } from "./schedule.ts";
import { scheduleIn, usableDay } from "./schedule-of.ts";
import { acknowledgedAnew, movesInWords, targetChanges } from "./target-changes.ts";
import { withValues } from "./with-values.ts";

/** The changes that people made in a date and that nothing has followed from yet, oldest first. */
const unanswered = ({ history }: Situation, pageId: string, property: string): readonly Transition[] =>
  effectiveOf(history, pageId, property).filter(
    (one) =>
      one.outcome === "accepted" &&
      one.by.kind !== "service" &&
      one.to !== null &&
      !isKept(history, proposalKey(one)),
  );

/** The day that stood in a column last before a change, also where somebody cleared or mistyped it in between; null where none did. */
const stoodBefore = ({ history, office, now }: Situation, change: Transition): string | null => {
  const today = dateIn(now, office.timeZone);
  const isUsable = (start: string | null): boolean =>
    start !== null && usableDay(value(start, null), office.timeZone, today) !== null;
  const before = effectiveOf(history, change.pageId, change.property)
    .filter(({ version }) => version <= change.version)
    .toReversed();
  return before.map(({ from }) => from).find(isUsable) ?? null;
};

const value = (start: string, like: DateValue | null): DateValue => ({
  ...{ start, end: null, zone: like?.zone ?? null },
});

/**
 * What follows from the Targets that people have moved: those of the open milestones that wait for them move along, and the
 * schedule is to be acknowledged anew. Several at a time are taken together; none of them is moved itself.
 */
export const withMovedTargets = (situation: Situation): Settling => {
  const { record, office, now } = situation;
  const [zone, today] = [office.timeZone, dateIn(now, office.timeZone)];
  const moved = new Map<string, PlainDate>();
  const edits: Transition[] = [];
  const before = record.milestones.map((milestone) => {
    const own = unanswered(situation, milestone.pageId, "target");
    const from = own[0] && stoodBefore(situation, own[0]);
    if (from === null || from === undefined) return milestone;
    edits.push(...own);
    const to = usableDay(milestone.target, zone, today);
    if (to === null) return milestone;
    moved.set(milestone.pageId, to);
    return withValues(milestone, { target: value(from, milestone.target) });
  });
  const last = edits.toSorted((one, other) => one.at - other.at).at(-1);
  if (!last) return { situation, proposals: [] };
  const was = withRecord(situation, withValues(record, { milestones: before }));
  const changes = targetChanges(record, moveTargets(scheduleIn(was), moved), zone);
  const all = moved.size === 0 ? [] : [...changes, ...acknowledgedAnew(record)];
  const summary = changes.length === 0 ? "" : `Moved with it: ${movesInWords(record, changes, zone)}.`;
  const proposals = edits.map((edit) =>
    edit === last ? proposalBy(edit, all, summary) : proposalBy(edit, [], ""),
  );
  return settling(situation, proposals);
};

/**
 * What follows from a Start that people have moved: the open milestones move along by the same business days, and so does
 * an Agreed delivery that is still the plan's own proposal.
 */
export const withMovedStart = (situation: Situation): Settling => {
  const { record } = situation;
  const { project } = record;
  const edits = unanswered(situation, project.pageId, "start");
  const [first, last] = [edits[0], edits.at(-1)];
  if (!first || !last) return { situation, proposals: [] };
  const changes = record.milestones.length === 0 ? [] : startChanges(situation, first);
  const moved = changes.filter(({ database }) => database === "milestones");
  const summary =
    moved.length === 0 ? "" : `Moved with Start: ${movesInWords(record, moved, situation.office.timeZone)}.`;
  const proposals = edits.map((edit) =>
    edit === last ? proposalBy(edit, changes, summary) : proposalBy(edit, [], ""),
  );
  return settling(situation, proposals);
};

const startChanges = (situation: Situation, first: Transition): readonly ProposedChange[] => {
  const { record, office, now } = situation;
  const { project } = record;
  const [zone, today] = [office.timeZone, dateIn(now, office.timeZone)];
  const calendar = calendarFor(office, project.client);
  const to = usableDay(project.start, zone, today);
  const { from } = first;
  const old =
    from === null ? startLaid(situation, first) : usableDay(value(from, project.start), zone, today);
  if (old === null || to === null) return [];
  const [oldDay, newDay] = [addBusinessDays(old, 0, calendar), addBusinessDays(to, 0, calendar)];
  const changes = targetChanges(record, targetsFrom(situation, oldDay, newDay), zone);
  if (oldDay === newDay || changes.length === 0) return [];
  // What a plan was laid from backwards is the team's.
  const delivery = from === null ? [] : deliveryFrom(situation, oldDay, newDay);
  return [...changes, ...delivery, ...acknowledgedAnew(record)];
};

/**
 * The day on which a plan begins that was laid backwards from the Agreed delivery; null where the milestones are the team's
 * own, or Start was filled in before `edit`.
 */
const startLaid = (situation: Situation, edit: Transition): PlainDate | null => {
  const { record, history, office, now } = situation;
  const { pageId, agreedDelivery, client } = record.project;
  const [earliest] = effectiveOf(history, pageId, "start");
  const laid = laidPlan(situation);
  if (laid === null || earliest?.version !== edit.version) return null;
  // Change orders move Agreed delivery; the plan was laid from what it was before them.
  const then = effectiveOf(history, pageId, "agreedDelivery").findLast(({ at }) => at <= laid.at)?.to;
  const from = then ? value(then, agreedDelivery) : agreedDelivery;
  const agreed = usableDay(from, office.timeZone, dateIn(now, office.timeZone));
  if (agreed === null) return null;
  return datePlan(laid.plan, { agreedDelivery: agreed }, calendarFor(office, client)).start;
};

/** The plan of the project's Service type from a Start. */
const plannedFrom = ({ record, office }: Situation, start: PlainDate): DatedPlan | null => {
  const { serviceType, client } = record.project;
  return serviceType && datePlan(plans[serviceType], { start }, calendarFor(office, client));
};

/** Where the open milestones lie once those that wait for no other open one have moved with the Start. */
const targetsFrom = (
  situation: Situation,
  oldDay: PlainDate,
  newDay: PlainDate,
): ReadonlyMap<string, PlainDate> => {
  const { record, office } = situation;
  const calendar = calendarFor(office, record.project.client);
  const project = withValues(record.project, { start: value(oldDay, null) });
  const schedule = scheduleIn(withRecord(situation, withValues(record, { project })));
  const network = networkOf(schedule.steps);
  const closed = network.order.filter(({ actual }) => actual !== null).map(({ id }) => id);
  const front = new Set(frontOf(network, new Set(closed)));
  const fronts = new Map(
    network.order.flatMap(({ id, target }) => {
      if (target === null || !front.has(id)) return [];
      const days = businessDaysBetween(oldDay, addBusinessDays(target, 0, calendar), calendar);
      return [[id, addBusinessDays(newDay, days, calendar)] as const];
    }),
  );
  return new Map([...fronts, ...moveTargets(schedule, fronts)]);
};

/** The Agreed delivery that the plan proposes now, where nobody has acknowledged or changed the one before. */
const deliveryFrom = (
  situation: Situation,
  oldDay: PlainDate,
  newDay: PlainDate,
): readonly ProposedChange[] => {
  const { record, office, now } = situation;
  const { pageId, agreedDelivery, timelineAcknowledged } = record.project;
  const agreed = usableDay(agreedDelivery, office.timeZone, dateIn(now, office.timeZone));
  if (timelineAcknowledged || plannedFrom(situation, oldDay)?.agreedDelivery !== agreed) return [];
  const next = plannedFrom(situation, newDay)?.agreedDelivery;
  if (next === undefined) return [];
  return [{ database: "projects", pageId, property: "agreedDelivery", value: value(next, null) }];
};
