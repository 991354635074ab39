import type { Database } from "../../../ports.ts";
import { minuteMs } from "../time.ts";
import { rateLimited } from "./errors.ts";

/** Requests that each token may make in its window. Documented: notion-api §4. */
const requestsPerWindow = { plus: 180, business: 600 } as const;

type Window = { key: string; reason: string; lengthMs: number; limit: number };

/**
 * The windows that a request counts in. The token's is documented. The workspace's is documented to exist, to be shared
 * by all connections and to make one wait for more than a minute; its size and length are assumed.
 */
const windowsOf = (actorId: string, perToken: number): readonly Window[] => [
  { key: actorId, reason: "public_api_request_rate_limit", lengthMs: minuteMs, limit: perToken },
  {
    key: "workspace",
    reason: "public_api_space_request_rate_limit",
    lengthMs: 2 * minuteMs,
    limit: 6 * perToken,
  },
];

export type Limiter = {
  /** Counts a request; throws rate_limited, and counts nothing, where a window is full. */
  take(actorId: string, cost: number, now: number): void;
};

const upsert = `INSERT INTO windows (actor_id, started_at, used) VALUES (?, ?, ?)
  ON CONFLICT (actor_id) DO UPDATE SET started_at = excluded.started_at, used = excluded.used`;

/** Fixed windows, kept in the database so that a restart does not open new ones. */
export const createLimiter = (
  database: Database,
  plan: keyof typeof requestsPerWindow,
  scale: number,
): Limiter => {
  const perToken = requestsPerWindow[plan] * scale;
  const counted = ({ key, reason, lengthMs, limit }: Window, cost: number, now: number) => {
    const [row] = database.exec("SELECT started_at, used FROM windows WHERE actor_id = ?", key);
    const isOpen = row !== undefined && now - Number(row.started_at) < lengthMs;
    const startedAt = isOpen ? Number(row.started_at) : now;
    const used = (isOpen ? Number(row.used) : 0) + cost;
    if (used > limit) throw rateLimited(Math.ceil((startedAt + lengthMs - now) / 1000), reason);
    return { key, startedAt, used };
  };
  return {
    take(actorId, cost, now) {
      const windows = windowsOf(actorId, perToken).map((window) => counted(window, cost, now));
      for (const { key, startedAt, used } of windows) database.exec(upsert, key, startedAt, used);
    },
  };
};
