import { shouldBe } from "../api/validate.ts";
import type { DateValue } from "../model.ts";
import { isDateOnly, parseIso } from "../query/moments.ts";
import { minuteMs } from "../time.ts";

type DateInput = { start: string; end?: string | null | undefined; time_zone?: string | null | undefined };

const offsetPattern = /(Z|[+-]\d{2}:?\d{2})$/i;

/** Minutes that a zone is ahead of UTC at a moment. Throws a RangeError for an unknown zone. */
const zoneOffset = (zone: string, ms: number): number => {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    timeZoneName: "longOffset",
  }).formatToParts(ms);
  const name = parts.find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
};

const offsetText = (minutes: number): string => {
  const size = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
};

const ownOffset = (text: string): number => {
  const [, offset = "Z"] = offsetPattern.exec(text) ?? [];
  if (offset.toUpperCase() === "Z") return 0;
  const digits = offset.replace(":", "");
  return (digits.startsWith("-") ? -1 : 1) * (Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5)));
};

/** As Notion answers a date-time: milliseconds and a numeric offset. */
const normalised = (ms: number, offset: number): string =>
  new Date(ms + offset * minuteMs).toISOString().replace("Z", offsetText(offset));

const storedTime = (text: string, zone: string | null, path: string): string => {
  const ms = parseIso(text);
  if (Number.isNaN(ms)) throw shouldBe(path, "a valid ISO 8601 date string", text);
  if (isDateOnly(text)) return text;
  if (zone === null) return normalised(ms, ownOffset(text));
  if (offsetPattern.test(text))
    throw shouldBe(path, "a date without UTC offset when a time_zone is given", text);
  const offset = zoneOffset(zone, ms - zoneOffset(zone, ms) * minuteMs);
  return normalised(ms - offset * minuteMs, offset);
};

const isZone = (zone: string): boolean => {
  try {
    zoneOffset(zone, 0);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

/** A date of a request in the form that Notion stores and answers (notion-api §3). */
export const storedDate = (input: DateInput, path: string): DateValue => {
  const zone = input.time_zone ?? null;
  if (zone !== null && !isZone(zone)) throw shouldBe(`${path}.time_zone`, "a valid time zone", zone);
  const start = storedTime(input.start, zone, `${path}.start`);
  const end = input.end ? storedTime(input.end, zone, `${path}.end`) : null;
  if (end && parseIso(end) < parseIso(start)) throw shouldBe(`${path}.end`, "after the start", input.end);
  return { start, end, time_zone: zone };
};
