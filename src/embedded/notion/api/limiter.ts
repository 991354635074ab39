import type { Database } from "../../../ports.ts";
import { minuteMs } from "../time.ts";
import { rateLimited } from "./errors.ts";

/** Requests that each token may make in a window of 60 s (notion-api §4). */
const requestsPerWindow = { plus: 180, business: 600 } as const;

export type Limiter = { take(actorId: string, cost: number, now: number): void };

/** A fixed window per token, kept in the database so that a restart does not open a new one. `take` throws rate_limited. */
export const createLimiter = (
  database: Database,
  plan: keyof typeof requestsPerWindow,
  scale: number,
): Limiter => {
  const limit = requestsPerWindow[plan] * scale;
  return {
    take(actorId, cost, now) {
      const [row] = database.exec("SELECT started_at, used FROM windows WHERE actor_id = ?", actorId);
      const startedAt = Number(row?.started_at ?? 0);
      const isOpen = row !== undefined && now - startedAt < minuteMs;
      const used = isOpen ? Number(row.used) : 0;
      if (used + cost > limit) throw rateLimited(Math.ceil((startedAt + minuteMs - now) / 1000));
      database.exec(
        `INSERT INTO windows (actor_id, started_at, used) VALUES (?, ?, ?)
         ON CONFLICT (actor_id) DO UPDATE SET started_at = excluded.started_at, used = excluded.used`,
        actorId,
        isOpen ? startedAt : now,
        used + cost,
      );
    },
  };
};
