import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { readSettings } from "../../src/config.ts";
import { createAdjustableClock } from "../../src/embedded/clock.ts";
import { startNode } from "../../src/node.ts";
import type { Clock } from "../../src/ports.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";

/** How Milepost is started: with a clock that stands still until it is told to move. */
export type PacedOrders = {
  /** Where its clock starts (UTC ms). */
  readonly startAt: number;
  /** The lease of the store counts the time of this clock in place of the machine's. */
  readonly leases?: true;
};

/** What there is to tell once nothing is left to do at a time. */
export type Idle = {
  readonly nextDue: number;
  readonly probes: readonly string[];
  /** Those among all probes of this start before which something new was stored, counted from 1. */
  readonly stored: readonly number[];
};

/** A Milepost as `npm start` serves it, on a clock in the caller's hand. */
export type Paced = {
  readonly url: string;
  /** Moves the clock and waits until there is nothing left to do at that time. */
  readonly run: (advanceMs: number) => Promise<Idle>;
  readonly stop: () => Promise<void>;
};

/** Starts it in this process; `met` is told of each probe, counted from 1. */
export const startPaced = async (
  env: NodeJS.ProcessEnv,
  { startAt, leases }: PacedOrders,
  met: (count: number, point: string) => void = () => undefined,
): Promise<Paced> => {
  const settings = readSettings(env);
  mkdirSync(settings.dataDir, { recursive: true });
  const watched = openNodeDatabase(join(settings.dataDir, "milepost.sqlite"));
  const version = (): unknown => watched.exec("PRAGMA data_version")[0]?.data_version;

  const passed: string[] = [];
  const stored: number[] = [];
  let known = version();
  let count = 0;
  let requestsUnderWay = 0;
  const probe = (point: string): void => {
    count += 1;
    passed.push(point);
    if (version() !== known) stored.push(count);
    known = version();
    met(count, point);
    if (/^(notion|mail)\./.test(point)) requestsUnderWay += point.endsWith(".before") ? 1 : -1;
  };

  const still = createAdjustableClock({ realNow: () => startAt, setTimer: () => () => undefined });
  let waiting: ((idle: Idle) => void) | null = null;
  /** Between two rounds the loop has set its timer and waits for no answer; a request under way has a timer as well. */
  const tellWhenIdle = (): void => {
    const nextDue = still.nextDue();
    if (requestsUnderWay > 0 || nextDue === null || !waiting) return;
    waiting({ nextDue, probes: passed.splice(0), stored: stored.splice(0) });
    waiting = null;
  };
  const clock: Clock = {
    now: still.now,
    after(ms, fn) {
      setImmediate(tellWhenIdle);
      return still.after(ms, fn);
    },
  };
  const { url, stop } = await startNode(settings, { probe, clock, ...(leases && { machineClock: clock }) });
  return {
    url,
    run: (advanceMs) =>
      new Promise((resolve) => {
        waiting = resolve;
        still.advance(advanceMs);
        setImmediate(tellWhenIdle);
      }),
    stop: () => stop().finally(() => watched.close()),
  };
};
