import dayjs from "dayjs";
import timezone from "dayjs/plugin/timezone.js";
import utc from "dayjs/plugin/utc.js";
import { isTimeZone } from "../types/time-zone.ts";
import type { DateValue } from "../types/values.ts";

dayjs.extend(utc);
dayjs.extend(timezone);

const offset = /(?:Z|[+-]\d\d:?\d\d)$/i;
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/**
 * One spelling for one date, so that what Notion echoes equals what was written. A day stays `YYYY-MM-DD`; a time without
 * a zone becomes the UTC instant `…T…Z` (Notion answers with any offset); a time with a zone becomes the wall time of that
 * zone, without offset. What cannot be read stays as it is.
 */
export const canonicalDate = ({ start, end, zone }: DateValue): DateValue => {
  const timed = dateTime.test(start);
  // Notion may know a zone before this runtime does; its dates then stay as they are.
  const used = timed && zone !== null && isTimeZone(zone) ? zone : null;
  return {
    start: canonicalTime(start, used),
    end: end === null ? null : canonicalTime(end, used),
    zone: timed ? zone : null,
  };
};

const canonicalTime = (text: string, zone: string | null): string => {
  if (!dateTime.test(text)) return text;
  const bare = !offset.test(text);
  const instant = Date.parse(bare ? `${text}Z` : text);
  if (Number.isNaN(instant)) return text;
  if (zone === null) return new Date(instant).toISOString();
  return bare
    ? new Date(instant).toISOString().slice(0, -1)
    : dayjs(instant).tz(zone).format("YYYY-MM-DDTHH:mm:ss.SSS");
};
