import { describe, expect, it } from "vitest";
import {
  addBusinessDays,
  type Calendar,
  dayOf,
  type PlainDate,
  type Weekday,
} from "../../src/domain/calendar.ts";
import type { Step } from "../../src/domain/network.ts";
import { datePlan } from "../../src/domain/plan-dates.ts";
import type { Schedule } from "../../src/domain/planned-schedule.ts";
import { forecastOf, moveTargets, shiftOpen } from "../../src/domain/schedule.ts";
import { day } from "../support/records.ts";
import { type CaseStep, forecastCases, moveCases, planCases, shiftCases } from "./schedule-cases.ts";

const calendarOf = ({
  off = [],
  week = [1, 2, 3, 4, 5],
}: {
  off?: readonly PlainDate[];
  week?: readonly Weekday[];
}): Calendar => ({
  workingDays: new Set(week),
  daysOff: new Set(off),
});

const stepsOf = (steps: Readonly<Record<string, CaseStep>>): Step[] =>
  Object.entries(steps).map(([name, { target, after = [], baseline = target, done = null, skipped }]) => ({
    ...{ id: name, name, dependsOn: after, target, baseline, actual: done },
    ...{ state: skipped ? "skipped" : done === null ? "open" : "done" },
    ...{ afterDelivery: false, appointment: false, moved: null, guessed: false },
  }));

const noon = (date: PlainDate): number => Date.parse(`${date}T12:00:00Z`);

const scheduleOf = (
  {
    start,
    steps,
    ...days
  }: { start: PlainDate; steps: Readonly<Record<string, CaseStep>>; off?: readonly PlainDate[] },
  changes: Partial<Schedule> = {},
): Schedule => ({
  ...{ start, steps: stepsOf(steps), calendar: calendarOf(days), addedDaysOff: [], changes: [], holds: [] },
  ...{ today: start, ...changes },
});

describe("a plan is dated by hand and by Milepost alike", () => {
  it.each(planCases.map((one) => [one.name, one] as const))("%s", (_name, one) => {
    const plan = {
      days: Math.max(...Object.values(one.days)),
      milestones: Object.entries(one.days).map(([key, planDay]) => ({ key, day: planDay })),
    };
    const given = dayOf(day(one.start ?? one.agreed ?? ""), one.zone ?? "Europe/Paris") ?? "";
    const anchor = one.start === undefined ? { agreedDelivery: given } : { start: given };
    const dated = datePlan(plan, anchor, calendarOf(one));
    expect({
      start: dated.start,
      dates: Object.fromEntries(dated.targets),
      agreed: dated.agreedDelivery,
    }).toEqual(one.gives);
  });
});

describe("a forecast is made by hand and by Milepost alike", () => {
  it.each(forecastCases.map((one) => [one.name, one] as const))("%s", (_name, one) => {
    const offLater = one.offLater ?? [];
    const schedule = scheduleOf(
      { ...one, off: [...(one.off ?? []), ...offLater.map(({ date }) => date)] },
      {
        today: one.today,
        addedDaysOff: offLater.map(({ date, addedOn }) => ({ date, addedAt: noon(addedOn) })),
        changes: (one.changes ?? []).map((change) => ({ ...change, at: noon(change.on) })),
        holds: one.holds ?? [],
      },
    );
    const forecast = forecastOf(schedule);
    const outcomes = Object.keys(one.steps).map((name) => {
      const step = forecast.steps.get(name);
      return [name, [step?.date ?? null, step?.slip ?? null, step?.why ?? ""]];
    });
    expect(Object.fromEntries(outcomes)).toEqual(one.gives);
    expect(forecast.delivery).toBe(one.delivery);
  });
});

describe("Targets are shifted by hand and by Milepost alike", () => {
  it.each(shiftCases.map((one) => [one.name, one] as const))("%s", (_name, one) => {
    const schedule = scheduleOf(one);
    expect(Object.fromEntries(shiftOpen(schedule, one.days))).toEqual(one.gives);
    expect(addBusinessDays(one.agreed, one.days, schedule.calendar)).toBe(one.newAgreed);
  });
});

describe("a moved Target takes others along by hand and by Milepost alike", () => {
  it.each(moveCases.map((one) => [one.name, one] as const))("%s", (_name, one) => {
    expect(Object.fromEntries(moveTargets(scheduleOf(one), new Map([one.move])))).toEqual(one.gives);
  });
});

it("there are forty hand-worked schedules", () => {
  expect([planCases, forecastCases, shiftCases, moveCases].flat()).toHaveLength(40);
});
