import { addBusinessDays, type Calendar, type PlainDate } from "./calendar.ts";
import { memoized } from "./memoize.ts";

/** A milestone as the schedule sees it; days are those of the office's zone. */
export type Step = {
  readonly id: string;
  readonly name: string;
  /** Ids of the steps that have to be done first; unknown ones count for nothing. */
  readonly dependsOn: readonly string[];
  readonly state: "open" | "done" | "skipped";
  readonly target: PlainDate | null;
  readonly baseline: PlainDate | null;
  /** When it was done; null while it is open. */
  readonly actual: PlainDate | null;
  /** It is done, and nobody knows when: `actual` is what counts meanwhile. */
  readonly guessed: boolean;
  /** When its Target was last moved (UTC ms, and the same as a day); null where nobody knows. */
  readonly moved: { readonly at: number; readonly on: PlainDate } | null;
  /** Comes after the delivery (review, check-in call) and does not hold it up. */
  readonly afterDelivery: boolean;
  /** Agreed to the hour with others: an early predecessor does not bring it forward. */
  readonly appointment: boolean;
};

/** The steps that can be dated, each after all that it waits for. */
export type Network = {
  readonly order: readonly Step[];
  /**
   * What each of them waits for among themselves. What waits for a skipped or undated step waits for what that one waits for.
   */
  readonly before: ReadonlyMap<string, readonly string[]>;
  /** Undated and skipped steps that another one stands in for. */
  readonly passed: ReadonlySet<string>;
  /** Steps that wait for each other, one such circle; empty where there is none. They, and what waits for them, have no date. */
  readonly circle: readonly Step[];
};

/** The day a step was planned for first: its baseline, else its Target, else when it was done. */
export const plannedDay = ({ baseline, target, actual }: Step): PlainDate | null =>
  baseline ?? target ?? actual;

/** Puts steps in the order of their dependencies. Anything can be given; what cannot be ordered is left out and named. */
export const networkOf = memoized((steps: readonly Step[]): Network => {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const dated = steps.filter((step) => step.state !== "skipped" && plannedDay(step) !== null);
  const datedIds = new Set(dated.map(({ id }) => id));
  const passed = new Set<string>();
  const before = new Map(dated.map(({ id, dependsOn }) => [id, standIns(dependsOn, byId, datedIds, passed)]));
  const order: Step[] = [];
  const placed = new Set<string>();
  let waiting = dated;
  for (let placedAny = true; placedAny; ) {
    const left = waiting.filter((step) => {
      if (before.get(step.id)?.some((id) => !placed.has(id))) return true;
      placed.add(step.id);
      order.push(step);
      return false;
    });
    placedAny = left.length < waiting.length;
    waiting = left;
  }
  return { order, before, passed, circle: circleIn(waiting, before) };
});

/** The dated steps behind ids: itself where dated, else those behind what it waits for. */
const standIns = (
  ids: readonly string[],
  byId: ReadonlyMap<string, Step>,
  datedIds: ReadonlySet<string>,
  passed: Set<string>,
): readonly string[] => {
  if (ids.every((id) => datedIds.has(id))) return [...new Set(ids)];
  const found = new Set<string>();
  const seen = new Set<string>();
  const look = (id: string): void => {
    const step = byId.get(id);
    if (!step || seen.has(id)) return;
    seen.add(id);
    if (datedIds.has(id)) {
      found.add(id);
      return;
    }
    passed.add(id);
    step.dependsOn.forEach(look);
  };
  ids.forEach(look);
  return [...found];
};

/** Walks back from one that could not be placed until a step comes again. */
const circleIn = (
  stuck: readonly Step[],
  before: ReadonlyMap<string, readonly string[]>,
): readonly Step[] => {
  const trail: Step[] = [];
  for (let step = stuck[0]; step !== undefined; ) {
    const start = trail.indexOf(step);
    if (start >= 0) return trail.slice(start).toReversed();
    trail.push(step);
    const waitsFor = before.get(step.id) ?? [];
    step = stuck.find(({ id }) => waitsFor.includes(id));
  }
  return [];
};

/** The days of steps, by their ids. */
export type Dates = ReadonlyMap<string, PlainDate>;

/** What dates follow from. Maps are by step id. */
export type Setting = {
  /** The day from which a step that waits for nothing is counted. */
  readonly anchors: ReadonlyMap<string, PlainDate>;
  /** Business days from the last of what a step waits for, or from its anchor. */
  readonly spans: ReadonlyMap<string, number>;
  /** Days that stand whatever the rest says. */
  readonly fixed: ReadonlyMap<string, PlainDate>;
  /** Days that a step is never before. */
  readonly floors: ReadonlyMap<string, PlainDate>;
  readonly calendar: Calendar;
};

export const later = (one: PlainDate, other: PlainDate): PlainDate => (one < other ? other : one);

/** The last of the days of some steps; null where none has one. */
export const lastOf = (ids: readonly string[], days: Dates): PlainDate | null => {
  let last: PlainDate | null = null;
  for (const id of ids) {
    const day = days.get(id);
    if (day !== undefined) last = last === null ? day : later(last, day);
  }
  return last;
};

/** The date of a step, once those that it waits for have theirs. A date that is not fixed is a business day. */
const dateOf = ({ before }: Network, setting: Setting, id: string, dates: Dates): PlainDate | null => {
  const { anchors, spans, fixed, floors, calendar } = setting;
  const given = fixed.get(id);
  if (given !== undefined) return given;
  const from = lastOf(before.get(id) ?? [], dates) ?? anchors.get(id);
  if (from === undefined) return null;
  const date = addBusinessDays(from, spans.get(id) ?? 0, calendar);
  const floor = floors.get(id);
  return floor === undefined ? date : later(date, addBusinessDays(floor, 0, calendar));
};

/** The date of every step of a network. */
export const lay = (network: Network, setting: Setting): Dates => {
  const dates = new Map<string, PlainDate>();
  for (const { id } of network.order) {
    const date = dateOf(network, setting, id, dates);
    if (date !== null) dates.set(id, date);
  }
  return dates;
};

/**
 * Brings `dates`, laid with what `setting` was, up to what it is now that something has changed for one step (for all where
 * `changed` is null), and names the steps that moved.
 */
export const layAgain = (
  network: Network,
  setting: Setting,
  dates: Map<string, PlainDate>,
  changed: string | null,
): ReadonlySet<string> => {
  const moved = new Set<string>();
  for (const { id } of network.order) {
    const follows = network.before.get(id)?.some((earlier) => moved.has(earlier));
    if (changed !== null && changed !== id && !follows) continue;
    const date = dateOf(network, setting, id, dates);
    if (date === null || date === dates.get(id)) continue;
    dates.set(id, date);
    moved.add(id);
  }
  return moved;
};
