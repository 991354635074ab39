import { expect, test } from "vitest";
import { createAdjustableClock } from "../../src/embedded/clock.ts";
import { peopleClock } from "../../src/embedded/people-clock.ts";

const start = Date.parse("2026-11-24T09:00:00Z");
const clockOf = () => createAdjustableClock({ realNow: () => start, setTimer: () => () => {} });

test("the next step leads to the earliest of what is planned, past timers that only look for news", () => {
  const clock = clockOf();
  clock.after(60_000, () => {});
  const people = peopleClock(clock, [() => start + 3_600_000, () => null, () => start + 7_200_000]);
  people.advanceToNext();
  expect(clock.now()).toBe(start + 3_600_000);
});

test("where nothing is planned it stays", () => {
  const clock = clockOf();
  clock.after(60_000, () => {});
  const people = peopleClock(clock, [() => null]);
  people.advanceToNext();
  expect([people.nextDue(), clock.now()]).toEqual([null, start]);
});
