import { addBusinessDays, addDays, businessDaysBetween, type Calendar, type PlainDate } from "./calendar.ts";
import { type MovedTarget, movedTargets } from "./moved-targets.ts";
import {
  type Dates,
  lastOf,
  lay,
  type Network,
  networkOf,
  plannedDay,
  type Setting,
  type Step,
} from "./network.ts";

/** A day off, and when it was known first (UTC ms). */
export type AddedDayOff = { readonly date: PlainDate; readonly addedAt: number };

/** An approved change request that has moved the Targets, by its number; `at` is UTC ms, `on` the same as a day. */
export type AppliedChange = {
  readonly label: string;
  readonly days: number;
  readonly at: number;
  readonly on: PlainDate;
};

/** Work rested from a day up to the day before `until`; null while it still rests. */
export type Hold = { readonly from: PlainDate; readonly until: PlainDate | null };

/**
 * Everything that dates follow from. Days off, changes and holds are those since the baseline was taken, or since the
 * Targets were first laid where there is none.
 */
export type Schedule = {
  readonly start: PlainDate | null;
  readonly steps: readonly Step[];
  /** As it is now: days off of the office and of the client, those added later among them. */
  readonly calendar: Calendar;
  /** Those that came after the plan was made, each date once. */
  readonly addedDaysOff: readonly AddedDayOff[];
  /** In the order in which they were applied. */
  readonly changes: readonly AppliedChange[];
  readonly holds: readonly Hold[];
  readonly today: PlainDate;
};

/** The steps as they were planned, and what has changed the plan since: what every later question starts from. */
export type PlannedSchedule = {
  readonly network: Network;
  /** The calendar that the plan was made with. */
  readonly planned: Calendar;
  /** As planned: reproduces the baselines exactly, also where they contradict the dependencies. */
  readonly setting: Setting;
  /** The dates that it gives. */
  readonly dates: Dates;
  /** Spans below nothing, of steps dated before what they wait for. */
  readonly reversed: readonly Step[];
  /** For each change, the first open steps then: they took its days. */
  readonly fronts: readonly (readonly string[])[];
  /** The spans that people have changed by moving a Target. */
  readonly edits: ReadonlyMap<string, MovedTarget>;
  /** The spans between the Targets as they are now. */
  readonly targetSpans: ReadonlyMap<string, number>;
};

export const withDaysOff = (calendar: Calendar, days: readonly PlainDate[]): Calendar =>
  days.length === 0 ? calendar : { ...calendar, daysOff: new Set([...calendar.daysOff, ...days]) };

/** The days of a hold up to today, weekends included. */
export const heldDays = ({ from, until }: Hold, today: PlainDate): readonly PlainDate[] => {
  const days: PlainDate[] = [];
  const end = until ?? addDays(today, 1);
  for (let day = from; day < end; day = addDays(day, 1)) days.push(day);
  return days;
};

const without = (calendar: Calendar, added: readonly AddedDayOff[]): Calendar => {
  if (added.length === 0) return calendar;
  const daysOff = new Set(calendar.daysOff);
  for (const { date } of added) daysOff.delete(date);
  return { ...calendar, daysOff };
};

/** The days that count as they were known when a Target was moved; as they are now where that is not known. */
const calendarKnown = (
  { calendar, addedDaysOff, holds, today }: Schedule,
  moved: Step["moved"],
): Calendar => {
  const later = moved === null ? [] : addedDaysOff.filter(({ addedAt }) => addedAt > moved.at);
  const held = holds.filter(({ from }) => moved === null || from <= moved.on);
  return withDaysOff(
    without(calendar, later),
    held.flatMap((hold) => heldDays(hold, today)),
  );
};

