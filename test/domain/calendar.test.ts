import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addBusinessDays,
  addDays,
  businessDaysBetween,
  type Calendar,
  dateIn,
  dayOf,
  isBusinessDay,
  isPlainDate,
  momentOf,
  nextMidnight,
  startOfDay,
  type Weekday,
  weekdayOf,
} from "../../src/domain/calendar.ts";
import { dateOfPlanDay, planDay } from "../../src/domain/plan-dates.ts";

const weekdays: Calendar = { workingDays: new Set<Weekday>([1, 2, 3, 4, 5]), daysOff: new Set() };
const withOff = (...days: string[]): Calendar => ({ ...weekdays, daysOff: new Set(days) });
const hour = 3_600_000;

const anyDate = fc
  .integer({ min: 18_000, max: 24_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
const anyCalendar = fc
  .record({
    workingDays: fc.subarray<Weekday>([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
    daysOff: fc.array(anyDate, { maxLength: 40 }),
  })
  .map(({ workingDays, daysOff }) => ({ workingDays: new Set(workingDays), daysOff: new Set(daysOff) }));
const anyCount = fc.integer({ min: -60, max: 60 });
const anyZone = fc.constantFrom(
  ...["Europe/Paris", "America/New_York", "America/Santiago", "America/Havana", "Atlantic/Azores"],
  ...["Asia/Kathmandu", "Pacific/Apia", "Africa/Cairo", "Australia/Lord_Howe", "UTC"],
);

describe("business days", () => {
  // 2026-03-10 is a Tuesday. Each row counts the days that follow.
  it.each([
    ["2026-03-10", 0, "2026-03-10"], // a business day is its own day 0
    ["2026-03-14", 0, "2026-03-16"], // Saturday: Monday is the next one
    ["2026-03-10", 1, "2026-03-11"], // Wed 11
    ["2026-03-10", 3, "2026-03-13"], // Wed 11, Thu 12, Fri 13
    ["2026-03-10", 4, "2026-03-16"], // Wed 11, Thu 12, Fri 13, Mon 16
    ["2026-03-14", 1, "2026-03-16"], // from Saturday: Mon 16
    ["2026-03-10", 5, "2026-03-17"], // Wed, Thu, Fri, Mon, Tue 17
    ["2026-03-10", -1, "2026-03-09"], // Mon 9
    ["2026-03-10", -2, "2026-03-06"], // Mon 9, Fri 6
    ["2026-03-15", -1, "2026-03-13"], // from Sunday: Fri 13
    ["2024-02-28", 2, "2024-03-01"], // leap year: Thu 29 February, Fri 1 March
  ])("from %s, %i business days lead to %s", (from, count, to) => {
    expect(addBusinessDays(from, count, weekdays)).toBe(to);
  });

  it("leave out days off of office and client", () => {
    // Good Friday 2026-04-03 and Easter Monday 2026-04-06 off: from Wed 1: Thu 2, then Tue 7, Wed 8
    const easter = withOff("2026-04-03", "2026-04-06");
    expect(addBusinessDays("2026-04-01", 3, easter)).toBe("2026-04-08");
    expect(businessDaysBetween("2026-04-01", "2026-04-08", easter)).toBe(3);
    expect(isBusinessDay("2026-04-03", easter)).toBe(false);
  });

  it("follow a week that runs from Sunday to Thursday", () => {
    const sundayToThursday: Calendar = { ...weekdays, workingDays: new Set<Weekday>([7, 1, 2, 3, 4]) };
    // 2026-03-12 is a Thursday: Fri and Sat are free, Sunday 15 is the next
    expect(addBusinessDays("2026-03-12", 1, sundayToThursday)).toBe("2026-03-15");
  });

  it.each([
    ["2026-03-10", "2026-03-17", 5],
    ["2026-03-17", "2026-03-10", -5],
    ["2026-03-13", "2026-03-15", 0], // only a weekend lies after Friday
    ["2026-03-10", "2026-03-10", 0],
  ])("between %s and %s are %i", (from, to, count) => {
    expect(businessDaysBetween(from, to, weekdays)).toBe(count);
  });

  it("are never a day off", () => {
    fc.assert(
      fc.property(anyDate, anyCount, anyCalendar, (date, count, calendar) => {
        expect(isBusinessDay(addBusinessDays(date, count, calendar), calendar)).toBe(true);
      }),
    );
  });

  it("grow with the count and with the date", () => {
    fc.assert(
      fc.property(anyDate, anyCount, anyCalendar, (date, count, calendar) => {
        const start = addBusinessDays(date, 0, calendar);
        expect(addBusinessDays(start, count + 1, calendar) > addBusinessDays(start, count, calendar)).toBe(
          true,
        );
        expect(
          addBusinessDays(addDays(date, 1), count, calendar) >= addBusinessDays(date, count, calendar),
        ).toBe(true);
      }),
    );
  });

  it("come back by the same number, and counting undoes adding", () => {
    fc.assert(
      fc.property(anyDate, anyCount, anyCalendar, (date, count, calendar) => {
        const start = addBusinessDays(date, 0, calendar);
        const end = addBusinessDays(start, count, calendar);
        expect(addBusinessDays(end, -count, calendar)).toBe(start);
        expect(businessDaysBetween(start, end, calendar)).toBe(count);
      }),
    );
  });

  it("between two days are as many as a walk from one to the other meets", () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 0, max: 100 }), anyCalendar, (date, days, calendar) => {
        const walked = Array.from({ length: days }, (_none, day) => addDays(date, day + 1));
        const met = walked.filter((day) => isBusinessDay(day, calendar)).length;
        expect(businessDaysBetween(date, addDays(date, days), calendar)).toBe(met);
        // The way back leaves its own first day out and meets the other one's.
        const back = [date, ...walked.slice(0, -1)].filter((day) => isBusinessDay(day, calendar)).length;
        expect(businessDaysBetween(addDays(date, days), date, calendar)).toBe(days === 0 ? 0 : 0 - back);
      }),
    );
  });
});

