import { beforeEach, expect, test } from "vitest";
import { runLoop } from "../../src/engine/run-loop.ts";
import { createLog } from "../../src/log.ts";
import { NotionError } from "../../src/types/errors.ts";
import { createVirtualClock, settle, type VirtualClock } from "../support/virtual-clock.ts";

const start = Date.parse("2026-11-24T09:00:00Z");
const minute = 60_000;

let clock: VirtualClock;
let lines: string[];
beforeEach(() => {
  clock = createVirtualClock(start);
  lines = [];
});

const loopOf = (round: () => Promise<number | null>) =>
  runLoop({ round, clock, log: createLog({ level: "info", write: (line) => lines.push(line), clock }) });

/** Rounds with the times at which they began; each answers what `due` says. */
const counting = (due: () => number | null) => {
  const began: number[] = [];
  const round = async (): Promise<number | null> => {
    began.push(clock.now() - start);
    return due();
  };
  return { began, round };
};

test("a round comes when the last one said, and at the latest after a minute", async () => {
  const due = [start + 5_000, null, start + 10 * minute];
  const { began, round } = counting(() => due.shift() ?? null);
  loopOf(round);
  await clock.advance(2 * minute + 5_000);
  expect(began).toEqual([0, 5_000, 65_000, 125_000]);
});

test("something new starts a round at once", async () => {
  const { began, round } = counting(() => null);
  const loop = loopOf(round);
  await clock.advance(1_000);
  loop.wake();
  loop.wake();
  await clock.advance(0);
  expect(began).toEqual([0, 1_000]);
});

test("what comes in a burst shares a round, and puts off none that is planned", async () => {
  const due = [null, start + 1_020, null];
  const { began, round } = counting(() => due.shift() ?? null);
  const loop = loopOf(round);
  await clock.advance(1_000);
  for (let time = 0; time < 10; time++) {
    loop.wake();
    await clock.advance(10);
  }
  await clock.advance(1_000);
  expect(began).toEqual([0, 1_000, 1_020, 1_070, 1_120]);
});

test("something new is not kept waiting by a clock that was set back", async () => {
  const { began, round } = counting(() => null);
  let back = 0;
  const loop = runLoop({
    ...{ round, log: createLog({ level: "info", write: () => undefined, clock }) },
    clock: { ...clock, now: () => clock.now() - back },
  });
  await clock.advance(1_000);
  back = 60 * minute;
  loop.wake();
  await clock.advance(50);
  expect(began).toEqual([0, 1_050]);
});

test("what comes up during a round is seen by one round more, never by two at a time", async () => {
  const ends: (() => void)[] = [];
  let [running, most, rounds] = [0, 0, 0];
  const loop = loopOf(async () => {
    rounds += 1;
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => ends.push(resolve));
    running -= 1;
    return null;
  });
  for (let time = 0; time < 3; time++) loop.wake();
  ends.shift()?.();
  await clock.advance(0);
  ends.shift()?.();
  await clock.advance(1_000);
  expect([rounds, most]).toEqual([2, 1]);
});

test("a round that fails as a whole is logged and comes again", async () => {
  const failures = [
    new Error("of a kind nobody foresaw"),
    new NotionError("notion_throttled", "", { retryAt: start + 40_000 }),
  ];
  const { began, round } = counting(() => {
    const failure = failures.shift();
    if (failure) throw failure;
    return null;
  });
  loopOf(round);
  await clock.advance(minute);
  expect(began).toEqual([0, 10_000, 40_000]);
  expect(lines.map((line) => JSON.parse(line).code)).toEqual(["internal_error", "notion_throttled"]);
});

test("stopping waits for the running round and lets no other begin", async () => {
  let end = (): void => undefined;
  let rounds = 0;
  const loop = loopOf(async () => {
    rounds += 1;
    await new Promise<void>((resolve) => {
      end = resolve;
    });
    return start;
  });
  let stopped = false;
  const stopping = loop.stop().then(() => {
    stopped = true;
  });
  await settle();
  expect(stopped).toBe(false);
  end();
  await stopping;
  loop.wake();
  await clock.advance(10 * minute);
  expect(rounds).toBe(1);
});
