import { addBusinessDays, businessDaysBetween, type Calendar, type PlainDate } from "./calendar.ts";
import { type Dates, lastOf, type Network, type Setting, type Step } from "./network.ts";

/** Business days to a Target that people have moved: from what has happened, and from the Targets before it. */
export type MovedTarget = { readonly fromFacts: number; readonly fromTargets: number };

/** What the plan was made with, and what counts now. */
type Grounds = Pick<Setting, "anchors"> & {
  readonly planned: Calendar;
  readonly working: Calendar;
  /** What was known of the days off when a step's Target was moved. */
  readonly knownOn: (step: Step) => Calendar;
  /** Whether the baseline has been taken: a step without one was then added later. */
  readonly hasBaseline: boolean;
};

/**
 * The steps whose Target is not where the plan and its changes put it (`expected`): people have moved it, and what they wrote
 * stands on what they knew then. What happened later moves it like any other; where it is not known when they moved it, they
 * are taken to have known everything.
 */
export const movedTargets = (
  network: Network,
  { anchors, planned, working, knownOn, hasBaseline }: Grounds,
  expected: Dates,
): ReadonlyMap<string, MovedTarget> => {
  const edited = network.order.flatMap((step) => {
    const { id, target, baseline, state } = step;
    if (state === "done" || target === null) return [];
    const wanted = expected.get(id);
    const stands = target === wanted || addBusinessDays(target, 0, planned) === wanted;
    return stands && (baseline !== null || !hasBaseline) ? [] : [{ step, target }];
  });
  const moved = new Map<string, MovedTarget>();
  if (edited.length === 0) return moved;
  const targets = daysOf(network, ({ actual, target, baseline }) => target ?? baseline ?? actual);
  for (const { step, target } of edited) {
    const span = (days: Dates, calendar: Calendar): number => {
      const day = addBusinessDays(target, 0, calendar);
      const last = lastOf(network.before.get(step.id) ?? [], days);
      if (last !== null) return Math.max(0, businessDaysBetween(last, day, calendar));
      return businessDaysBetween(anchors.get(step.id) ?? day, day, calendar);
    };
    const facts = daysOf(network, (one) => knownDay(one, step.moved));
    moved.set(step.id, { fromFacts: span(facts, knownOn(step)), fromTargets: span(targets, working) });
  }
  return moved;
};

/** Where a step stood for whoever moved the Target of another one: what was done later was not done yet. */
const knownDay = ({ actual, target, baseline }: Step, moved: Step["moved"]): PlainDate | null => {
  const wasDone = actual !== null && (moved === null || actual <= moved.on);
  return wasDone ? actual : (target ?? baseline ?? actual);
};

const daysOf = ({ order }: Network, dayOf: (step: Step) => PlainDate | null): Dates => {
  const days = new Map<string, PlainDate>();
  for (const step of order) {
    const day = dayOf(step);
    if (day !== null) days.set(step.id, day);
  }
  return days;
};
