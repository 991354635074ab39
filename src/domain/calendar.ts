import type { DateValue } from "../types/values.ts";
import { memoized } from "./memoize.ts";
import { dayOfQuarter, momentIn, quarterMs } from "./zone-clocks.ts";

/** A day without time or zone, `YYYY-MM-DD`. Compares as text. */
export type PlainDate = string;

/** ISO weekday: Monday 1 … Sunday 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Which days count. `workingDays` is never empty; `daysOff` holds the office's and, where it matters, the client's. */
export type Calendar = {
  readonly workingDays: ReadonlySet<Weekday>;
  readonly daysOff: ReadonlySet<PlainDate>;
};

const dayMs = 86_400_000;

/** Reading and writing a date take longer than all counting; the days of every plan at a time are few. */
const [read, written] = [new Map<PlainDate, number>(), new Map<number, PlainDate>()];
const keptDays = 10_000;

/** NaN for a text that is no day. */
const dayNumber = (date: PlainDate): number => {
  const known = read.get(date);
  if (known !== undefined) return known;
  const [year, month, day] = [date.slice(0, 4), date.slice(5, 7), date.slice(8)].map(Number);
  const number = Date.UTC(year ?? Number.NaN, (month ?? Number.NaN) - 1, day) / dayMs;
  if (read.size < keptDays) read.set(date, number);
  return number;
};

const fromDayNumber = (day: number): PlainDate => {
  const known = written.get(day);
  if (known !== undefined) return known;
  const date = new Date(day * dayMs).toISOString().slice(0, 10);
  if (written.size < keptDays) written.set(day, date);
  return date;
};

/** Whether the text is a day that exists (2026-02-30 does not). */
export const isPlainDate = (text: string): boolean => {
  const known = read.get(text);
  if (known !== undefined && written.get(known) === text) return true;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = dayNumber(text);
  return !Number.isNaN(day) && fromDayNumber(day) === text;
};

/** Days from one day to another; negative where it is earlier. */
export const daysBetween = (from: PlainDate, to: PlainDate): number => dayNumber(to) - dayNumber(from);

export const addDays = (date: PlainDate, days: number): PlainDate => fromDayNumber(dayNumber(date) + days);

