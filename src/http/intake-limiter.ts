import type { Clock } from "../ports.ts";

/** Requests that may come at once, and how many more each second. */
type Allowance = { readonly burst: number; readonly perSecond: number };

/** Forgeries are answered one by one only up to here; genuine events far above what one workspace sends (reliability W7). */
const allowances = {
  refused: { burst: 200, perSecond: 50 },
  genuine: { burst: 20_000, perSecond: 5_000 },
} as const satisfies Record<string, Allowance>;

export type IntakeLimiter = {
  /** Counts one request of a kind; false where there are too many and it is to be told to come again. */
  take(kind: keyof typeof allowances): boolean;
};

/** Two token buckets: forged requests use up their own and never that of genuine ones. */
export const createIntakeLimiter = (clock: Clock): IntakeLimiter => {
  const buckets = {
    refused: { left: allowances.refused.burst as number, at: clock.now() },
    genuine: { left: allowances.genuine.burst as number, at: clock.now() },
  };
  return {
    take(kind) {
      const { burst, perSecond } = allowances[kind];
      const bucket = buckets[kind];
      const now = clock.now();
      bucket.left = Math.min(burst, bucket.left + (Math.max(0, now - bucket.at) / 1000) * perSecond);
      bucket.at = now;
      if (bucket.left < 1) return false;
      bucket.left -= 1;
      return true;
    },
  };
};
