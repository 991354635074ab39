import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createThrottle, type NotionPlan } from "../../src/notion/throttle.ts";
import type { Clock } from "../../src/ports.ts";
import { NotionError } from "../../src/types/errors.ts";
import type { Lane } from "../../src/types/notion-gateway.ts";
import { memoryStore, startOfTest } from "./support.ts";

/** A clock on which nothing waits. */
const plainClock = (at: number): Clock & { advance(ms: number): void } => {
  let now = at;
  return {
    now: () => now,
    after: () => {
      throw new Error("The throttle waits for nothing");
    },
    advance: (ms) => {
      now += ms;
    },
  };
};

const start = (plan: NotionPlan = "plus", at = startOfTest) => {
  const clock = plainClock(at);
  const store = memoryStore();
  return { clock, store, throttle: createThrottle({ store, clock, plan }) };
};

type Throttle = ReturnType<typeof createThrottle>;

/** Takes until refused; answers how many went through and when the next one may. */
const drain = (throttle: Throttle, lane: Lane): { taken: number; retryAt: number | null } => {
  for (let taken = 0; ; taken++) {
    try {
      throttle.take(lane);
    } catch (error) {
      if (!(error instanceof NotionError)) throw error;
      return { taken, retryAt: error.retryAt };
    }
  }
};

describe("the request budget", () => {
  test.each([
    ["plus", 144],
    ["business", 480],
  ] as const)(
    "on %s Milepost sends %i requests a minute, four fifths of what Notion allows",
    (plan, limit) => {
      const { throttle } = start(plan);
      expect(drain(throttle, "verdict").taken).toBe(limit);
      expect(throttle.budget()).toEqual({
        used: limit,
        limit,
        pausedUntil: null,
        reason: null,
        pausedSince: null,
      });
    },
  );

  test("pulls leave 12 requests for verdicts, and bulk work takes no more than half", () => {
    const { throttle } = start();
    expect(drain(throttle, "bulk").taken).toBe(72);
    expect(drain(throttle, "pull").taken).toBe(60);
    expect(drain(throttle, "verdict").taken).toBe(12);
  });

  test("bulk work leaves the last 30 requests to the others", () => {
    const { throttle } = start();
    for (let i = 0; i < 100; i++) throttle.take("pull");
    expect(drain(throttle, "bulk").taken).toBe(14);
  });

  test("a refused call says when it can be made, and it can be made then", () => {
    const { clock, throttle } = start();
    const { retryAt } = drain(throttle, "verdict");
    expect(retryAt).toBe(startOfTest + 61_000);
    clock.advance(60_999);
    expect(drain(throttle, "verdict").taken).toBe(0);
    clock.advance(1);
    throttle.take("verdict");
  });

  test("a restart forgets neither the requests of this minute nor a pause", () => {
    const { clock, store, throttle } = start();
    drain(throttle, "pull");
    const restarted = createThrottle({ store, clock, plan: "plus" });
    expect(restarted.budget().used).toBe(132);
    expect(drain(restarted, "pull").taken).toBe(0);
    restarted.pause(startOfTest + 600_000, "rate_limited");
    const again = createThrottle({ store, clock, plan: "plus" });
    clock.advance(599_999);
    expect(drain(again, "verdict")).toEqual({ taken: 0, retryAt: startOfTest + 600_000 });
    expect(again.budget()).toMatchObject({ pausedUntil: startOfTest + 600_000, reason: "rate_limited" });
    clock.advance(1);
    again.take("verdict");
    expect(again.budget()).toMatchObject({ used: 1, pausedUntil: null, reason: null });
  });

  test("a shorter pause that arrives later does not cut a longer one", () => {
    const { throttle } = start();
    throttle.pause(startOfTest + 90_000, "long");
    throttle.pause(startOfTest + 5_000, "short");
    expect(throttle.budget()).toMatchObject({ pausedUntil: startOfTest + 90_000, reason: "long" });
  });

  test("after a refused token one request a minute goes out, until the token is accepted", () => {
    const { clock, throttle } = start();
    throttle.tokenRefused();
    expect(drain(throttle, "verdict").taken).toBe(0);
    expect(throttle.budget().reason).toBe("unauthorized");
    clock.advance(60_000);
    expect(drain(throttle, "bulk").taken).toBe(1);
    clock.advance(60_000);
    expect(drain(throttle, "verdict").taken).toBe(1);
    throttle.tokenAccepted();
    expect(drain(throttle, "verdict").taken).toBe(142);
    expect(throttle.budget().reason).toBe(null);
  });

  test("a clock that jumps back an hour neither frees the budget nor lengthens a pause", () => {
    const { store, throttle } = start();
    drain(throttle, "verdict");
    throttle.pause(startOfTest + 30_000, "rate_limited");
    const earlier = plainClock(startOfTest - 3_600_000);
    const after = createThrottle({ store, clock: earlier, plan: "plus" });
    expect(after.budget().pausedUntil).toBe(startOfTest - 3_600_000 + 30_000);
    expect(drain(after, "verdict").taken).toBe(0);
    earlier.advance(61_000);
    expect(drain(after, "verdict").taken).toBe(144);
  });
});

