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

/** Runs rounds one after another, each when it is due or something woke the loop. Never two at a time. */
export const runLoop = (options: {
  readonly round: () => Promise<number | null>;
  readonly clock: Clock;
  readonly log: Log;
}): RunLoop => {
  const { round, clock, log } = options;
  let cancel = (): void => undefined;
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  const schedule = (at: number): void => {
    cancel();
    const delay = Math.max(0, Math.min(at - clock.now(), restMs.atMost));
    cancel = clock.after(delay, start);
  };
  const runOnce = async (): Promise<void> => {
    let due = clock.now() + restMs.atMost;
    try {
      due = (await round()) ?? due;
    } catch (error) {
      due = (error instanceof NotionError ? error.retryAt : null) ?? clock.now() + restMs.afterFailure;
      log.error("loop.round_failed", codeOf(error));
    }
    running = null;
    if (stopped) return;
    schedule(again ? clock.now() : due);
    again = false;
  };
  const start = (): void => {
    if (stopped) return;
    if (running) again = true;
    else running = runOnce();
  };
  start();
  return {
    wake: () => {
      if (running) again = true;
      else schedule(clock.now());
    },
    stop: async () => {
      stopped = true;
      cancel();
      await running;
    },
  };
};

const codeOf = (error: unknown): { code: string; stack?: string | undefined } =>
  error instanceof MilepostError
    ? { code: error.code }
    : { code: "internal_error", stack: error instanceof Error ? error.stack : undefined };
