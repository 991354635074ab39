import dayjs from "dayjs";
import timezone from "dayjs/plugin/timezone.js";
import utc from "dayjs/plugin/utc.js";

dayjs.extend(utc);
dayjs.extend(timezone);

/** The sample office's zone. */
const zone = "Europe/Berlin";

/** Seeding takes the two minutes before 10:00, because its rows have to be older than the office's Active since. */
const seedingStarts = "09:58:00";

const tuesday = 2;

/** The moment (UTC ms) from `now` on at which a sample is seeded so that it begins on a Tuesday at 10:00 office time. */
export const nextSampleStart = (now: number): number => {
  const today = dayjs(now).tz(zone);
  const days = Array.from({ length: 8 }, (_, ahead) => today.add(ahead, "day").format("YYYY-MM-DD"));
  const starts = days
    .filter((day) => dayjs.utc(day).day() === tuesday)
    .map((day) => dayjs.tz(`${day}T${seedingStarts}`, zone).valueOf());
  return starts.find((start) => start >= now) ?? now;
};

/** The day in the sample's office, `YYYY-MM-DD`. */
export const officeDay = (now: number): string => dayjs(now).tz(zone).format("YYYY-MM-DD");

/** The day that lies `count` business days (Monday to Friday) after `date`, before it where negative. */
export const businessDay = (date: string, count: number): string => {
  const step = count < 0 ? -1 : 1;
  let day = dayjs.utc(date);
  for (let left = Math.abs(count); left > 0; ) {
    day = day.add(step, "day");
    if (day.day() !== 0 && day.day() !== 6) left -= 1;
  }
  return day.format("YYYY-MM-DD");
};
