import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addBusinessDays,
  addDays,
  businessDaysBetween,
  type Calendar,
  isBusinessDay,
  type PlainDate,
  type Weekday,
} from "../../src/domain/calendar.ts";
import type { Step } from "../../src/domain/network.ts";
import { bufferDays, datePlan } from "../../src/domain/plan-dates.ts";
import type { Schedule } from "../../src/domain/planned-schedule.ts";
import { forecastOf, moveTargets, shiftOpen } from "../../src/domain/schedule.ts";
import { scheduleOf as readSchedule } from "../../src/domain/schedule-of.ts";
import { scheduleProblems } from "../../src/domain/schedule-problems.ts";
import { anOffice, anyHistory as anyHistoryOfMoves, anyRecord, tuesdayAtTen } from "../support/records.ts";

const start = "2026-03-09";
const runs = { numRuns: 200 };

const anyDay = (days: number) => fc.integer({ min: 0, max: days }).map((count) => addDays(start, count));

const anyCalendar: fc.Arbitrary<Calendar> = fc
  .record({
    workingDays: fc.subarray<Weekday>([1, 2, 3, 4, 5, 6, 7], { minLength: 2 }),
    daysOff: fc.array(anyDay(60), { maxLength: 8 }),
  })
  .map(({ workingDays, daysOff }) => ({ workingDays: new Set(workingDays), daysOff: new Set(daysOff) }));

const step = (index: number, changes: Partial<Step>): Step => ({
  ...{ id: `s${index}`, name: `S${index}`, dependsOn: [], state: "open", target: null, baseline: null },
  ...{ actual: null, afterDelivery: false, appointment: false, moved: null, guessed: false, ...changes },
});

const scheduleOf = (
  steps: readonly Step[],
  calendar: Calendar,
  changes: Partial<Schedule> = {},
): Schedule => ({
  ...{ start, steps, calendar, addedDaysOff: [], changes: [], holds: [], today: start, ...changes },
});

/** Steps that each wait for some of those before them, as planned: Targets from spans, nothing done. */
const anyPlan = fc
  .record({
    calendar: anyCalendar,
    steps: fc.array(
      fc.record({ span: fc.nat({ max: 6 }), waits: fc.array(fc.nat({ max: 7 }), { maxLength: 3 }) }),
      { minLength: 1, maxLength: 7 },
    ),
  })
  .map(({ calendar, steps: drawn }) => {
    const steps: Step[] = [];
    const spans: number[] = [];
    for (const [index, { span, waits }] of drawn.entries()) {
      const before = [...new Set(waits.filter((place) => place < index))];
      const days = before.map((place) => steps[place]?.target ?? start);
      const from = days.reduce(
        (one, other) => (one < other ? other : one),
        addBusinessDays(start, 0, calendar),
      );
      const target = addBusinessDays(from, span, calendar);
      steps.push(step(index, { target, baseline: target, dependsOn: before.map((place) => `s${place}`) }));
      spans.push(span);
    }
    return { calendar, steps, spans };
  });

/** A chain without slack: each step waits for the one before it alone. */
const anyChain = fc
  .record({ calendar: anyCalendar, spans: fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 7 }) })
  .map(({ calendar, spans }) => {
    let target = addBusinessDays(start, 0, calendar);
    const steps = spans.map((span, index) => {
      target = addBusinessDays(target, span, calendar);
      return step(index, { target, baseline: target, dependsOn: index === 0 ? [] : [`s${index - 1}`] });
    });
    return { calendar, steps };
  });

const anyDays = fc.integer({ min: 1, max: 20 });
const anyHolds = fc.array(fc.tuple(anyDay(20), fc.integer({ min: 0, max: 9 })), { maxLength: 2 });
const holdsOf = (held: readonly (readonly [PlainDate, number])[]): Schedule["holds"] =>
  held.map(([from, days]) => ({ from, until: addDays(from, days) }));

