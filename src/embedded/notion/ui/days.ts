import { dayMs } from "../time.ts";

export const floorToDay = (ms: number): number => Math.floor(ms / dayMs) * dayMs;

/** Days are UTC midnights in ms, as the API's dates without a time zone are. */
export const dayOf = (text: string | null | undefined): number | null => {
  const ms = text ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? null : floorToDay(ms);
};

/** A day that an address names; null for anything else. */
export const namedDay = (text: string | undefined): number | null =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) ? dayOf(text) : null;

/** The Monday of the week that a day lies in. */
export const mondayOf = (day: number): number => day - ((new Date(day).getUTCDay() + 6) % 7) * dayMs;

/** The first day of the month that lies `months` after the one of `day`. */
export const monthOf = (day: number, months = 0): number => {
  const date = new Date(day);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
};

export const isoDay = (day: number): string => new Date(day).toISOString().slice(0, 10);

const format = (options: Intl.DateTimeFormatOptions) => {
  const { format: show } = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });
  return (day: number): string => show(day);
};
export const monthName = format({ month: "long", year: "numeric" });
export const dayName = format({ day: "numeric", month: "short" });
export const wholeDayName = format({ weekday: "long", day: "numeric", month: "long" });
export const weekdayName = format({ weekday: "short" });
