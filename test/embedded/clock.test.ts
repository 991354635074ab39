import { describe, expect, it } from "vitest";
import { createAdjustableClock } from "../../src/embedded/clock.ts";
import { openStoredClock } from "../../src/embedded/stored-clock.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

const start = Date.UTC(2026, 10, 24, 9);
const minute = 60_000;
const day = 24 * 60 * minute;

/** Real time stands still until the test moves it. */
const realTime = () => {
  const real = createVirtualClock(start);
  return {
    real,
    options: { realNow: real.now, setTimer: (fn: () => void, ms: number) => real.after(ms, fn) },
  };
};

describe("the adjustable clock", () => {
  it("goes with real time and stays ahead by what it was advanced", async () => {
    const { real, options } = realTime();
    const clock = createAdjustableClock(options);
    clock.advance(day);
    await real.advance(minute);
    expect(clock.now()).toBe(start + day + minute);
    expect(clock.offset()).toBe(day);
  });

  it("runs what falls due by real time", async () => {
    const { real, options } = realTime();
    const clock = createAdjustableClock(options);
    const ran: number[] = [];
    clock.after(2 * minute, () => ran.push(clock.now()));
    clock.after(minute, () => ran.push(clock.now()));
    await real.advance(3 * minute);
    expect(ran).toEqual([start + minute, start + 2 * minute]);
    expect(real.pendingCount()).toBe(0);
  });

  it("runs what a jump makes due, in the order in which it was due, and leaves the rest", async () => {
    const { real, options } = realTime();
    const clock = createAdjustableClock(options);
    const ran: string[] = [];
    clock.after(3 * minute, () => ran.push("third"));
    clock.after(minute, () => ran.push("first"));
    clock.after(minute, () => ran.push("second"));
    clock.after(5 * minute, () => ran.push("later"));
    clock.advance(4 * minute);
    expect(ran).toEqual(["first", "second", "third"]);
    expect(clock.nextDue()).toBe(start + 5 * minute);
    await real.advance(minute);
    expect(ran).toEqual(["first", "second", "third", "later"]);
  });

  it("does not run what was cancelled, also by an earlier callback of the same jump", () => {
    const { real, options } = realTime();
    const clock = createAdjustableClock(options);
    const ran: string[] = [];
    const cancelLast = clock.after(3 * minute, () => ran.push("last"));
    clock.after(2 * minute, () => cancelLast());
    clock.after(minute, () => ran.push("cancelled before"))();
    clock.advance(day);
    expect(ran).toEqual([]);
    expect(real.pendingCount()).toBe(0);
  });

  it("jumps to what is due next, and nowhere when nothing waits", () => {
    const clock = createAdjustableClock(realTime().options);
    let ran = 0;
    clock.advanceToNext();
    expect(clock.now()).toBe(start);
    clock.after(90 * day, () => ran++);
    clock.advanceToNext();
    expect([clock.now(), ran]).toEqual([start + 90 * day, 1]);
  });

  it("waits longer than one timer of JavaScript can", async () => {
    const { real, options } = realTime();
    const clock = createAdjustableClock(options);
    let ran = 0;
    clock.after(60 * day, () => ran++);
    await real.advance(59 * day);
    expect(ran).toBe(0);
    await real.advance(day);
    expect(ran).toBe(1);
  });

  it("goes on with the others after a callback that throws", async () => {
    const { real, options } = realTime();
    const clock = createAdjustableClock(options);
    let ran = 0;
    clock.after(minute, () => {
      throw new Error("broken");
    });
    clock.after(2 * minute, () => ran++);
    expect(() => clock.advance(day)).toThrow("broken");
    await real.advance(0);
    expect(ran).toBe(1);
  });

  it("never goes back", () => {
    const clock = createAdjustableClock(realTime().options);
    for (const ms of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => clock.advance(ms)).toThrow(RangeError);
    }
  });

  it("tells of a jump until the listener leaves", () => {
    const clock = createAdjustableClock(realTime().options);
    const heard: number[] = [];
    const leave = clock.onJump((offset) => heard.push(offset));
    clock.advance(minute);
    clock.advance(minute);
    leave();
    clock.advance(minute);
    expect(heard).toEqual([minute, 2 * minute]);
  });

  it("stands where it stood after a restart", () => {
    const database = openNodeDatabase(":memory:");
    openStoredClock(database, realTime().options).advance(3 * day);
    const again = openStoredClock(database, realTime().options);
    expect(again.now()).toBe(start + 3 * day);
    again.advance(day);
    expect(openStoredClock(database, realTime().options).offset()).toBe(4 * day);
  });

  it("begins where a new database wants it, and stays there", () => {
    const database = openNodeDatabase(":memory:");
    const initialOffset = 3 * day;
    expect(openStoredClock(database, { ...realTime().options, initialOffset }).now()).toBe(start + 3 * day);
    const again = openStoredClock(database, { ...realTime().options, initialOffset: 9 * day });
    expect(again.offset()).toBe(3 * day);
  });

  it("may begin behind real time and catch up with it", () => {
    const clock = openStoredClock(openNodeDatabase(":memory:"), {
      ...realTime().options,
      initialOffset: -2 * minute,
    });
    clock.advance(-clock.offset());
    expect(clock.now()).toBe(start);
  });
});
