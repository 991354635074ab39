import { mkdirSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { join } from "node:path";
import { readSettings } from "../../src/config.ts";
import { createAdjustableClock } from "../../src/embedded/clock.ts";
import { startNode } from "../../src/node.ts";
import type { Clock } from "../../src/ports.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";

/**
 * The process of `npm start`, with two things in a test's hand: its clock stands still until it is told to move, and it
 * ends itself with SIGKILL at one of its probes. Its argument is a `ChildOrders` as JSON, its settings are the
 * environment's; it speaks with its parent over the channel of `fork`.
 */
export type ChildOrders = {
  /** Where its clock starts (UTC ms). */
  readonly startAt: number;
  readonly killAt: KillPoint | null;
  /** The lease of the store counts the time of this clock in place of the machine's. */
  readonly leases?: true;
};
/** A probe, counted from 1. Its name shows that the run is the one that was counted; "" where any will do. */
export type KillPoint = { readonly index: number; readonly point: string };
/** Moves the clock; answered once there is nothing left to do at that time. */
export type ChildRequest = { readonly advanceMs: number };
export type ChildAnswer =
  | { readonly kind: "ready"; readonly url: string }
  | {
      readonly kind: "idle";
      readonly nextDue: number;
      readonly probes: readonly string[];
      /** Those among all probes of this process before which something new was stored, counted from 1. */
      readonly stored: readonly number[];
    };

const { startAt, killAt, leases } = JSON.parse(process.argv[2] ?? "") as ChildOrders;

const settings = readSettings(process.env);
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
  if (count === killAt?.index) dieAt(point, killAt.point);
  if (/^(notion|mail)\./.test(point)) requestsUnderWay += point.endsWith(".before") ? 1 : -1;
};

const dieAt = (point: string, expected: string): void => {
  if (expected !== "" && point !== expected) {
    process.stderr.write(`another run than the counted one: ${point} in place of ${expected}\n`);
    process.exit(70);
  }
  process.kill(process.pid, "SIGKILL");
  // The signal ends every thread; until it does, nothing more may happen in this one.
  for (;;);
};

const still = createAdjustableClock({ realNow: () => startAt, setTimer: () => () => undefined });
let waiting: ((nextDue: number) => void) | null = null;
/** Between two rounds the loop has set its timer and waits for no answer; a request under way has a timer as well. */
const tellWhenIdle = (): void => {
  const nextDue = still.nextDue();
  if (requestsUnderWay > 0 || nextDue === null) return;
  waiting?.(nextDue);
  waiting = null;
};
const clock: Clock = {
  now: still.now,
  after(ms, fn) {
    setImmediate(tellWhenIdle);
    return still.after(ms, fn);
  },
};

// A test that ends before its time leaves no process behind.
process.on("disconnect", () => process.exit());

const say = (answer: ChildAnswer): void => void process.send?.(answer);

process.on("message", ({ advanceMs }: ChildRequest) => {
  waiting = (nextDue) => say({ kind: "idle", nextDue, probes: passed.splice(0), stored: stored.splice(0) });
  still.advance(advanceMs);
  setImmediate(tellWhenIdle);
});

const { url, stop } = await startNode(settings, { probe, clock, ...(leases && { machineClock: clock }) });
// A process that is killed keeps nothing of what it compiled, so it is kept now.
flushCompileCache();
process.once("SIGTERM", () => void stop().then(() => process.exit(0)));
say({ kind: "ready", url });