// 1970-01-01, day 0, was a Thursday (4).
const weekdayOfNumber = (day: number): Weekday => (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;

export const weekdayOf = (date: PlainDate): Weekday => weekdayOfNumber(dayNumber(date));

/** Days off as day numbers. */
const numbersOf = memoized(
  (daysOff: ReadonlySet<PlainDate>): ReadonlySet<number> => new Set([...daysOff].map(dayNumber)),
);

/** Whether a day counts, by its number: a schedule asks for thousands of days. */
const businessDays = memoized(({ workingDays, daysOff }: Calendar): ((day: number) => boolean) => {
  const off = numbersOf(daysOff);
  return (day) => workingDays.has(weekdayOfNumber(day)) && !off.has(day);
});

/** How many business days there are up to and including a day, by its number and from day 0 on; negative before that. */
const businessDaysTo = memoized(({ workingDays, daysOff }: Calendar): ((day: number) => number) => {
  const works = [0, 1, 2, 3, 4, 5, 6].map((day) => workingDays.has(weekdayOfNumber(day)));
  const inWeek = works.map((_works, day) => works.slice(0, day + 1).filter(Boolean).length);
  const off = [...numbersOf(daysOff)].filter((day) => workingDays.has(weekdayOfNumber(day)));
  return (day) => {
    const weeks = Math.floor(day / 7);
    let count = weeks * workingDays.size + (inWeek[day - weeks * 7] ?? 0);
    for (const one of off) if (one <= day) count -= 1;
    return count;
  };
});

/** @throws RangeError for a text that is no day: counting from it would never end. */
const knownDay = (date: PlainDate): number => {
  const day = dayNumber(date);
  if (Number.isNaN(day)) throw new RangeError(`${date} is no day`);
  return day;
};

export const isBusinessDay = (date: PlainDate, calendar: Calendar): boolean =>
  businessDays(calendar)(dayNumber(date));

/**
 * The `count`-th business day after `date` (before it where negative). 0 gives `date` itself,
 * or the next business day where `date` is none.
 */
export const addBusinessDays = (date: PlainDate, count: number, calendar: Calendar): PlainDate => {
  const counts = businessDays(calendar);
  const step = count < 0 ? -1 : 1;
  let day = knownDay(date);
  if (count === 0) while (!counts(day)) day += 1;
  for (let left = Math.abs(count); left > 0; ) {
    day += step;
    if (counts(day)) left -= 1;
  }
  return fromDayNumber(day);
};

/**
 * How many business days lie after `from` up to and including `to`; negative where `to` is earlier, counting `to` and
 * leaving out `from`. From a business day it undoes `addBusinessDays`.
 */
export const businessDaysBetween = (from: PlainDate, to: PlainDate, calendar: Calendar): number => {
  const [first, last] = [knownDay(from), knownDay(to)];
  const countTo = businessDaysTo(calendar);
  return last < first ? countTo(last - 1) - countTo(first - 1) : countTo(last) - countTo(first);
};

/** The day that a moment (UTC ms) falls on in a zone. */
export const dateIn = (ms: number, zone: string): PlainDate => dayOfQuarter(Math.floor(ms / quarterMs), zone);

/** When a day begins in a zone, in UTC ms: its first moment, also where clocks jump over midnight or repeat it. */
export const startOfDay = (date: PlainDate, zone: string): number => {
  const midnight = momentIn(`${date}T00:00:00`, zone);
  // Havana and the Azores set clocks back from 01:00 to 00:00; dayjs then answers with the second midnight.
  const hourBefore = midnight - 3_600_000;
  return dateIn(hourBefore, zone) === date ? hourBefore : midnight;
};

/** The next midnight in a zone after a moment, in UTC ms. */
export const nextMidnight = (ms: number, zone: string): number =>
  startOfDay(addDays(dateIn(ms, zone), 1), zone);

/** The moment of a Notion date in UTC ms; a plain day begins at its midnight in `zone`. Null where it is no date. */
export const momentOf = (value: DateValue, zone: string): number | null => {
  if (isPlainDate(value.start)) return startOfDay(value.start, value.zone ?? zone);
  const fixed = /(Z|[+-]\d{2}:?\d{2})$/.test(value.start);
  const moment = fixed ? Date.parse(value.start) : momentIn(value.start, value.zone ?? zone);
  return Number.isNaN(moment) ? null : moment;
};

/** The day of a Notion date as a person in `zone` sees it. Null where it is no date. */
export const dayOf = (value: DateValue, zone: string): PlainDate | null => {
  if (isPlainDate(value.start)) return value.start;
  const moment = momentOf(value, zone);
  return moment === null ? null : dateIn(moment, zone);
};

/** A moment (UTC ms) as a Notion date with a time, rounded down to the minute as Notion does. */
export const minuteValue = (ms: number): DateValue => ({
  start: new Date(Math.floor(ms / 60_000) * 60_000).toISOString(),
  end: null,
  zone: null,
});

/** A weekday and a time on the clock, such as `09:00`. */
export type WeeklyMoment = { readonly weekday: Weekday; readonly time: string };

/** When the clocks of a zone show a time (`09:00`) on a day, in UTC ms. */
export const timeOn = (date: PlainDate, time: string, zone: string): number =>
  momentIn(`${date}T${time}:00`, zone);

/** The first time after a moment (UTC ms) that a zone's clocks show a weekday and time. */
export const nextWeekly = (ms: number, { weekday, time }: WeeklyMoment, zone: string): number => {
  const today = dateIn(ms, zone);
  const day = addDays(today, (weekday - weekdayOf(today) + 7) % 7);
  const moment = timeOn(day, time, zone);
  return moment > ms ? moment : timeOn(addDays(day, 7), time, zone);
};

/** The latest time up to and including a moment (UTC ms) that a zone's clocks showed a weekday and time. */
export const lastWeekly = (ms: number, { weekday, time }: WeeklyMoment, zone: string): number => {
  const today = dateIn(ms, zone);
  const day = addDays(today, -((weekdayOf(today) - weekday + 7) % 7));
  const moment = timeOn(day, time, zone);
  return moment <= ms ? moment : timeOn(addDays(day, -7), time, zone);
};
