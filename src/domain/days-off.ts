import { addDays, type Calendar, dayOf, type PlainDate } from "./calendar.ts";
import type { DayOff } from "./record.ts";

/** One day on which nobody works: at the office (`client` null), or at a client, whose name is in small letters. */
export type OffDay = {
  readonly date: PlainDate;
  readonly name: string;
  readonly client: string | null;
  /** When its row was made (UTC ms): a day that came later moves what was planned before. */
  readonly addedAt: number;
};

/** A span longer than this is a slip of the pen: nobody is away for more than a year. */
const longestSpan = 366;

/** The days of one row's span in a zone; null where it is empty, no date, reversed or longer than a year. */
export const spanOf = ({ day }: Pick<DayOff, "day">, zone: string): readonly PlainDate[] | null => {
  const first = day && dayOf(day, zone);
  const last = day && dayOf({ ...day, start: day.end ?? day.start }, zone);
  if (!first || !last || last < first) return null;
  const span: PlainDate[] = [first];
  for (let date = addDays(first, 1); date <= last; date = addDays(date, 1)) {
    if (span.length === longestSpan) return null;
    span.push(date);
  }
  return span;
};

/** Every day of the rows that are days, once for each whom it applies to. */
export const offDaysIn = (rows: readonly DayOff[], zone: string): readonly OffDay[] =>
  rows.flatMap((row) =>
    (spanOf(row, zone) ?? []).flatMap((date) =>
      clientsOf(row).map((client) => ({ date, name: row.name, client, addedAt: row.createdTime })),
    ),
  );

/** Whom a row applies to: the office (null), or clients in small letters. */
export const clientsOf = ({ appliesTo }: Pick<DayOff, "appliesTo">): readonly (string | null)[] => {
  const names = appliesTo.split(",").map(folded);
  const named = names.filter((name) => name !== "").map((name) => (name === "office" ? null : name));
  return named.length === 0 ? [null] : [...new Set(named)];
};

/** A client's name as names are compared. */
export const folded = (name: string): string => name.trim().toLowerCase();

type WithOffDays = { readonly offDays: readonly OffDay[] };

/** The days off that count for a project of the client: the office's and the client's own. */
export const offDaysFor = ({ offDays }: WithOffDays, client: string): readonly OffDay[] =>
  offDays.filter((day) => day.client === null || day.client === folded(client));

export const datesOf = (days: readonly OffDay[]): ReadonlySet<PlainDate> =>
  new Set(days.map(({ date }) => date));

/** The office's calendar without the days on which the client does not work either. */
export const calendarFor = (office: Calendar & WithOffDays, client: string): Calendar => ({
  workingDays: office.workingDays,
  daysOff: datesOf(offDaysFor(office, client)),
});
