import type { Clock, Log } from "../ports.ts";
import { MilepostError, NotionError } from "../types/errors.ts";

/**
 * How long the loop rests after a round that failed as a whole, before one that something woke, and at most. What comes in
 * a burst shares a round: a round for each would cost the webhooks of a storm as much again as their own commits.
 */
const restMs = { afterFailure: 10_000, beforeWoken: 50, atMost: 60_000 } as const;

export type RunLoop = {
  /** Runs a round at once, or 50 ms after the end of the last one. */
  wake(): void;
  /** Ends the loop; resolves when the running round has ended. */
  stop(): Promise<void>;
};

export type RunLoopOptions = {
  readonly round: () => Promise<number | null>;
  readonly clock: Clock;
  readonly log: Log;
};

/** Runs rounds one after another, each when it is due or something woke the loop. Never two at a time. */
export const runLoop = (options: RunLoopOptions): RunLoop => {
  const { clock } = options;
  const state = {
    ...{ running: null as Promise<void> | null, again: false, stopped: false, cancel: () => {} },
    ...{ planned: Number.POSITIVE_INFINITY, endedAt: Number.NEGATIVE_INFINITY },
  };
  const schedule = (at: number): void => {
    state.cancel();
    state.planned = at;
    const delay = Math.max(0, Math.min(at - clock.now(), restMs.atMost));
    state.cancel = clock.after(delay, start);
  };
  /** Also where the clock was set back since the last round. */
  const wokenAt = (): number => {
    const now = clock.now();
    const rested = Math.min(state.endedAt, now) + restMs.beforeWoken;
    return Math.max(now, rested);
  };
  const runOnce = async (): Promise<void> => {
    const due = await nextRound(options);
    state.running = null;
    state.endedAt = clock.now();
    if (!state.stopped) schedule(state.again ? Math.min(due, wokenAt()) : due);
    state.again = false;
  };
  const start = (): void => {
    if (state.running) state.again = true;
    else if (!state.stopped) state.running = runOnce();
  };
  start();
  return {
    wake: () => (state.running ? start() : schedule(Math.min(state.planned, wokenAt()))),
    stop: async () => {
      state.stopped = true;
      state.cancel();
      await state.running;
    },
  };
};

/** One round; the time of the next one. A round that fails as a whole is logged and comes again. */
export const nextRound = async ({ round, clock, log }: RunLoopOptions): Promise<number> => {
  try {
    return (await round()) ?? clock.now() + restMs.atMost;
  } catch (error) {
    log.error("loop.round_failed", describe(error));
    return (error instanceof NotionError ? error.retryAt : null) ?? clock.now() + restMs.afterFailure;
  }
};

const describe = (error: unknown): { code: string; stack?: string | undefined } =>
  error instanceof MilepostError
    ? { code: error.code }
    : { code: "internal_error", stack: error instanceof Error ? error.stack : undefined };