describe("plan days", () => {
  // The lead-qualification example of process/000: W1 D3, W1 D7, W2 D3, W2 D5, W2 D7
  it.each([
    [1, 3, 3, "2026-03-11"], // Mon 9, Tue 10, Wed 11
    [1, 7, 5, "2026-03-13"], // a week has five business days: Fri 13
    [2, 3, 8, "2026-03-18"], // Mon 16, Tue 17, Wed 18
    [2, 5, 10, "2026-03-20"],
    [2, 7, 10, "2026-03-20"],
  ])("week %i day %i is business day %i", (week, dayOfWeek, businessDay, date) => {
    expect(planDay(week, dayOfWeek)).toBe(businessDay);
    expect(dateOfPlanDay("2026-03-09", businessDay, weekdays)).toBe(date);
  });

  it("start on the next business day where Start is a day off", () => {
    expect(dateOfPlanDay("2026-03-07", 1, weekdays)).toBe("2026-03-09");
    expect(dateOfPlanDay("2026-03-07", 3, weekdays)).toBe("2026-03-11");
  });
});

describe("days in a zone", () => {
  it("are those of the zone, not of UTC", () => {
    const lateOnTuesday = Date.UTC(2026, 2, 10, 23, 30);
    expect(dateIn(lateOnTuesday, "UTC")).toBe("2026-03-10");
    expect(dateIn(lateOnTuesday, "Europe/Paris")).toBe("2026-03-11");
    expect(dateIn(Date.UTC(2026, 2, 10, 2), "America/New_York")).toBe("2026-03-09");
  });

  it("F35: are 23 and 25 hours long where clocks change", () => {
    const length = (date: string) =>
      startOfDay(addDays(date, 1), "Europe/Paris") - startOfDay(date, "Europe/Paris");
    expect(length("2026-03-29")).toBe(23 * hour);
    expect(length("2026-10-25")).toBe(25 * hour);
    expect(length("2026-03-30")).toBe(24 * hour);
  });

  it("begin with their first moment, whatever the clocks do", () => {
    fc.assert(
      fc.property(anyDate, anyZone, (date, zone) => {
        const start = startOfDay(date, zone);
        expect(dateIn(start, zone)).toBe(date);
        expect(dateIn(start - 1, zone)).toBe(addDays(date, -1));
        expect(nextMidnight(start, zone)).toBe(startOfDay(addDays(date, 1), zone));
      }),
    );
  });

  it("begin with the first of two midnights", () => {
    // Havana sets 01:00 EDT (UTC-4) back to 00:00 CST (UTC-5) on 2026-11-01
    expect(startOfDay("2026-11-01", "America/Havana")).toBe(Date.UTC(2026, 10, 1, 4));
  });

  it("begin at 01:00 where midnight is jumped over", () => {
    // Santiago sets 00:00 (UTC-4) forward to 01:00 (UTC-3) on 2026-09-06
    expect(startOfDay("2026-09-06", "America/Santiago")).toBe(Date.UTC(2026, 8, 6, 4));
  });
});

describe("dates of Notion", () => {
  it.each([
    [{ start: "2026-03-10", end: null, zone: null }, "2026-03-10"],
    [{ start: "2026-03-10T23:30:00.000Z", end: null, zone: null }, "2026-03-11"],
    [{ start: "2026-03-10T20:00:00.000", end: null, zone: "America/New_York" }, "2026-03-11"],
    [{ start: "soon", end: null, zone: null }, null],
  ])("%o is seen in Paris as %s", (value, date) => {
    expect(dayOf(value, "Europe/Paris")).toBe(date);
  });

  it("are moments, a plain day from its midnight in the zone", () => {
    expect(momentOf({ start: "2026-03-10", end: null, zone: null }, "Europe/Paris")).toBe(
      Date.UTC(2026, 2, 9, 23),
    );
    expect(momentOf({ start: "2026-07-10T10:00:00.000", end: null, zone: "Europe/Paris" }, "UTC")).toBe(
      Date.UTC(2026, 6, 10, 8),
    );
  });

  it("know a day that exists from one that does not", () => {
    expect(["2026-02-28", "2026-02-30", "2026-2-3", "2026-03-10T10:00"].map(isPlainDate)).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(weekdayOf("1969-12-31")).toBe(3);
  });
});
