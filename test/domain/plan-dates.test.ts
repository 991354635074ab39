import { describe, expect, it } from "vitest";
import type { Plan } from "../../notion-templates/plans/plan.ts";
import { plans } from "../../notion-templates/plans/plans.ts";
import { judgeGates } from "../../src/domain/gates.ts";
import { bufferDays, datePlan } from "../../src/domain/plan-dates.ts";
import { forecastOf } from "../../src/domain/schedule.ts";
import { scheduleOf } from "../../src/domain/schedule-of.ts";
import { scheduleProblems } from "../../src/domain/schedule-problems.ts";
import { aHistory, aMilestone, anOffice, aRecord, day } from "../support/records.ts";

const office = anOffice();
const monday = Date.UTC(2026, 2, 9, 8);
const easter = ["2026-04-03", "2026-04-06"].map((date) => ({ date, addedAt: 0 }));
const calendar = { ...office, daysOff: new Set(easter.map(({ date }) => date)) };

/** The project that a plan makes, as it stands on its first day. */
const projectOf = (plan: Plan) => {
  const dated = datePlan(plan, { start: "2026-03-09" }, calendar);
  const milestones = plan.milestones.map(({ key, kind, name, dependsOn }) => {
    const target = day(dated.targets.get(key) ?? "");
    const baseline = target;
    return aMilestone(kind, { pageId: key, name, dependsOn, target, baseline, createdTime: monday });
  });
  const project = { start: day(dated.start), agreedDelivery: day(dated.agreedDelivery) };
  return { dated, record: aRecord({ project, milestones }) };
};

describe("the buffer", () => {
  it.each([
    [5, 1],
    [7, 2],
    [10, 2],
    [17, 4],
    [23, 5],
    [25, 5],
    [65, 13],
  ])("of %i business days is %i: 20 %%, rounded up", (days, buffer) => {
    expect(bufferDays(days)).toBe(buffer);
  });
});

describe.each(Object.entries<Plan>(plans))("the plan of a %s", (_name, plan) => {
  const { dated, record } = projectOf(plan);
  const history = aHistory();
  const schedule = scheduleOf(record, history, { office, daysOff: easter, now: monday });

  it("leaves nothing to put right, and is forecast as it was laid", () => {
    expect(scheduleProblems(record, schedule, office.timeZone)).toEqual([]);
    const forecast = forecastOf(schedule);
    for (const [key, target] of dated.targets)
      expect(forecast.steps.get(key)).toMatchObject({ date: target, slip: 0, why: "" });
    expect(forecast.delivery).toBe(dated.targets.get("handover"));
    expect(forecast.criticalPath).toEqual(expect.arrayContaining(["m1", "handover"]));
  });

  it("has the dated milestones in order that the Planning gate asks for", () => {
    const { findings } = judgeGates(["Planning"], { record, history, office, now: monday });
    expect(findings.map(({ criterion }) => criterion)).not.toContain("schedule-complete");
  });
});

it("the lead-qualification agent is delivered with two days to spare", () => {
  const { dated } = projectOf(plans["Single-purpose agent"]);
  // Business days 3, 5, 8, 10, 10 and 12 from Monday 9 March
  expect(["m1", "m2", "m3", "m4", "m5"].map((key) => dated.targets.get(key))).toEqual([
    ...["2026-03-11", "2026-03-13", "2026-03-18", "2026-03-20", "2026-03-20"],
  ]);
  expect(dated.agreedDelivery).toBe("2026-03-24");
});

it("a plan is not dated from what is no day", () => {
  const plan = plans["Simple automation"];
  expect(() => datePlan(plan, { start: "soon" }, calendar)).toThrow(new RangeError("soon is no day"));
  expect(() => datePlan(plan, { agreedDelivery: "2026-02-30" }, calendar)).toThrow(RangeError);
});
