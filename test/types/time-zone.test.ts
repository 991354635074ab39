import { expect, test } from "vitest";
import { isTimeZone } from "../../src/types/time-zone.ts";

test.each(["Europe/Paris", "America/Argentina/Buenos_Aires", "UTC"])("%s is a time zone", (zone) => {
  expect(isTimeZone(zone)).toBe(true);
});

test.each(["", "Paris", "Mars/Base", "+02:00", "-0500"])("%j is no time zone", (zone) => {
  // Asked twice, because the first answer is kept.
  expect([isTimeZone(zone), isTimeZone(zone)]).toEqual([false, false]);
});
