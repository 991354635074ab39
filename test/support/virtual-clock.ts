import type { Clock } from "../../src/ports.ts";

export type VirtualClock = Clock & {
  /** Moves time forward, running what falls due in order, and lets promises settle between two callbacks. */
  advance(ms: number): Promise<void>;
  /** When the earliest waiting callback is due, in ms since the epoch; null when none waits. */
  next(): number | null;
  pendingCount(): number;
};

type Timer = { due: number; order: number; fn: () => void };

/**
 * One round lets a macrotask and a thread-pool job (WebCrypto signs and verifies there) come through;
 * a signed delivery and its verification need five.
 */
const settleRounds = 6;

/** Lets promises, macrotasks and WebCrypto jobs that are under way finish. */
export const settle = async (): Promise<void> => {
  for (let round = 0; round < settleRounds; round++) {
    await crypto.subtle.digest("SHA-1", new Uint8Array(1));
    await new Promise((resolve) => setImmediate(resolve));
  }
};

/** A clock that stands still at `startMs` until it is told to advance; `quiet` waits for what a callback set going. */
export const createVirtualClock = (startMs: number, quiet: () => Promise<void> = settle): VirtualClock => {
  const timers = new Set<Timer>();
  let now = startMs;
  let order = 0;
  const earliest = (): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers) {
      if (!first || timer.due < first.due || (timer.due === first.due && timer.order < first.order))
        first = timer;
    }
    return first;
  };
  return {
    now: () => now,
    after(ms, fn) {
      const timer = { due: now + Math.max(0, ms), order: order++, fn };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async advance(ms) {
      const target = now + ms;
      await quiet();
      for (let timer = earliest(); timer && timer.due <= target; timer = earliest()) {
        timers.delete(timer);
        now = Math.max(now, timer.due);
        timer.fn();
        await quiet();
      }
      now = Math.max(now, target);
    },
    next: () => earliest()?.due ?? null,
    pendingCount: () => timers.size,
  };
};