/** What may happen to a plan: steps done on some day, moved Targets, skips, holds, days off, and what nobody should write. */
const anyHistory = fc.record({
  done: fc.array(fc.tuple(fc.nat({ max: 7 }), anyDay(40)), { maxLength: 3 }),
  moved: fc.array(fc.tuple(fc.nat({ max: 7 }), anyDay(60)), { maxLength: 2 }),
  skipped: fc.array(fc.nat({ max: 7 }), { maxLength: 1 }),
  circles: fc.array(fc.tuple(fc.nat({ max: 7 }), fc.nat({ max: 7 })), { maxLength: 1 }),
  undated: fc.array(fc.nat({ max: 7 }), { maxLength: 1 }),
  /** When the Targets were moved, where it is known. */
  movedOn: fc.option(anyDay(40), { nil: null }),
  holds: anyHolds,
  added: fc.array(anyDay(40), { maxLength: 3 }),
  change: fc.option(fc.tuple(fc.integer({ min: 1, max: 5 }), anyDay(20)), { nil: null }),
  today: anyDay(40),
});

const anySchedule = fc.tuple(anyPlan, anyHistory).map(([{ calendar, steps }, history]) => {
  const { done, moved, movedOn, skipped, circles, undated, holds, added, change, today } = history;
  const known = movedOn === null ? null : { at: Date.parse(movedOn), on: movedOn };
  const happened = steps.map((one, index): Step => {
    const actual = done.find(([place]) => place === index)?.[1] ?? null;
    const target = moved.find(([place]) => place === index)?.[1] ?? one.target;
    const extra = circles.filter(([from]) => from === index).map(([, to]) => `s${to}`);
    const dependsOn = [...one.dependsOn, ...extra];
    if (skipped.includes(index)) return { ...one, dependsOn, state: "skipped" };
    if (undated.includes(index)) return { ...one, dependsOn, target: null, baseline: null };
    return actual !== null && actual <= today
      ? { ...one, dependsOn, actual, state: "done" }
      : { ...one, dependsOn, target, moved: known };
  });
  return scheduleOf(
    happened,
    { ...calendar, daysOff: new Set([...calendar.daysOff, ...added]) },
    {
      ...{ today, addedDaysOff: added.map((date) => ({ date, addedAt: Date.parse(date) })) },
      holds: holdsOf(holds),
      changes:
        change === null ? [] : [{ label: "CR", days: change[0], on: change[1], at: Date.parse(change[1]) }],
    },
  );
});

const open = ({ steps }: Schedule) => steps.filter(({ state }) => state === "open");
const datesOf = (schedule: Schedule) =>
  new Map([...forecastOf(schedule).steps].map(([id, { date }]) => [id, date] as const));

const withTargets = (steps: readonly Step[], targets: ReadonlyMap<string, PlainDate>): readonly Step[] =>
  steps.map((one) => {
    const target = targets.get(one.id) ?? one.target;
    return { ...one, target, baseline: target };
  });

describe("a forecast", () => {
  it("of an untouched plan is the plan", () => {
    fc.assert(
      fc.property(anyPlan, ({ steps, calendar }) => {
        const forecast = forecastOf(scheduleOf(steps, calendar));
        for (const { id, target } of steps)
          expect(forecast.steps.get(id)).toMatchObject({ date: target, slip: 0, why: "" });
      }),
      runs,
    );
  });

  it("is never a day off, never before today, and never before what a step waits for", () => {
    fc.assert(
      fc.property(anySchedule, (schedule) => {
        const dates = datesOf(schedule);
        for (const { id, dependsOn } of open(schedule)) {
          const date = dates.get(id);
          if (date === undefined) continue;
          expect(isBusinessDay(date, schedule.calendar)).toBe(true);
          expect(date >= schedule.today).toBe(true);
          for (const before of dependsOn) expect((dates.get(before) ?? "") <= date).toBe(true);
        }
      }),
      runs,
    );
  });

  it("comes no earlier when a step is done a day later", () => {
    fc.assert(
      fc.property(anyPlan, fc.nat({ max: 6 }), anyDay(30), ({ steps, calendar }, place, actual) => {
        const on = (day: PlainDate) =>
          datesOf(
            scheduleOf(
              steps.map((one, index) =>
                index === place ? { ...one, actual: day, state: "done" as const } : one,
              ),
              ...([calendar, { today: start }] as const),
            ),
          );
        const [sooner, later] = [on(actual), on(addDays(actual, 1))];
        for (const [id, date] of sooner) expect((later.get(id) ?? "") >= date).toBe(true);
      }),
      runs,
    );
  });

  it("gives reasons whose numbers add up to the slip", () => {
    fc.assert(
      fc.property(anySchedule, (schedule) => {
        for (const { slip, why } of forecastOf(schedule).steps.values()) {
          const numbers = [...why.matchAll(/(?:^|; )([+−]\d+)/g)].map(([, text]) =>
            Number(text?.replace("−", "-")),
          );
          expect(numbers.reduce((sum, days) => sum + days, 0)).toBe(slip ?? 0);
        }
      }),
      runs,
    );
  });
});

