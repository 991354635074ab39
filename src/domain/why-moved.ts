import { businessDaysBetween, type PlainDate } from "./calendar.ts";
import { allOf } from "./in-words.ts";
import { layAgain, type Setting } from "./network.ts";
import type { PlannedSchedule } from "./planned-schedule.ts";
import { type Effect, type Fact, openSetting } from "./schedule-facts.ts";

/** What moved a step, by how many business days, and where the fact's own step stood before. */
type Cause = Omit<Effect, "isOwn"> & { readonly fact: Fact };

/** How far a step has moved (business days), and all that moved it. */
type Shift = { slip: number; readonly causes: Cause[] };

/** Where the steps of a plan stand after everything that has happened. */
export type Moved = {
  /** By step id. */
  readonly dates: ReadonlyMap<string, PlainDate>;
  readonly setting: Setting;
  /** How far a step has moved, in business days of the plan; negative is early. */
  readonly slip: (id: string) => number;
  /** Why it has: a sentence whose numbers add up to the slip. */
  readonly why: (id: string) => string;
};

/** Lays every fact on top of those before it; what a step moves then is put down to the fact. */
export const movedBy = (
  { network, planned, dates: plannedDates, setting: first }: PlannedSchedule,
  facts: readonly Fact[],
): Moved => {
  const shifts = new Map<string, Shift>();
  const setting = openSetting(first);
  const dates = new Map(plannedDates);
  for (const fact of facts) {
    const { subject } = fact;
    fact.apply(setting);
    const subjectWas = subject === null ? null : (dates.get(subject) ?? null);
    if (subjectWas !== null && fact.isIdle?.(subjectWas)) continue;
    for (const id of layAgain(network, setting, dates, subject)) {
      const [day, to] = [plannedDates.get(id), dates.get(id)];
      if (day === undefined || to === undefined) continue;
      const shift = shifts.get(id) ?? { slip: 0, causes: [] };
      // From the planned day, because counting is not additive over days off, on which work can have been done.
      const slip = businessDaysBetween(day, to, planned);
      const days = slip - shift.slip;
      shift.slip = slip;
      shifts.set(id, shift);
      if (days !== 0) shift.causes.push({ fact, days, subjectWas });
    }
  }
  return {
    ...{ dates, setting },
    slip: (id) => shifts.get(id)?.slip ?? 0,
    why: (id) => sentenceOf(id, shifts.get(id)?.causes ?? []),
  };
};

const signed = (days: number): string => `${days < 0 ? "−" : "+"}${Math.abs(days)}`;

/** "+3 business days: ACME-CR-4; +1: day off 2027-04-05". */
const sentenceOf = (id: string, causes: readonly Cause[]): string =>
  withDaysOffTogether(causes)
    .map(({ fact, days, subjectWas }, index) => {
      const unit = Math.abs(days) === 1 ? "business day" : "business days";
      const words = fact.words({ isOwn: fact.subject === id, days, subjectWas });
      return `${signed(days)}${index === 0 ? ` ${unit}` : ""}: ${words}`;
    })
    .join("; ");

const withDaysOffTogether = (causes: readonly Cause[]): readonly Cause[] => {
  const daysOff = causes.filter(({ fact }) => fact.dayOff !== undefined);
  const [first] = daysOff;
  if (first === undefined || daysOff.length === 1) return causes;
  const dates = daysOff.flatMap(({ fact }) => fact.dayOff ?? []).toSorted();
  const words =
    dates.length <= 3 ? `days off ${allOf(dates)}` : `days off from ${dates[0]} to ${dates.at(-1)}`;
  const days = daysOff.reduce((sum, one) => sum + one.days, 0);
  const together: Cause = { ...first, fact: { ...first.fact, words: () => words }, days };
  return causes.toSpliced(causes.indexOf(first), daysOff.length, together);
};
