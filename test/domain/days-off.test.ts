import { describe, expect, it } from "vitest";
import { addBusinessDays } from "../../src/domain/calendar.ts";
import { calendarFor, offDaysFor, spanOf } from "../../src/domain/days-off.ts";
import { officeOf } from "../../src/domain/office.ts";
import { aDayOff, anOfficeRow, day, tuesdayAtTen } from "../support/records.ts";

const office = officeOf(anOfficeRow(), "UTC", [
  aDayOff({ name: "Bank holiday", day: day("2026-03-12") }),
  aDayOff({ name: "Works outing", day: day("2026-03-13"), appliesTo: " office " }),
  aDayOff({
    name: "Stocktaking",
    day: { ...day("2026-03-16"), end: "2026-03-17" },
    appliesTo: "ACME, Lumen Solar",
  }),
]);
const dates = (client: string): string[] => offDaysFor(office, client).map(({ date }) => date);

describe("days off", () => {
  it("count for everybody where they apply to nobody in particular or to the office", () => {
    expect([...office.daysOff]).toEqual(["2026-03-12", "2026-03-13"]);
    expect(dates("Copperline")).toEqual(["2026-03-12", "2026-03-13"]);
  });

  it("of a client count for its projects alone, on each day of their span", () => {
    expect(dates("Acme ")).toEqual(["2026-03-12", "2026-03-13", "2026-03-16", "2026-03-17"]);
    expect(dates("lumen solar")).toHaveLength(4);
  });

  it("are no business days", () => {
    // Wednesday the 11th; Thursday and Friday the office is off, Monday and Tuesday the client.
    expect(addBusinessDays("2026-03-11", 1, office)).toBe("2026-03-16");
    expect(addBusinessDays("2026-03-11", 1, calendarFor(office, "Acme"))).toBe("2026-03-18");
  });

  it("say since when they are known", () => {
    expect(offDaysFor(office, "")[0]).toEqual({
      ...{ date: "2026-03-12", name: "Bank holiday", client: null, addedAt: tuesdayAtTen },
    });
  });

  it.each([
    ["empty", null],
    ["no date", day("soon")],
    ["reversed", { ...day("2026-03-12"), end: "2026-03-11" }],
    ["longer than a year", { ...day("2026-03-12"), end: "2027-03-13" }],
  ])("are none where the day is %s", (_what, value) => {
    expect(spanOf({ day: value }, "UTC")).toBeNull();
    expect(officeOf(anOfficeRow(), "UTC", [aDayOff({ day: value })]).daysOff.size).toBe(0);
  });

  it("may last a year", () => {
    expect(spanOf({ day: { ...day("2026-03-12"), end: "2027-03-12" } }, "UTC")).toHaveLength(366);
  });
});
