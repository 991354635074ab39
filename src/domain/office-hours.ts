import { addDays, dateIn, isBusinessDay, momentOf, type PlainDate } from "./calendar.ts";
import type { Office } from "./office.ts";

/** Longer than any run of days off: an office that never works would never write. */
const longestWait = 60;

const minuteOfDay = (date: PlainDate, minutes: number, zone: string): number => {
  // 24:00 is the next day's first minute.
  const day = minutes === 24 * 60 ? addDays(date, 1) : date;
  const [hour, minute] = [Math.floor(minutes / 60) % 24, minutes % 60].map((part) =>
    String(part).padStart(2, "0"),
  );
  return momentOf({ start: `${day}T${hour}:${minute}:00`, end: null, zone }, zone) ?? 0;
};

/** The first moment from `now` on (UTC ms) that lies in the office's working days and hours as they are in `zone`. */
export const nextOfficeMoment = (now: number, zone: string, office: Office): number => {
  let day = dateIn(now, zone);
  for (let waited = 0; waited < longestWait; waited++) {
    const opens = minuteOfDay(day, office.hours.start, zone);
    const closes = minuteOfDay(day, office.hours.end, zone);
    if (isBusinessDay(day, office) && now < closes) return Math.max(now, opens);
    day = addDays(day, 1);
  }
  return now;
};

/**
 * The moment (UTC ms) at which so many of the office's working hours have passed since `from`. Null where the office works so
 * little that a year does not hold them.
 */
export const addWorkingHours = (from: number, hours: number, office: Office): number | null => {
  const zone = office.timeZone;
  let left = hours * 3_600_000;
  let day = dateIn(from, zone);
  for (let passed = 0; passed < 366; passed++) {
    if (isBusinessDay(day, office)) {
      const opens = Math.max(from, minuteOfDay(day, office.hours.start, zone));
      const open = Math.max(0, minuteOfDay(day, office.hours.end, zone) - opens);
      if (left <= open) return opens + left;
      left -= open;
    }
    day = addDays(day, 1);
  }
  return null;
};
