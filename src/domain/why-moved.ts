import { businessDaysBetween, type PlainDate } from "./calendar.ts";
import { allOf } from "./in-words.ts";
import { layAgain, type Setting } from "./network.ts";
import type { PlannedSchedule } from "./planned-schedule.ts";
import { type Fact, openSetting } from "./schedule-facts.ts";

/** What moved a step, and by how many business days. */
type Cause = { readonly days: number; readonly words: string; readonly dayOff: PlainDate | null };

/** Where the steps of a plan stand after everything that has happened. Maps are by step id. */
export type Moved = {
  readonly dates: ReadonlyMap<string, PlainDate>;
  readonly setting: Setting;
  /** Why a step is not where it was planned: a sentence whose numbers add up to the slip. */
  readonly why: ReadonlyMap<string, string>;
};

/** Lays every fact on top of those before it; what a step moves then is put down to the fact. */
export const movedBy = (
  { network, planned, dates: plannedDates, setting: first }: PlannedSchedule,
  facts: readonly Fact[],
): Moved => {
  const causes = new Map<string, Cause[]>();
  const setting = openSetting(first);
  const dates = new Map(plannedDates);
  const slips = new Map<string, number>();
  for (const fact of facts) {
    fact.apply(setting);
    const subjectWas = fact.subject === null ? null : (dates.get(fact.subject) ?? null);
    if (subjectWas !== null && fact.isIdle?.(subjectWas)) continue;
    for (const id of layAgain(network, setting, dates, fact.subject)) {
      const [day, to] = [plannedDates.get(id), dates.get(id)];
      if (day === undefined || to === undefined) continue;
      // From the planned day, because counting is not additive over days off, on which work can have been done.
      const slip = businessDaysBetween(day, to, planned);
      const days = slip - (slips.get(id) ?? 0);
      slips.set(id, slip);
      if (days === 0) continue;
      const words = fact.words({ isOwn: fact.subject === id, days, subjectWas });
      const known = causes.get(id) ?? [];
      known.push({ days, words, dayOff: fact.dayOff ?? null });
      causes.set(id, known);
    }
  }
  return { dates, setting, why: new Map([...causes].map(([id, list]) => [id, sentenceOf(list)])) };
};

const signed = (days: number): string => `${days < 0 ? "−" : "+"}${Math.abs(days)}`;

/** "+3 business days: ACME-CR-4; +1: day off 2027-04-05". */
const sentenceOf = (causes: readonly Cause[]): string =>
  withDaysOffTogether(causes)
    .map(({ days, words }, index) => {
      const unit = Math.abs(days) === 1 ? "business day" : "business days";
      return index === 0 ? `${signed(days)} ${unit}: ${words}` : `${signed(days)}: ${words}`;
    })
    .join("; ");

const withDaysOffTogether = (causes: readonly Cause[]): readonly Cause[] => {
  const daysOff = causes.filter(({ dayOff }) => dayOff !== null);
  if (daysOff.length < 2) return causes;
  const dates = daysOff.map(({ dayOff }) => dayOff ?? "").toSorted();
  const words =
    dates.length <= 3 ? `days off ${allOf(dates)}` : `days off from ${dates[0]} to ${dates.at(-1)}`;
  const together = { days: daysOff.reduce((sum, { days }) => sum + days, 0), words, dayOff: null };
  const place = causes.findIndex(({ dayOff }) => dayOff !== null);
  return causes.toSpliced(place, daysOff.length, together);
};
