import type { Clock, Log } from "../../../ports.ts";

export type Runner = {
  /** Sets the timer for what falls due next; to be called after every change of the queue. */
  arm(): void;
  /** Begins nothing more; resolves when what is under way has ended. */
  stop(): Promise<void>;
};

type Queue = {
  clock: Clock;
  log: Log;
  /** When the next piece of work falls due, in ms; null if none waits. */
  nextDue(): number | null;
  /** Does the piece that is due; false when none is. */
  runNext(): Promise<boolean>;
};

/** Does a stored queue's work piece by piece, each at its time on the clock. */
export const createRunner = ({ clock, log, nextDue, runNext }: Queue): Runner => {
  let cancelTimer: (() => void) | null = null;
  let running: Promise<void> | null = null;
  let stopped = false;
  const runAll = async (): Promise<void> => {
    while (!stopped && (await runNext()));
  };
  const arm = (): void => {
    if (running || stopped) return;
    cancelTimer?.();
    cancelTimer = null;
    const due = nextDue();
    if (due !== null) cancelTimer = clock.after(Math.max(0, due - clock.now()), start);
  };
  const start = (): void => {
    cancelTimer = null;
    running = runAll()
      .catch((error: unknown) =>
        log.error("workspace.webhook_crashed", { stack: error instanceof Error ? error.stack : undefined }),
      )
      .finally(() => {
        running = null;
        arm();
      });
  };
  return {
    arm,
    async stop() {
      stopped = true;
      cancelTimer?.();
      await running;
    },
  };
};
