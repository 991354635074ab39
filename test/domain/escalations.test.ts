import { describe, expect, it } from "vitest";
import { occasionsOf, triggers } from "../../src/domain/escalation-triggers.ts";
import { ladder, standingOf } from "../../src/domain/escalations.ts";
import { addWorkingHours } from "../../src/domain/office-hours.ts";
import type { Forecast } from "../../src/domain/schedule.ts";
import { aHistory, aMilestone, anOffice, aProject, aRecord, aRisk, day, people } from "../support/records.ts";

/** Office hours are 09:00 to 18:00 in Paris, nine a day, Monday to Friday. */
const office = anOffice({ practiceLead: ["user-lead"], executive: ["user-executive"] });
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

describe("an escalation", () => {
  const project = aProject();
  const raised = winter("2026-03-10", 10);
  const standing = (now: number, changes: Partial<ReturnType<typeof aRisk>> = {}) =>
    standingOf(aRisk({ kind: "Escalation", ...changes }), raised, { project, office, now });

  it("has three levels with 4, 24 and 48 working hours (process/004)", () => {
    expect(ladder.map(({ level, hours }) => [level, hours])).toEqual([
      ["1 Manager", 4],
      ["2 Practice lead", 24],
      ["3 Executive", 48],
    ]);
  });

  it("moves up each time that an answer was due, and stays at the top", () => {
    // Tue 10:00 + 4 = Tue 14:00. + 24: Tue 4, Wed 9, Thu 9, the last 2 on Fri until 11:00. + 48: Fri 7, Mon to Thu 36, Fri 20 the last 5: 14:00.
    const first = { level: "1 Manager", to: [people.manager], respondBy: winter("2026-03-10", 14) };
    const second = { level: "2 Practice lead", to: ["user-lead"], respondBy: winter("2026-03-13", 11) };
    const third = { level: "3 Executive", to: ["user-executive"], respondBy: winter("2026-03-20", 14) };
    expect(standing(raised)).toEqual(first);
    expect(standing(first.respondBy - 1)).toEqual(first);
    expect(standing(first.respondBy)).toEqual(second);
    expect(standing(second.respondBy)).toEqual(third);
    expect(standing(third.respondBy + 1)).toEqual(third);
    // What the row shows after the move gives the same answer.
    expect(standing(first.respondBy, { level: "2 Practice lead" })).toEqual(second);
  });

  it("that a person puts higher stays there", () => {
    expect(standing(raised, { level: "3 Executive" })?.level).toBe("3 Executive");
  });

  it("that is answered does not move", () => {
    for (const status of ["Mitigating", "Resolved", "Closed"] as const)
      expect(standing(winter("2026-04-30", 10), { status })).toBeNull();
  });

  it("of a one-person agency goes to that person at every level", () => {
    const alone = { project, office: anOffice(), now: winter("2026-04-30", 10) };
    expect(standingOf(aRisk({}), raised, alone)).toMatchObject({
      level: "3 Executive",
      to: [people.manager],
    });
  });
});

describe("an escalation is raised", () => {
  const milestone = aMilestone("Plan milestone", {
    pageId: "m",
    name: "Core build",
    target: day("2026-03-13"),
  });
  const forecastOn = (date: string): Forecast => ({
    ...{ delivery: null, criticalPath: [] },
    steps: new Map([["m", { date, slip: null, why: "", slack: null }]]),
  });
  const found = (changes: Partial<Parameters<typeof occasionsOf>[0]>) =>
    occasionsOf({
      record: aRecord({ project: { escalateAfter: 2 }, milestones: [milestone] }),
      ...{
        history: aHistory(),
        forecast: forecastOn("2026-03-13"),
        owed: [],
        calendar: office,
        today: "2026-03-10",
      },
      targetOf: () => "2026-03-13",
      ...changes,
    }).map(({ trigger, subject, cause, title }) => [trigger, subject, cause, title]);

  it("for nothing while all goes as planned", () => {
    expect(found({})).toEqual([]);
    expect(triggers).toHaveLength(5);
  });

  it("when a milestone is later than its Target by more than Escalate after", () => {
    // Fri 13: Mon 16, Tue 17 are acceptable, Wed 18 is not
    expect(found({ forecast: forecastOn("2026-03-17") })).toEqual([]);
    expect(found({ forecast: forecastOn("2026-03-18") })).toEqual([
      [
        ...["milestone-late", "m", "2026-03-13"],
        "“Core build” is forecast 3 business days after its Target (Escalate after: 2)",
      ],
    ]);
    const record = aRecord({ milestones: [milestone] });
    expect(found({ record, forecast: forecastOn("2026-04-18") })).toEqual([]);
  });

  it("when a gate refuses three times in a row", () => {
    const refusals = (count: number) => aHistory(...Array(count).fill({ outcome: "refused" }));
    expect(found({ history: refusals(2) })).toEqual([]);
    expect(found({ history: refusals(3) })).toEqual([
      ["gate-refused", "project", "stage#1", "Stage was refused 3 times in a row"],
    ]);
  });

  it("the day after an ask was needed", () => {
    const ask = {
      place: { database: "risks", pageId: "ask", property: "reviewBy" },
      title: "CRM access",
    } as const;
    const owed = (neededBy: string, isOpen = true) => ({ owed: [{ ...ask, neededBy, isOpen }] });
    expect(found(owed("2026-03-10"))).toEqual([]);
    expect(found(owed("2026-03-09"))).toEqual([
      ["owed-overdue", "ask", "2026-03-09", "Overdue since 2026-03-09: CRM access"],
    ]);
    expect(found(owed("2026-03-09", false))).toEqual([]);
  });

  it("for a critical issue and a risk that has occurred, until they are dealt with", () => {
    const risks = [
      aRisk({ pageId: "i", title: "Leads are lost", kind: "Issue", severity: "Critical" }),
      aRisk({ pageId: "r", title: "API differs", kind: "Risk", status: "Occurred" }),
      aRisk({ pageId: "x", kind: "Issue", severity: "Critical", status: "Resolved" }),
      aRisk({ pageId: "y", kind: "Risk", status: "Mitigating" }),
    ];
    expect(found({ record: aRecord({ risks }) })).toEqual([
      ["issue-critical", "i", "critical", "Critical: Leads are lost"],
      ["risk-occurred", "r", "occurred", "Occurred: API differs"],
    ]);
  });
});
