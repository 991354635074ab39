import dayjs from "dayjs";
import timezone from "dayjs/plugin/timezone.js";
import utc from "dayjs/plugin/utc.js";

dayjs.extend(utc);
dayjs.extend(timezone);

/**
 * Keeps what it found of a zone's clocks, up to so many answers: every project asks for the same few moments, and the
 * libraries take longer to answer than all rules to decide.
 */
const kept = <K, V>(atMost: number, find: (key: K, zone: string) => V): ((key: K, zone: string) => V) => {
  const zones = new Map<string, Map<K, V>>();
  let size = 0;
  return (key, zone) => {
    const known = zones.get(zone);
    const found = known?.get(key);
    if (found !== undefined) return found;
    const value = find(key, zone);
    size += 1;
    if (size > atMost) {
      zones.clear();
      size = 1;
    }
    zones.set(zone, (zones.get(zone) ?? new Map<K, V>()).set(key, value));
    return value;
  };
};
const keptMoments = 20_000;

/** Making a format takes as long as thousands of days. */
const dayFormats = new Map<string, Intl.DateTimeFormat>();

const dayFormat = (zone: string): Intl.DateTimeFormat => {
  const known = dayFormats.get(zone);
  if (known) return known;
  const day = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
  // Swedish writes days as ISO 8601 does.
  const format = new Intl.DateTimeFormat("sv-SE", { ...day, timeZone: zone });
  if (dayFormats.size < 1_000) dayFormats.set(zone, format);
  return format;
};

/** Zones differ by whole quarters of an hour, and change on whole ones. */
export const quarterMs = 900_000;

/** The day (`YYYY-MM-DD`) that a zone's clocks show in a quarter of an hour, counted in UTC. */
export const dayOfQuarter = kept(keptMoments, (quarter: number, zone) =>
  dayFormat(zone).format(quarter * quarterMs),
);

/** The moment (UTC ms) at which a zone's clocks show a day and time without an offset; NaN where it is none. */
export const momentIn = kept(keptMoments, (local: string, zone) => dayjs.tz(local, zone).valueOf());

/** What a zone's clocks show at a moment (UTC ms), such as `09:00`. */
export const timeIn = (ms: number, zone: string): string => dayjs.utc(ms).tz(zone).format("HH:mm");
