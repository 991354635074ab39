import type { DateValue } from "../types/values.ts";
import { addDays, isPlainDate, momentOf, type PlainDate, startOfDay } from "./calendar.ts";
import { usableDay } from "./schedule-of.ts";

/** Until when something is due: its last day, and the moment (UTC ms) from which it is late. */
export type Due = { readonly day: PlainDate; readonly at: number };

/**
 * What a date means as a limit: of a range its end, of a day the whole day, of a time that moment. Null where it is no date,
 * or more than ten years away.
 */
export const dueOf = (value: DateValue | null, zone: string, today: PlainDate): Due | null => {
  if (value === null) return null;
  const last = { ...value, start: value.end ?? value.start };
  const day = usableDay(last, zone, today);
  if (day === null) return null;
  const at = isPlainDate(last.start) ? startOfDay(addDays(day, 1), last.zone ?? zone) : momentOf(last, zone);
  return at === null ? null : { day, at };
};
