const dayFormat = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  day: "numeric",
  month: "short",
  year: "numeric",
});
const momentFormat = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});
const clockFormat = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** A date or a moment as the API answers it, for reading; moments in UTC. */
export const showTime = (text: string): string => {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return text;
  return isDay(text) ? dayFormat.format(ms) : `${momentFormat.format(ms)} UTC`;
};

/** The clock of the page's head. */
export const showClock = (ms: number): string => `${clockFormat.format(ms)} UTC`;

/** What the date and the time control hold for a date of the API: UTC, the time empty for a whole day. */
export const toControls = (text: string | null | undefined): [day: string, time: string] => {
  if (!text) return ["", ""];
  if (isDay(text)) return [text, ""];
  const utc = new Date(Date.parse(text)).toISOString();
  return [utc.slice(0, 10), utc.slice(11, 16)];
};

/** The API's date for the two controls; null for an empty day. */
export const fromControls = (day: string, time: string): string | null => {
  if (day === "") return null;
  return time === "" ? day : `${day}T${time}:00.000Z`;
};
