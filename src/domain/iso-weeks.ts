import { addDays, daysBetween, type PlainDate, type Weekday, weekdayOf } from "./calendar.ts";

/** The ISO week of a day, such as `2026-W48`: weeks begin on Monday and belong to the year of their Thursday. */
export const isoWeekOf = (date: PlainDate): string => {
  const thursday = addDays(date, 4 - weekdayOf(date));
  const year = thursday.slice(0, 4);
  const week = Math.floor(daysBetween(`${year}-01-01`, thursday) / 7) + 1;
  return `${year}-W${String(week).padStart(2, "0")}`;
};

/** A day of an ISO week; null where the text is none. */
export const dayOfIsoWeek = (week: string, weekday: Weekday): PlainDate | null => {
  const [, year, number] = /^(\d{4})-W(\d{2})$/.exec(week) ?? [];
  if (year === undefined || number === undefined) return null;
  // 4 January lies in the first week of its year.
  const fourth = `${year}-01-04`;
  const date = addDays(fourth, 7 * (Number(number) - 1) + weekday - weekdayOf(fourth));
  return isoWeekOf(date) === week ? date : null;
};