describe("a shift", () => {
  it("taken back leaves a chain without slack as it was", () => {
    fc.assert(
      fc.property(anyChain, anyDays, anyHolds, ({ steps, calendar }, days, held) => {
        const more = { holds: holdsOf(held), today: addDays(start, 30) };
        const shifted = withTargets(steps, shiftOpen(scheduleOf(steps, calendar, more), days));
        for (const [index, { target }] of shifted.entries())
          expect(target).toBe(addBusinessDays(steps[index]?.target ?? "", days, calendar));
        const back = withTargets(shifted, shiftOpen(scheduleOf(shifted, calendar, more), -days));
        expect(back).toEqual(steps);
      }),
      runs,
    );
  });

  it("and a moved Target keep the order, on business days", () => {
    fc.assert(
      fc.property(anyPlan, fc.integer({ min: 1, max: 9 }), anyDay(60), ({ steps, calendar }, days, to) => {
        const schedule = scheduleOf(steps, calendar);
        const day = addBusinessDays(to, 0, calendar);
        for (const targets of [
          shiftOpen(schedule, days),
          new Map(moveTargets(schedule, new Map([["s0", day]]))).set("s0", day),
        ]) {
          const after = withTargets(steps, targets);
          const dates = new Map(after.map(({ id, target }) => [id, target ?? ""]));
          for (const { id, dependsOn } of after) {
            expect(isBusinessDay(dates.get(id) ?? "", calendar)).toBe(true);
            for (const before of dependsOn)
              expect((dates.get(before) ?? "") <= (dates.get(id) ?? "")).toBe(true);
          }
        }
      }),
      runs,
    );
  });

  it("explained from the baseline is the change request alone", () => {
    fc.assert(
      fc.property(anyPlan, fc.integer({ min: 1, max: 9 }), ({ steps, calendar }, days) => {
        const targets = shiftOpen(scheduleOf(steps, calendar), days);
        const moved = steps.map((one) => ({ ...one, target: targets.get(one.id) ?? one.target }));
        const change = { label: "ACME-CR-1", days, at: 1, on: start };
        for (const { date, slip, why } of forecastOf(
          scheduleOf(moved, calendar, { changes: [change] }),
        ).steps.values()) {
          expect(isBusinessDay(date, calendar)).toBe(true);
          if (slip !== 0) expect(why).toMatch(/^\+\d+ business days?: ACME-CR-1$/);
        }
      }),
      runs,
    );
  });
});