/** Reads the plan out of its dates. */
export const planOf = (schedule: Schedule): PlannedSchedule => {
  const network = networkOf(schedule.steps);
  const planned = without(schedule.calendar, schedule.addedDaysOff);
  const { dates, setting } = asPlanned(schedule, network, planned);
  const reversed = network.order.filter(
    ({ id, state }) =>
      state === "open" && (setting.spans.get(id) ?? 0) < 0 && (network.before.get(id) ?? []).length > 0,
  );
  const spans = withSpans(
    setting.spans,
    reversed.map(({ id }) => [id, 0]),
  );
  const laid = spans === setting.spans ? dates : lay(network, { ...setting, spans });
  const { fronts, spans: changed, targets } = throughChanges(schedule, network, { ...setting, spans }, laid);
  const plan = { network, planned, setting, dates, reversed, fronts };
  const hasBaseline = schedule.steps.some(({ baseline }) => baseline !== null);
  const grounds = { planned, working: schedule.calendar, anchors: setting.anchors, hasBaseline };
  const knownOn = (step: Step): Calendar => calendarKnown(schedule, step.moved);
  const edits = movedTargets(network, { ...grounds, knownOn }, targets);
  const edited = [...edits].map(([id, { fromTargets }]) => [id, fromTargets] as const);
  return { ...plan, edits, targetSpans: withSpans(changed, edited) };
};

type Spans = Setting["spans"];

const withSpans = (spans: Spans, others: readonly (readonly [id: string, days: number])[]): Spans =>
  others.length === 0 ? spans : new Map([...spans, ...others]);

/** The planned dates, and the setting that they are laid with. */
const asPlanned = (
  { start }: Schedule,
  network: Network,
  calendar: Calendar,
): Pick<PlannedSchedule, "dates" | "setting"> => {
  const dates = new Map<string, PlainDate>();
  const anchors = new Map<string, PlainDate>();
  const spans = new Map<string, number>();
  const begin = start === null ? null : addBusinessDays(start, 0, calendar);
  for (const step of network.order) {
    const day = plannedDay(step);
    if (day === null) continue;
    const date = addBusinessDays(day, 0, calendar);
    const from = lastOf(network.before.get(step.id) ?? [], dates) ?? begin ?? date;
    dates.set(step.id, date);
    anchors.set(step.id, from);
    spans.set(step.id, businessDaysBetween(from, date, calendar));
  }
  return { dates, setting: { anchors, spans, fixed: new Map(), floors: new Map(), calendar } };
};

/** Repeats the changes in their order: who took their days, and which Targets they left. */
const throughChanges = (
  { steps, calendar, addedDaysOff, changes }: Schedule,
  network: Network,
  setting: Setting,
  laid: Dates,
): Pick<PlannedSchedule, "fronts"> & Pick<Setting, "spans"> & { readonly targets: Dates } => {
  const hasBaseline = steps.some(({ baseline }) => baseline !== null);
  const fronts: (readonly string[])[] = [];
  let spans = setting.spans;
  let targets = laid;
  for (const { at, on, days } of changes) {
    const wasOpen = ({ id, actual, target, baseline }: Step): boolean =>
      (baseline !== null || !hasBaseline) &&
      // On the day itself the Target tells: the change has moved what was still open.
      (actual === null || actual > on || (actual === on && target !== targets.get(id)));
    const closed = network.order.filter((step) => !wasOpen(step)).map(({ id }) => id);
    const front = frontOf(network, new Set(closed));
    const known = without(
      calendar,
      addedDaysOff.filter(({ addedAt }) => addedAt > at),
    );
    spans = lengthen(spans, front, days);
    const fixed = new Map(closed.map((id) => [id, targets.get(id) ?? on]));
    targets = lay(network, { ...setting, spans, fixed, calendar: known });
    fronts.push(front);
  }
  return { fronts, spans, targets };
};

/** The open steps that wait for no other open one: what extra work comes before. */
export const frontOf = (network: Network, closed: ReadonlySet<string>): readonly string[] =>
  network.order
    .filter(
      ({ id }) => !closed.has(id) && (network.before.get(id) ?? []).every((earlier) => closed.has(earlier)),
    )
    .map(({ id }) => id);

export const lengthen = (spans: Spans, ids: readonly string[], days: number): Spans =>
  withSpans(
    spans,
    ids.map((id) => [id, (spans.get(id) ?? 0) + days]),
  );
