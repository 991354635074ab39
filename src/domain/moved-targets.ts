import { addBusinessDays, businessDaysBetween, type Calendar, type PlainDate } from "./calendar.ts";
import { type Dates, lastOf, type Network, type Setting, type Step } from "./network.ts";

/** Business days to a Target that people have moved: from what has happened, and from the Targets before it. */
export type MovedTarget = { readonly fromFacts: number; readonly fromTargets: number };

/** What the plan was made with, and what counts now. */
type Grounds = Pick<Setting, "anchors"> & {
  readonly planned: Calendar;
  readonly working: Calendar;
  /** Whether the baseline has been taken: a step without one was then added later. */
  readonly hasBaseline: boolean;
};

/**
 * The steps whose Target is not where the plan and its changes put it (`expected`): people have moved it. When is not known,
 * so they are taken to have known everything that has happened: what they wrote stands.
 */
export const movedTargets = (
  network: Network,
  { anchors, planned, working, hasBaseline }: Grounds,
  expected: Dates,
): ReadonlyMap<string, MovedTarget> => {
  const edited = network.order.flatMap(({ id, target, baseline, state }) => {
    if (state === "done" || target === null) return [];
    const wanted = expected.get(id);
    const stands = target === wanted || addBusinessDays(target, 0, planned) === wanted;
    return stands && (baseline !== null || !hasBaseline) ? [] : [{ id, target }];
  });
  const moved = new Map<string, MovedTarget>();
  if (edited.length === 0) return moved;
  const facts = daysOf(network, ({ actual, target, baseline }) => actual ?? target ?? baseline);
  const targets = daysOf(network, ({ actual, target, baseline }) => target ?? baseline ?? actual);
  for (const { id, target } of edited) {
    const day = addBusinessDays(target, 0, working);
    const before = network.before.get(id) ?? [];
    const span = (days: Dates): number => {
      const last = lastOf(before, days);
      if (last !== null) return Math.max(0, businessDaysBetween(last, day, working));
      return businessDaysBetween(anchors.get(id) ?? day, day, working);
    };
    moved.set(id, { fromFacts: span(facts), fromTargets: span(targets) });
  }
  return moved;
};

const daysOf = ({ order }: Network, dayOf: (step: Step) => PlainDate | null): Dates => {
  const days = new Map<string, PlainDate>();
  for (const step of order) {
    const day = dayOf(step);
    if (day !== null) days.set(step.id, day);
  }
  return days;
};
