import { expect, test } from "vitest";
import { nextOfficeMoment } from "../../src/domain/office-hours.ts";
import { anOffice } from "../support/records.ts";

const at = (text: string): number => Date.parse(text);
const office = anOffice({ workStarts: "09:00", workEnds: "18:00" });

test.each([
  ["within office hours, now", "2026-11-24T10:30:00+01:00", "Europe/Berlin", "2026-11-24T10:30:00+01:00"],
  [
    "before they begin, when they begin",
    "2026-11-24T06:00:00+01:00",
    "Europe/Berlin",
    "2026-11-24T09:00:00+01:00",
  ],
  ["after they end, the next day", "2026-11-24T18:00:00+01:00", "Europe/Berlin", "2026-11-25T09:00:00+01:00"],
  ["on Friday evening, on Monday", "2026-11-27T19:00:00+01:00", "Europe/Berlin", "2026-11-30T09:00:00+01:00"],
  [
    "at the reader's own time",
    "2026-11-24T10:00:00+01:00",
    "America/Los_Angeles",
    "2026-11-24T09:00:00-08:00",
  ],
  [
    "where clocks change over the weekend",
    "2026-03-27T20:00:00+01:00",
    "Europe/Berlin",
    "2026-03-30T09:00:00+02:00",
  ],
])("a letter leaves %s", (_what, now, zone, leaves) => {
  expect(nextOfficeMoment(at(now), zone, office)).toBe(at(leaves));
});

test("an office that works until midnight mails until midnight", () => {
  const late = anOffice({ workStarts: "00:00", workEnds: "24:00" });
  const now = at("2026-11-24T23:59:00+01:00");
  expect(nextOfficeMoment(now, "Europe/Berlin", late)).toBe(now);
});
