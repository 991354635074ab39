import type { PlainDate } from "./calendar.ts";
import { slackOf } from "./critical-path.ts";
import { lay, type Network, type Setting, type Step } from "./network.ts";
import { frontOf, lengthen, type PlannedSchedule, planOf, type Schedule } from "./planned-schedule.ts";
import { factsOf } from "./schedule-facts.ts";
import { movedBy } from "./why-moved.ts";

/** What is to be expected of one step. `slip` and `slack` are business days. */
export type StepForecast = {
  readonly date: PlainDate;
  /** From its baseline, as the plan counted; null where it has none. Negative is early. */
  readonly slip: number | null;
  /** Why it is not where its baseline was; empty where it is. */
  readonly why: string;
  /** How much later it could be without moving the delivery; 0 is critical, null where it is done or comes after it. */
  readonly slack: number | null;
};

export type Forecast = {
  /** By step id. Skipped and undated steps, and those in or behind a circle of dependencies, have none. */
  readonly steps: ReadonlyMap<string, StepForecast>;
  /** When the last step before the delivery is done; null where one of them cannot be forecast. */
  readonly delivery: PlainDate | null;
  /** The open steps without slack, in their order: whatever moves one of them moves the delivery. */
  readonly criticalPath: readonly string[];
};

/** When everything will be done as things stand, how far that is from the baseline, and why. */
export const forecastOf = (schedule: Schedule): Forecast => {
  const plan = planOf(schedule);
  const { dates, setting, slip: slipOf, why } = movedBy(plan, factsOf(schedule, plan));
  const delivery = deliveryOf(schedule, plan.network, dates);
  const end = lastDelivering(plan.network, dates);
  const slack = end === null ? new Map<string, number>() : slackOf(plan.network, setting, dates, end);
  const steps = plan.network.order.flatMap(({ id, baseline }) => {
    const date = dates.get(id);
    if (date === undefined) return [];
    const slip = baseline === null ? null : slipOf(id);
    const reason = slip === null || slip === 0 ? "" : why(id);
    return [[id, { date, slip, why: reason, slack: slack.get(id) ?? null }] as const];
  });
  return {
    steps: new Map(steps),
    delivery,
    criticalPath: plan.network.order.filter(({ id }) => slack.get(id) === 0).map(({ id }) => id),
  };
};

const lastDelivering = ({ order }: Network, dates: ReadonlyMap<string, PlainDate>): PlainDate | null => {
  const days = order.filter(({ afterDelivery }) => !afterDelivery).map(({ id }) => dates.get(id) ?? "");
  return days.length === 0 ? null : days.reduce((one, other) => (one < other ? other : one));
};

/** An open step that nothing stands in for could be the last one. */
const deliveryOf = (
  { steps }: Schedule,
  network: Network,
  dates: ReadonlyMap<string, PlainDate>,
): PlainDate | null => {
  const isUnknown = steps.some(
    ({ id, state, afterDelivery }) =>
      state === "open" && !afterDelivery && !dates.has(id) && !network.passed.has(id),
  );
  return isUnknown ? null : lastDelivering(network, dates);
};

/**
 * The Targets that move when work of `days` business days comes before all that is open, as an approved change request
 * does: the first open steps take it, what waits for them follows, slack is used up first. Negative takes it back.
 */
export const shiftOpen = (schedule: Schedule, days: number): ReadonlyMap<string, PlainDate> => {
  if (days === 0) return new Map();
  const plan = planOf(schedule);
  const closed = plan.network.order.filter(({ actual }) => actual !== null);
  const front = frontOf(plan.network, new Set(closed.map(({ id }) => id)));
  return relaid(schedule, plan, lengthen(plan.targetSpans, front, days), targetsOf(closed));
};

/**
 * The Targets that move when people move those of some steps: those of the open steps that wait for them. `schedule` is as
 * it was before. Nothing moves where a step is not there or done.
 */
export const moveTargets = (
  schedule: Schedule,
  moved: ReadonlyMap<string, PlainDate>,
): ReadonlyMap<string, PlainDate> => {
  const plan = planOf(schedule);
  const waiting = new Set(moved.keys());
  for (const step of plan.network.order)
    if (plan.network.before.get(step.id)?.some((before) => waiting.has(before)) && step.actual === null)
      waiting.add(step.id);
  const others = plan.network.order.filter((step) => !waiting.has(step.id) || step.actual !== null);
  const fixed = targetsOf(others);
  for (const [id, to] of moved) if (!fixed.has(id)) fixed.set(id, to);
  const targets = new Map(relaid(schedule, plan, plan.targetSpans, fixed));
  for (const id of moved.keys()) targets.delete(id);
  return targets;
};

const targetsOf = (steps: readonly Step[]): Map<string, PlainDate> => {
  const targets = new Map<string, PlainDate>();
  for (const { id, target, baseline, actual } of steps) {
    const day = target ?? baseline ?? actual;
    if (day !== null) targets.set(id, day);
  }
  return targets;
};

/** The Targets that differ from those that stand, laid with the spans between Targets. Days on hold move forecasts, not Targets. */
const relaid = (
  { steps, calendar }: Schedule,
  { network, setting }: PlannedSchedule,
  spans: Setting["spans"],
  fixed: Setting["fixed"],
): ReadonlyMap<string, PlainDate> => {
  const dates = lay(network, { ...setting, spans, fixed, calendar });
  return new Map(
    steps.flatMap(({ id, target, actual }) => {
      const date = dates.get(id);
      // One that counts for nothing, mistyped as it is, is for its people to put right.
      const stands = actual !== null || date === undefined || target === null || date === target;
      return stands ? [] : [[id, date] as const];
    }),
  );
};
