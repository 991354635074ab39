import type { Clock } from "../ports.ts";

/** Real time plus an offset that only grows. */
export type AdjustableClock = Clock & {
  /** How far it is ahead of real time, in ms. */
  offset(): number;
  /**
   * Jumps ahead by whole ms. What falls due by it runs at once, in the order in which it was due; each callback sees the
   * time after the jump, as after a machine's sleep. Throws a RangeError for anything but a whole number from 0 on.
   */
  advance(ms: number): void;
  /** Jumps to where the earliest waiting callback falls due; stays where none waits. */
  advanceToNext(): void;
  /** When the earliest waiting callback falls due (UTC ms); null if none waits. */
  nextDue(): number | null;
  /** `fn` hears of every jump, before the callbacks run, so that the offset can be stored. Answers how to stop that. */
  onJump(fn: (offset: number) => void): () => void;
};

export type AdjustableClockOptions = {
  realNow: () => number;
  /** Calls `fn` once after `ms` of real time; the returned function cancels it. */
  setTimer: (fn: () => void, ms: number) => () => void;
  /** Where the clock stood ahead when it was stored; 0 unless given. */
  offset?: number;
};

type Waiting = { due: number; order: number; fn: () => void };

/** Timers of JavaScript take a signed 32-bit number of ms; a longer wait is taken in steps. */
const longestTimer = 2 ** 31 - 1;

const byDue = (one: Waiting, other: Waiting): number => one.due - other.due || one.order - other.order;

/** What waits, each for its time; one real timer stands for all of it. */
const createQueue = (now: () => number, setTimer: AdjustableClockOptions["setTimer"]) => {
  const waiting = new Set<Waiting>();
  let order = 0;
  let cancelTimer: (() => void) | null = null;

  const nextDue = (): number | null => [...waiting].sort(byDue)[0]?.due ?? null;
  const arm = (): void => {
    cancelTimer?.();
    const due = nextDue();
    cancelTimer = due === null ? null : setTimer(runDue, Math.min(Math.max(0, due - now()), longestTimer));
  };
  const runDue = (): void => {
    const time = now();
    const due = [...waiting].filter((one) => one.due <= time).sort(byDue);
    try {
      // One that an earlier callback cancelled is gone from the set.
      for (const one of due) if (waiting.delete(one)) one.fn();
    } finally {
      arm();
    }
  };
  const after: AdjustableClock["after"] = (ms, fn) => {
    const one = { due: now() + Math.max(0, ms), order: order++, fn };
    waiting.add(one);
    arm();
    return () => {
      if (waiting.delete(one)) arm();
    };
  };
  return { after, nextDue, runDue };
};

export const createAdjustableClock = (options: AdjustableClockOptions): AdjustableClock => {
  let offset = options.offset ?? 0;
  const listeners = new Set<(offset: number) => void>();
  const now = (): number => options.realNow() + offset;
  const { after, nextDue, runDue } = createQueue(now, options.setTimer);
  const advance = (ms: number): void => {
    if (!Number.isSafeInteger(ms) || ms < 0) throw new RangeError("a clock advances by whole ms, never back");
    offset += ms;
    for (const fn of listeners) fn(offset);
    runDue();
  };
  return {
    now,
    after,
    offset: () => offset,
    advance,
    advanceToNext: () => advance(Math.max(0, Math.ceil((nextDue() ?? now()) - now()))),
    nextDue,
    onJump(fn) {
      listeners.add(fn);
      return () => void listeners.delete(fn);
    },
  };
};
