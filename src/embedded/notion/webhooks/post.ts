import type { Clock, Fetch, Log } from "../../../ports.ts";
import { delays } from "./event-types.ts";

export type Outlet = { clock: Clock; fetch: Fetch; log: Log };

const patienceStepMs = 1_000;

/**
 * Calls `giveUp` after `ms` in which the clock kept its pace; answers how to stop that. A jump counts as one step at most:
 * the receiver did not have the time that people skipped.
 */
const losePatience = (clock: Clock, ms: number, giveUp: () => void): (() => void) => {
  let left = ms;
  let cancel = (): void => undefined;
  const wait = (): void => {
    const step = Math.min(left, patienceStepMs);
    left -= step;
    cancel = clock.after(step, left > 0 ? wait : giveUp);
  };
  wait();
  return () => cancel();
};

/** A person cannot set it, in whatever spelling (documented: notion-api §6). */
const withoutContentType = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== "content-type"));

/** Posts bytes to a receiver. False when it refuses, cannot be reached or takes too long. */
export const post = async (
  { clock, fetch, log }: Outlet,
  url: string,
  headers: Record<string, string>,
  body: string,
): Promise<boolean> => {
  const timeout = new AbortController();
  const cancel = losePatience(clock, delays.answer, () => timeout.abort(new Error("no answer in time")));
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { ...withoutContentType(headers), "content-type": "application/json" },
      body,
      signal: timeout.signal,
    });
    await response.body?.cancel();
    return response.ok;
  } catch (error) {
    log.info("workspace.webhook_unreachable", {
      kind: error instanceof Error ? error.name : typeof error,
    });
    return false;
  } finally {
    cancel();
  }
};
