import type { Clock, Database, Log } from "../ports.ts";
import { endLease, fenced, leaseMs, renewLease, takeLease } from "../store/lease.ts";

/** How often a second instance looks whether the first has ended. */
const standbyMs = 5_000;

/** Something that runs until it is stopped. */
export type Stoppable = { readonly stop: () => Promise<void> };

export type AttendOptions = {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** Names this instance among those that may serve the store. */
  readonly holder: string;
  /** Whether a holder is known to have ended, so that its lease need not be waited for. */
  readonly isGone: (holder: string) => boolean;
  /** Starts the service on the store as its holder. */
  readonly serve: (database: Database) => Promise<Stoppable>;
};

type State = {
  running: Stoppable | null;
  fence: number;
  cancel: () => void;
  isStopped: boolean;
  isWaiting: boolean;
};

/**
 * Serves a store while it is this instance's. A second instance waits, writes nothing, and takes over when the first one
 * ends; one that was superseded stops and waits in its turn. Resolves once it serves or waits.
 */
export const attendStore = async (options: AttendOptions): Promise<Stoppable> => {
  const { database } = options;
  const state: State = { running: null, fence: 0, cancel: () => {}, isStopped: false, isWaiting: false };
  await take(options, state);
  const stop = async (): Promise<void> => {
    state.isStopped = true;
    // Until the last round has ended the lease is renewed: what became of it has to be stored.
    if (state.running === null) state.cancel();
    await state.running?.stop();
    state.cancel();
    if (state.running) endLease(database, state.fence);
  };
  return { stop };
};

type Step = (options: AttendOptions, state: State) => Promise<void>;

const later = (options: AttendOptions, state: State, ms: number, step: Step): void => {
  const failed = (error: unknown): void => {
    options.log.error("store.lease_failed", { stack: error instanceof Error ? error.stack : undefined });
    if (!state.isStopped) later(options, state, standbyMs, step);
  };
  state.cancel = options.clock.after(ms, () => void step(options, state).catch(failed));
};

const take: Step = async (options, state) => {
  const { database, clock, log, holder, isGone, serve } = options;
  const fence = takeLease(database, holder, clock.now(), isGone);
  if (fence === null) {
    if (!state.isWaiting) log.warn("store.taken");
    state.isWaiting = true;
    return later(options, state, standbyMs, take);
  }
  state.isWaiting = false;
  state.fence = fence;
  later(options, state, leaseMs / 3, keep);
  const running = await serve(fenced(database, fence)).catch((error: unknown) => {
    state.cancel();
    endLease(database, fence);
    throw error;
  });
  if (state.isStopped) await running.stop();
  else state.running = running;
};

const keep: Step = async (options, state) => {
  const { database, clock, log } = options;
  if (renewLease(database, state.fence, clock.now())) return later(options, state, leaseMs / 3, keep);
  log.error("store.superseded");
  if (state.isStopped) return;
  await state.running?.stop();
  state.running = null;
  // Taken anew in a step of its own: where that fails, the lease is to be taken again and not to be kept.
  later(options, state, 0, take);
};
