import type { Clock, Log } from "../ports.ts";
import { MilepostError, NotionError } from "../types/errors.ts";

/** How long the loop rests after a round that failed as a whole, and at most between two rounds. */
const restMs = { afterFailure: 10_000, atMost: 60_000 } as const;

export type RunLoop = {
  /** Runs a round as soon as the running one has ended. */
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
  const state = { running: null as Promise<void> | null, again: false, stopped: false, cancel: () => {} };
  const schedule = (at: number): void => {
    state.cancel();
    const delay = Math.max(0, Math.min(at - clock.now(), restMs.atMost));
    state.cancel = clock.after(delay, start);
  };
  const runOnce = async (): Promise<void> => {
    const due = await nextRound(options);
    state.running = null;
    if (!state.stopped) schedule(state.again ? clock.now() : due);
    state.again = false;
  };
  const start = (): void => {
    if (state.running) state.again = true;
    else if (!state.stopped) state.running = runOnce();
  };
  start();
  return {
    wake: () => (state.running ? start() : schedule(clock.now())),
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
