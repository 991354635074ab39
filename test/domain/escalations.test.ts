import { describe, expect, it } from "vitest";
import { clientWaits } from "../../src/domain/asks.ts";
import { dueOf } from "../../src/domain/due.ts";
import { ladder } from "../../src/domain/escalations.ts";
import { addWorkingHours } from "../../src/domain/office-hours.ts";
import type { Transition } from "../../src/types/loop.ts";
import { aHistory, anAsk, anOffice, aRecord, day, tuesdayAtTen } from "../support/records.ts";

/** Office hours are 09:00 to 18:00 in Paris, nine a day, Monday to Friday. */
const office = anOffice();
/** Times on the clocks of Paris, at UTC+1 up to 28 March 2026 and UTC+2 from 29 March on. */
const winter = (date: string, hour: number, minute = 0) =>
  Date.parse(`${date}T00:00:00Z`) + (hour - 1) * 3_600_000 + minute * 60_000;
const summer = (date: string, hour: number) => Date.parse(`${date}T00:00:00Z`) + (hour - 2) * 3_600_000;

describe("working hours", () => {
  it.each([
    ["within a day", winter("2026-03-10", 10), 4, winter("2026-03-10", 14)],
    // Tue 16:00 to 18:00 are 2, Wed 09:00 to 11:00 the other 2
    ["over the night", winter("2026-03-10", 16), 4, winter("2026-03-11", 11)],
    // Fri 16:00 to 18:00 are 2, then Mon
    ["over the weekend", winter("2026-03-13", 16), 4, winter("2026-03-16", 11)],
    ["from a Sunday", winter("2026-03-15", 12), 4, winter("2026-03-16", 13)],
    ["from before the office opens", winter("2026-03-10", 6), 1, winter("2026-03-10", 10)],
    // Tue 10:00: 8 on Tue, 9 on Wed, the last 7 of 24 on Thu until 16:00
    ["of a practice lead", winter("2026-03-10", 10), 24, winter("2026-03-12", 16)],
    // Fri 27 March 16:00: 2, then the clocks change; Mon 30 March 09:00 to 11:00 is summer time
    ["over a change of clocks", winter("2026-03-27", 16), 4, summer("2026-03-30", 11)],
  ])("%s", (_what, from, hours, to) => {
    expect(addWorkingHours(from, hours, office)).toBe(to);
  });

  it("leave out days off, and end where an office never works", () => {
    const wednesdayOff = { ...office, daysOff: new Set(["2026-03-11"]) };
    expect(addWorkingHours(winter("2026-03-10", 16), 4, wednesdayOff)).toBe(winter("2026-03-12", 11));
    const never = { ...office, workingDays: new Set<never>() };
    expect(addWorkingHours(winter("2026-03-10", 16), 4, never)).toBeNull();
  });
});

it("the ladder has three levels with 4, 24 and 48 working hours (process/004)", () => {
  expect(ladder.map(({ level, hours }) => [level, hours])).toEqual([
    ["1 Manager", 4],
    ["2 Practice lead", 24],
    ["3 Executive", 48],
  ]);
});

it.each([
  ["a day lasts until its midnight", day("2026-03-12"), ["2026-03-12", winter("2026-03-13", 0)]],
  ["a time is that moment", day("2026-03-12T14:30:00.000Z"), ["2026-03-12", winter("2026-03-12", 15, 30)]],
  ["a range ends", { ...day("2026-03-12"), end: "2026-03-14" }, ["2026-03-14", winter("2026-03-15", 0)]],
  ["what is no date is never due", day("soon"), null],
  ["nor is a date in a thousand years", day("3026-03-12"), null],
  ["nor an empty one", null, null],
] as const)("%s", (_what, value, expected) => {
  const due = dueOf(value, "Europe/Paris", "2026-03-10");
  expect(due && [due.day, due.at]).toEqual(expected);
});

describe("a client waits", () => {
  const hour = 3_600_000;
  const change = (from: string | null, to: string, hours: number, outcome: "accepted" | "baseline") => ({
    ...{ pageId: "ask", property: "state", from, to, outcome },
    at: tuesdayAtTen + hours * hour,
  });
  const waits = (state: "Open" | "Answered" | null, ...changes: readonly Partial<Transition>[]) =>
    clientWaits(aRecord({ asks: [anAsk({ state })] }), aHistory(...changes)).map(({ from, until }) => [
      (from - tuesdayAtTen) / hour,
      until === null ? null : (until - tuesdayAtTen) / hour,
    ]);

  it("from when an ask is written down until its State leaves Open, and again when it is reopened", () => {
    expect(waits("Open")).toEqual([[0, null]]);
    expect(waits(null)).toEqual([[0, null]]);
    const answered = change("Open", "Answered", 5, "accepted");
    expect(waits("Answered", change(null, "Open", 0, "accepted"), answered)).toEqual([[0, 5]]);
    expect(waits("Open", answered, change("Answered", "Open", 9, "accepted"))).toEqual([
      [0, 5],
      [9, null],
    ]);
  });

  it("for a time that nobody knows where it was answered before Milepost looked", () => {
    expect(waits("Answered", change(null, "Answered", 2, "baseline"))).toEqual([]);
    expect(waits("Answered")).toEqual([]);
  });
});
