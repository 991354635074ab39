import { databases } from "../../notion-templates/databases.ts";
import { isTimeZone } from "../types/time-zone.ts";
import { type Calendar, momentOf, type Weekday } from "./calendar.ts";
import { datesOf, type OffDay, offDaysIn } from "./days-off.ts";
import type { DayOff, OfficeRow } from "./record.ts";

const { properties } = databases.office;

/** How letters to clients leave. */
export type LettersMode = NonNullable<OfficeRow["defaultLetters"]>;

/** A value of the Office row that cannot be used; `words` go after the property's name and say what counts instead. */
type OfficeNote = { readonly property: keyof typeof properties; readonly words: string };

/** How the agency works, with a usable value for everything. Also its calendar, in which no client's days off are. */
export type Office = Calendar & {
  /** Every day off, of the office and of each client. */
  readonly offDays: readonly OffDay[];
  readonly name: string;
  readonly sender: string;
  /** As written; whoever shows it decides whether it is one. */
  readonly colour: string;
  /** What each support tier promises, by its name. */
  readonly supportTiers: ReadonlyMap<string, string>;
  /** IANA name that this runtime knows. */
  readonly timeZone: string;
  /** Minutes after midnight; `start` lies before `end`. */
  readonly hours: { readonly start: number; readonly end: number };
  readonly practiceLead: readonly string[];
  readonly executive: readonly string[];
  readonly mayOverride: readonly string[];
  readonly defaultLetters: LettersMode;
  /** When setup ended (UTC ms). Null means that no project counts as new (design §6). */
  readonly activeSince: number | null;
  readonly notes: readonly OfficeNote[];
};

const weekdays = {
  Monday: 1,
  Tuesday: 2,
  Wednesday: 3,
  Thursday: 4,
  Friday: 5,
  Saturday: 6,
  Sunday: 7,
} as const satisfies Record<OfficeRow["workingDays"][number], Weekday>;

const usualDays: readonly Weekday[] = [1, 2, 3, 4, 5];
const usualHours = { start: 9 * 60, end: 18 * 60 } as const;

type Read<T> = { readonly value: T; readonly note?: OfficeNote };

/**
 * The office as its row says. An empty or unusable value never stops anything: the usual one counts (Monday to Friday,
 * 09:00 to 18:00, letters off, `fallbackTimeZone`), and a note names what could not be read. Of the days off those count
 * that are days.
 */
export const officeOf = (
  row: OfficeRow | null,
  fallbackTimeZone: string,
  daysOff: readonly DayOff[] = [],
): Office => {
  const zone = timeZoneOf(row?.timeZone ?? "", fallbackTimeZone);
  const offDays = offDaysIn(daysOff, zone.value);
  const hours = hoursOf(row?.workStarts ?? "", row?.workEnds ?? "");
  const activeSince = activeSinceOf(row?.activeSince ?? null, zone.value);
  const days = row && row.workingDays.length > 0 ? row.workingDays.map((name) => weekdays[name]) : usualDays;
  return {
    name: row?.agency ?? "",
    sender: row?.sender ?? "",
    colour: row?.colour ?? "",
    supportTiers: tiersOf(row?.supportTiers ?? ""),
    timeZone: zone.value,
    workingDays: new Set(days),
    offDays,
    daysOff: datesOf(offDays.filter(({ client }) => client === null)),
    hours: hours.value,
    practiceLead: row?.practiceLead ?? [],
    executive: row?.executive ?? [],
    mayOverride: row?.mayOverride ?? [],
    defaultLetters: row?.defaultLetters ?? "Off",
    activeSince: activeSince.value,
    notes: [zone, hours, activeSince].flatMap(({ note }) => note ?? []),
  };
};

/** One tier a line: its name, then what it promises, with a mark between them or none. */
const tiersOf = (text: string): Office["supportTiers"] =>
  new Map(
    text.split("\n").flatMap((line): [string, string][] => {
      const [, name, promise] = /^\s*(\S+?)(?:\s*[:–—-]\s*|\s+)(\S.*?)\s*$/.exec(line) ?? [];
      return name === undefined || promise === undefined ? [] : [[name, promise]];
    }),
  );

const timeZoneOf = (text: string, fallback: string): Read<string> => {
  const zone = text.trim();
  if (zone === "") return { value: fallback };
  if (isTimeZone(zone)) return { value: zone };
  const words = `is no time zone such as Europe/Paris; ${fallback} counts`;
  return { value: fallback, note: { property: "timeZone", words } };
};

const hoursOf = (starts: string, ends: string): Read<Office["hours"]> => {
  const start = starts.trim() === "" ? usualHours.start : minutesOf(starts);
  const end = ends.trim() === "" ? usualHours.end : minutesOf(ends);
  if (start !== null && end !== null && start < end) return { value: { start, end } };
  const words = "makes no office hours such as 09:00 to 18:00; these count";
  return { value: usualHours, note: { property: start === null ? "workStarts" : "workEnds", words } };
};

const minutesOf = (text: string): number | null => {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(text.trim()) ?? [];
  if (hour === undefined || minute === undefined) return null;
  const minutes = Number(hour) * 60 + Number(minute);
  return Number(minute) < 60 && minutes <= 24 * 60 ? minutes : null;
};

const activeSinceOf = (value: OfficeRow["activeSince"], zone: string): Read<number | null> => {
  const moment = value && momentOf(value, zone);
  if (value === null || moment !== null) return { value: moment };
  const words = "is no date; every project counts as older than Milepost";
  return { value: null, note: { property: "activeSince", words } };
};
