import type { Clock, ThrottleState, ThrottleStore } from "../ports.ts";
import { NotionError } from "../types/errors.ts";
import type { Lane, NotionBudget } from "../types/notion-gateway.ts";

export type NotionPlan = "plus" | "business";

export type Throttle = {
  /** Counts one request of `lane`, or throws `notion_throttled` with the time from which it may be tried. Never waits. */
  take(lane: Lane): void;
  /** Holds every call back until `until` (UTC ms). A later pause that stands already is kept. */
  pause(until: number, reason: string): void;
  /** Notion refused the token: nothing goes out but one probe a minute, until `tokenAccepted`. */
  tokenRefused(): void;
  tokenAccepted(): void;
  /** Notion answered something else than a pause or a refusal of the token. */
  pauseEnded(): void;
  budget(): NotionBudget;
};

/** Requests that Notion allows in 60 seconds (reference/notion-api §4), and the share that Milepost uses (design §5). */
const requestsPerMinute: Readonly<Record<NotionPlan, number>> = { plus: 180, business: 600 };
const usedShare = 0.8;

/** `leaves` requests of the limit stay untouched; the lane itself takes at most `share` of it (design §5). */
const laneRules: Readonly<Record<Lane, { readonly leaves: number; readonly share: number }>> = {
  verdict: { leaves: 0, share: 1 },
  pull: { leaves: 12, share: 1 },
  bulk: { leaves: 30, share: 0.5 },
};

const windowSeconds = 60;
const probeEvery = 60_000;
const refusedToken = "unauthorized";

/**
 * The request budget of one token. Counts in one-second buckets and counts a bucket for as long as any instant of it
 * can lie in the last 60 s, so that no window of 60 s, wherever it begins, holds more than the limit.
 */
export const createThrottle = (options: {
  readonly store: ThrottleStore;
  readonly clock: Clock;
  readonly plan: NotionPlan;
}): Throttle => {
  const { store, clock } = options;
  const limit = Math.floor(requestsPerMinute[options.plan] * usedShare);
  let state = store.load() ?? unused(clock.now());
  const keep = (next: ThrottleState): void => {
    state = next;
    store.save(state);
  };
  const stateAt = (now: number): ThrottleState => {
    const current = broughtTo(state, now);
    if (now < state.seenAt) keep(current);
    return current;
  };
  const pause = (until: number, reason: string): void => {
    const current = stateAt(clock.now());
    if (current.pausedUntil !== null && current.pausedUntil >= until) return;
    const pausedSince = current.pausedSince ?? current.seenAt;
    keep({ ...current, pausedUntil: until, pauseReason: reason, pausedSince });
  };

  return {
    take(lane) {
      const now = clock.now();
      keep(counting(stateAt(now), lane, limit, now));
    },
    pause,
    tokenRefused: () => pause(clock.now() + probeEvery, refusedToken),
    tokenAccepted() {
      if (state.pauseReason === refusedToken) keep({ ...state, pausedUntil: null, pauseReason: null });
    },
    pauseEnded() {
      if ((state.pausedSince ?? null) !== null) keep({ ...state, pausedSince: null });
    },
    budget: () => budgetOf(stateAt(clock.now()), limit),
  };
};

type Buckets = ThrottleState["buckets"];

const unused = (now: number): ThrottleState => ({
  buckets: [],
  pausedUntil: null,
  pauseReason: null,
  seenAt: now,
});

const budgetOf = (
  { buckets, pausedUntil, pauseReason, pausedSince = null, seenAt }: ThrottleState,
  limit: number,
): NotionBudget => {
  const paused = pausedUntil !== null && seenAt < pausedUntil;
  return {
    used: sum(buckets).total,
    limit,
    pausedUntil: paused ? pausedUntil : null,
    reason: paused || pauseReason === refusedToken ? pauseReason : null,
    pausedSince,
  };
};

/** The state after one more request, or the error that says from when on it may be made. */
const counting = (state: ThrottleState, lane: Lane, limit: number, now: number): ThrottleState => {
  const { pausedUntil, pauseReason } = state;
  if (pausedUntil !== null && now < pausedUntil)
    throw new NotionError("notion_throttled", `${lane}: ${pauseReason}`, { retryAt: pausedUntil });
  const freeAt = freeFrom(state, lane, limit);
  if (freeAt !== null) throw new NotionError("notion_throttled", `${lane}: budget`, { retryAt: freeAt });
  const probing = pauseReason === refusedToken;
  return {
    ...state,
    buckets: counted(state.buckets, Math.floor(now / 1000), lane),
    pausedUntil: probing ? now + probeEvery : null,
    pauseReason: probing ? refusedToken : null,
  };
};

/** The state at `now`. After a jump back of the clock a pause keeps its length and no request lies in the future. */
const broughtTo = (state: ThrottleState, now: number): ThrottleState => {
  const jumpedBack = Math.max(0, state.seenAt - now);
  const second = Math.floor(now / 1000);
  return {
    buckets: state.buckets
      .map((bucket) => (bucket.second > second ? { ...bucket, second } : bucket))
      .filter((bucket) => bucket.second >= second - windowSeconds),
    pausedUntil: state.pausedUntil === null ? null : state.pausedUntil - jumpedBack,
    pauseReason: state.pauseReason,
    pausedSince: (state.pausedSince ?? null) && Number(state.pausedSince) - jumpedBack,
    seenAt: now,
  };
};

/** When `lane` may take a request: null for now, else the time at which enough old ones have left the window. */
const freeFrom = (state: ThrottleState, lane: Lane, limit: number): number | null => {
  const rule = laneRules[lane];
  const fits = (buckets: Buckets): boolean => {
    const used = sum(buckets);
    const own = lane === "bulk" ? used.bulk : used.total;
    return used.total < limit - rule.leaves && own < Math.floor(limit * rule.share);
  };
  const waiting = [...state.buckets];
  let freeAt: number | null = null;
  while (!fits(waiting)) {
    const oldest = waiting.shift();
    if (oldest) freeAt = (oldest.second + windowSeconds + 1) * 1000;
  }
  return freeAt;
};

const sum = (buckets: Buckets): { total: number; bulk: number } =>
  buckets.reduce((all, one) => ({ total: all.total + one.total, bulk: all.bulk + one.bulk }), {
    total: 0,
    bulk: 0,
  });

const counted = (buckets: Buckets, second: number, lane: Lane): Buckets => {
  const bulk = lane === "bulk" ? 1 : 0;
  const last = buckets.at(-1);
  return last?.second === second
    ? [...buckets.slice(0, -1), { second, total: last.total + 1, bulk: last.bulk + bulk }]
    : [...buckets, { second, total: 1, bulk }];
};