describe("the critical path", () => {
  /** Every way through a plan, as the business days that it takes. */
  const longest = (steps: readonly Step[], spans: ReadonlyMap<string, number>): number => {
    const length = (one: Step): number =>
      (spans.get(one.id) ?? 0) +
      Math.max(0, ...steps.filter(({ id }) => one.dependsOn.includes(id)).map((before) => length(before)));
    return Math.max(...steps.map(length));
  };

  it("is as long as the longest of all ways through the plan", () => {
    fc.assert(
      fc.property(anyPlan, ({ steps, spans, calendar }) => {
        const { delivery } = forecastOf(scheduleOf(steps, calendar));
        const byId = new Map(steps.map(({ id }, index) => [id, spans[index] ?? 0]));
        expect(businessDaysBetween(addBusinessDays(start, 0, calendar), delivery ?? "", calendar)).toBe(
          longest(steps, byId),
        );
      }),
      runs,
    );
  });

  it("has the steps that move the delivery when they take a day longer, and slack is what the others can take", () => {
    fc.assert(
      fc.property(anyPlan, ({ steps, spans, calendar }) => {
        const forecast = forecastOf(scheduleOf(steps, calendar));
        const byId = new Map(steps.map(({ id }, index) => [id, spans[index] ?? 0]));
        const length = longest(steps, byId);
        const slack = steps.map(({ id }) => {
          let days = 0;
          while (longest(steps, new Map(byId).set(id, (byId.get(id) ?? 0) + days + 1)) === length) days += 1;
          return [id, days];
        });
        expect([...forecast.steps].map(([id, one]) => [id, one.slack])).toEqual(
          expect.arrayContaining(slack),
        );
        expect(new Set(forecast.criticalPath)).toEqual(
          new Set(slack.filter(([, days]) => days === 0).map(([id]) => id)),
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe("a dated plan", () => {
  const anyPlanDays = fc
    .array(fc.integer({ min: 1, max: 65 }), { minLength: 1, maxLength: 9 })
    .map((days) => ({
      days: Math.max(...days),
      milestones: days.map((day, index) => ({ key: `m${index}`, day })),
    }));

  it("is the same forwards, and backwards from the delivery that it proposes", () => {
    fc.assert(
      fc.property(anyPlanDays, anyDay(400), anyCalendar, (plan, day, calendar) => {
        const forwards = datePlan(plan, { start: day }, calendar);
        expect(datePlan(plan, { agreedDelivery: forwards.agreedDelivery }, calendar)).toEqual(forwards);
      }),
      runs,
    );
  });

  it("keeps the order of its days, on business days, with the buffer after the last", () => {
    fc.assert(
      fc.property(anyPlanDays, anyDay(400), anyCalendar, (plan, day, calendar) => {
        const { targets, agreedDelivery } = datePlan(plan, { start: day }, calendar);
        const dates = plan.milestones
          .toSorted((one, other) => one.day - other.day)
          .map(({ key }) => targets.get(key) ?? "");
        expect(dates).toEqual(dates.toSorted());
        expect(dates.every((date) => isBusinessDay(date, calendar))).toBe(true);
        expect(businessDaysBetween(dates.at(-1) ?? "", agreedDelivery, calendar)).toBe(bufferDays(plan.days));
      }),
      runs,
    );
  });
});

describe("any record, reasonable or not,", () => {
  /** Milestones that also wait for each other, for themselves and for what is not there. */
  const anyTangledRecord = fc
    .tuple(anyRecord, fc.array(fc.array(fc.nat({ max: 16 }), { maxLength: 3 }), { maxLength: 14 }))
    .map(([record, waits]) => ({
      ...record,
      milestones: record.milestones.map((milestone, index) => ({
        ...milestone,
        baseline: index % 3 === 0 ? milestone.target : null,
        actual: index % 4 === 0 ? milestone.target : null,
        dependsOn: (waits[index] ?? []).map((place) => `milestone-${place}`),
      })),
    }));

  it("is read, forecast, moved and judged without a crash, and each problem names a page and property", () => {
    fc.assert(
      fc.property(anyTangledRecord, anyHistoryOfMoves, anyDay(60), (record, history, off) => {
        const office = anOffice();
        const daysOff = [{ date: off, addedAt: tuesdayAtTen + 1 }];
        const schedule = readSchedule(record, history, {
          office,
          daysOff,
          now: tuesdayAtTen + 40 * 86_400_000,
        });
        const forecast = forecastOf(schedule);
        for (const { id, state } of schedule.steps) {
          moveTargets(schedule, new Map([[id, "2026-03-20"]]));
          if (state === "skipped") expect(forecast.steps.has(id)).toBe(false);
        }
        shiftOpen(schedule, 3);
        for (const { sentence, places } of scheduleProblems(record, schedule, office.timeZone)) {
          expect(sentence).not.toMatch(/undefined|null|NaN/);
          expect(places.length).toBeGreaterThan(0);
          expect(places.every(({ pageId, property }) => pageId !== null && property !== "")).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });
});
