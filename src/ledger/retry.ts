/** When a failed try is repeated, and how many failures make it a dead letter that a person has to look at (reliability O7). */
export type RetryPolicy = { readonly delay: (failures: number) => number; readonly deadAfter: number };

const minute = 60_000;
const firstMs = 2_000;
const capMs = 15 * minute;

/** How long to wait after the given number of failures of a request to Notion (ms). */
export const retryDelay = (failures: number): number => Math.min(capMs, firstMs * 4 ** failures);

/** Minutes after each failure; the last one holds for all that follow. */
const inMinutes =
  (...steps: readonly number[]): RetryPolicy["delay"] =>
  (failures) =>
    (steps[Math.min(failures, steps.length - 1)] ?? 1) * minute;

export const retryPolicies = {
  request: { delay: retryDelay, deadAfter: 5 },
  /** A row whose creation stayed without an answer shows in queries a while later. */
  creation: { delay: inMinutes(1, 2, 5, 10, 15), deadAfter: 5 },
  /** Reliability O5: 1, 5, 15, 30, 60 minutes, then hourly to a day. The 28th failure comes after 23 h 51 min of tries. */
  letter: { delay: inMinutes(1, 5, 15, 30, 60), deadAfter: 28 },
} as const satisfies Record<string, RetryPolicy>;

/** How long the whole channel rests after the given number of failures in a row (ms). A refused login rests longer: servers lock accounts. */
export const channelPause = (failures: number, code: string): number =>
  code.startsWith("login") ? inMinutes(30, 60)(failures) : inMinutes(1, 5, 15, 30, 60)(failures);