const traffic = fc.array(
  fc.record({
    wait: fc.oneof(
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 0, max: 2_000 }),
      fc.integer({ min: 0, max: 70_000 }),
    ),
    burst: fc.integer({ min: 1, max: 160 }),
    lane: fc.constantFrom<Lane>("verdict", "pull", "bulk"),
    restart: fc.boolean(),
  }),
  { minLength: 1, maxLength: 40 },
);

test("whatever the traffic and however often Milepost restarts, no 60 seconds exceed the budget (P12)", () => {
  fc.assert(
    fc.property(traffic, fc.integer({ min: 0, max: 999 }), (steps, offset) => {
      const { clock, store, throttle } = start("plus", startOfTest + offset);
      let current = throttle;
      const times: number[] = [];
      const bulk: number[] = [];
      for (const step of steps) {
        clock.advance(step.wait);
        if (step.restart) current = createThrottle({ store, clock, plan: "plus" });
        const before = times.length;
        const first = takeUpTo(current, step.lane, step.burst);
        for (let i = 0; i < first.taken; i++) times.push(clock.now());
        if (step.lane === "bulk") for (let i = 0; i < first.taken; i++) bulk.push(clock.now());
        if (first.retryAt === null) expect(times.length - before).toBe(step.burst);
        else expect(first.retryAt).toBeGreaterThan(clock.now());
      }
      expect(mostInAnyMinute(times)).toBeLessThanOrEqual(144);
      expect(mostInAnyMinute(bulk)).toBeLessThanOrEqual(72);
    }),
    { numRuns: 1000 },
  );
});

test("a call that waits until the time it was given gets through when nothing else is sent (P12)", () => {
  fc.assert(
    fc.property(traffic, (steps) => {
      const { clock, throttle } = start();
      for (const step of steps) {
        clock.advance(step.wait);
        const { retryAt } = takeUpTo(throttle, step.lane, step.burst);
        if (retryAt === null) continue;
        clock.advance(retryAt - clock.now());
        throttle.take(step.lane);
      }
    }),
    { numRuns: 1000 },
  );
});

const takeUpTo = (
  throttle: Throttle,
  lane: Lane,
  burst: number,
): { taken: number; retryAt: number | null } => {
  for (let taken = 0; taken < burst; taken++) {
    try {
      throttle.take(lane);
    } catch (error) {
      if (!(error instanceof NotionError)) throw error;
      return { taken, retryAt: error.retryAt };
    }
  }
  return { taken: burst, retryAt: null };
};

const mostInAnyMinute = (times: readonly number[]): number =>
  Math.max(
    0,
    ...times.map((end, last) => times.filter((time, i) => i <= last && time > end - 60_000).length),
  );
