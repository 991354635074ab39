import { describe, expect, it } from "vitest";
import { lettersOf } from "../../src/domain/letters.ts";
import { officeOf } from "../../src/domain/office.ts";
import { anOffice, anOfficeRow, aProject, day } from "../support/records.ts";

const properties = (changes: Parameters<typeof anOffice>[0]) =>
  anOffice(changes).notes.map(({ property }) => property);

describe("the office", () => {
  it("is what its row says", () => {
    const office = anOffice({ workingDays: ["Sunday", "Monday"], workStarts: "8:30", workEnds: "24:00" });
    expect(office).toMatchObject({
      name: "North Agency",
      timeZone: "Europe/Paris",
      workingDays: new Set([7, 1]),
      hours: { start: 510, end: 1440 },
      activeSince: Date.UTC(2026, 1, 28, 23),
      notes: [],
    });
  });

  it("has usable values without a row, and mails nobody", () => {
    expect(officeOf(null, "Europe/Berlin")).toMatchObject({
      timeZone: "Europe/Berlin",
      workingDays: new Set([1, 2, 3, 4, 5]),
      hours: { start: 540, end: 1080 },
      mayOverride: [],
      defaultLetters: "Off",
      activeSince: null,
      notes: [],
    });
  });

  it("takes empty columns as the usual ones without a word", () => {
    const empty = { timeZone: "", workingDays: [], workStarts: "", workEnds: "" };
    expect(anOffice(empty)).toMatchObject({ timeZone: "UTC", hours: { start: 540, end: 1080 }, notes: [] });
    expect(anOffice(empty).workingDays.size).toBe(5);
  });

  it("names what it cannot use and goes on with the usual value", () => {
    for (const timeZone of ["Paris", "+02:00"])
      expect(anOffice({ timeZone })).toMatchObject({
        timeZone: "UTC",
        notes: [{ property: "timeZone", words: "is no time zone such as Europe/Paris; UTC counts" }],
      });
    expect(properties({ workStarts: "early" })).toEqual(["workStarts"]);
    expect(properties({ workStarts: "18:00", workEnds: "09:00" })).toEqual(["workEnds"]);
    expect(properties({ workEnds: "25:00" })).toEqual(["workEnds"]);
    expect(anOffice({ activeSince: day("soon") })).toMatchObject({
      activeSince: null,
      notes: [{ property: "activeSince" }],
    });
  });
});

describe("letters of a project that says nothing", () => {
  const activeSince = Date.UTC(2026, 2, 1, 9);
  const office = officeOf(anOfficeRow({ activeSince: day("2026-03-01T09:00:00.000Z") }), "UTC");

  it("are off for one older than Active since, or of the same minute", () => {
    expect(lettersOf(aProject({ createdTime: activeSince }), office)).toBe("Off");
    expect(lettersOf(aProject({ createdTime: activeSince - 1 }), office)).toBe("Off");
  });

  it("are the office's for a newer one", () => {
    expect(lettersOf(aProject({ createdTime: activeSince + 60_000 }), office)).toBe("Review first");
  });

  it("are off everywhere until setup has ended", () => {
    expect(lettersOf(aProject({ createdTime: activeSince }), anOffice({ activeSince: null }))).toBe("Off");
  });

  it("never change what the project says itself", () => {
    expect(lettersOf(aProject({ createdTime: 0, clientLetters: "Automatic" }), office)).toBe("Automatic");
    expect(lettersOf(aProject({ clientLetters: "Off" }), office)).toBe("Off");
  });
});
