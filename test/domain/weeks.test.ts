import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  dateIn,
  lastWeekly,
  minuteValue,
  nextWeekly,
  timeOn,
  weekdayOf,
} from "../../src/domain/calendar.ts";
import { dayInWords } from "../../src/domain/in-words.ts";
import { dayOfIsoWeek, isoWeekOf } from "../../src/domain/iso-weeks.ts";
import { timeIn } from "../../src/domain/zone-clocks.ts";

const fridayAtNine = { weekday: 5, time: "09:00" } as const;
const anyMoment = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2032, 0) });
const anyDate = anyMoment.map((ms) => dateIn(ms, "UTC"));
const anyZone = fc.constantFrom(
  ...["Europe/Berlin", "America/New_York", "America/Havana", "Asia/Kathmandu", "Pacific/Apia", "UTC"],
  ...["Australia/Lord_Howe", "Pacific/Kiritimati", "Atlantic/Azores"],
);

describe("ISO weeks", () => {
  it.each([
    ["2026-11-27", "2026-W48"],
    ["2026-01-01", "2026-W01"],
    ["2027-01-01", "2026-W53"],
    ["2027-01-03", "2026-W53"],
    ["2027-01-04", "2027-W01"],
    ["2024-12-30", "2025-W01"],
    ["2028-02-29", "2028-W09"],
  ])("%s lies in %s", (date, week) => {
    expect(isoWeekOf(date)).toBe(week);
  });

  it("begin on Monday, and a day is found again by its week and weekday", () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const week = isoWeekOf(date);
        expect(dayOfIsoWeek(week, weekdayOf(date))).toBe(date);
        const monday = addDays(date, 1 - weekdayOf(date));
        expect(isoWeekOf(monday)).toBe(week);
        expect(isoWeekOf(addDays(monday, -1))).not.toBe(week);
      }),
    );
  });

  it("are not found in other texts", () => {
    expect(["", "2026-48", "2026-W54", "2026-W00", "W48"].map((text) => dayOfIsoWeek(text, 5))).toEqual(
      Array(5).fill(null),
    );
  });
});

describe("weekly moments", () => {
  it("follow the clocks of the zone, not UTC, over both changes of the clocks", () => {
    const winter = Date.UTC(2026, 2, 27, 8);
    expect(nextWeekly(Date.UTC(2026, 2, 26), fridayAtNine, "Europe/Berlin")).toBe(winter);
    // Clocks go forward on Sunday 29 March
    expect(nextWeekly(winter, fridayAtNine, "Europe/Berlin")).toBe(Date.UTC(2026, 3, 3, 7));
    expect(nextWeekly(Date.UTC(2026, 9, 23, 7), fridayAtNine, "Europe/Berlin")).toBe(
      Date.UTC(2026, 9, 30, 8),
    );
    // Friday has begun in Auckland, where it is Thursday in UTC
    expect(nextWeekly(Date.UTC(2026, 2, 12, 12), fridayAtNine, "Pacific/Auckland")).toBe(
      Date.UTC(2026, 2, 12, 20),
    );
  });

  it("include the moment itself looking back, and leave it out looking ahead", () => {
    const friday = Date.UTC(2026, 2, 13, 8);
    expect(lastWeekly(friday, fridayAtNine, "Europe/Berlin")).toBe(friday);
    expect(lastWeekly(friday - 1, fridayAtNine, "Europe/Berlin")).toBe(friday - 7 * 86_400_000);
    expect(nextWeekly(friday, fridayAtNine, "Europe/Berlin")).toBe(friday + 7 * 86_400_000);
  });

  it("lie around every moment, show the time on the clock, and have none between them", () => {
    fc.assert(
      fc.property(anyMoment, anyZone, (ms, zone) => {
        const [last, next] = [lastWeekly(ms, fridayAtNine, zone), nextWeekly(ms, fridayAtNine, zone)];
        expect(last).toBeLessThanOrEqual(ms);
        expect(next).toBeGreaterThan(ms);
        for (const moment of [last, next]) {
          expect([weekdayOf(dateIn(moment, zone)), timeIn(moment, zone)]).toEqual([5, "09:00"]);
        }
        expect(nextWeekly(last, fridayAtNine, zone)).toBe(next);
      }),
    );
  });
});

describe("dates for readers", () => {
  it("are written in words", () => {
    expect(dayInWords("2026-12-04")).toBe("Friday, 4 December 2026");
    expect(dayInWords("2028-02-29")).toBe("Tuesday, 29 February 2028");
  });

  it("keep the time of a zone's clocks, and the minute as Notion does", () => {
    expect(timeIn(timeOn("2026-07-01", "23:30", "Asia/Kathmandu"), "Asia/Kathmandu")).toBe("23:30");
    expect(minuteValue(Date.UTC(2026, 2, 10, 9, 0, 59, 999)).start).toBe("2026-03-10T09:00:00.000Z");
  });
});
