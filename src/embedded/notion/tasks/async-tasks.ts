import { notFound } from "../api/errors.ts";
import type { Json, JsonObject } from "../model.ts";
import type { Scope } from "../scope.ts";
import { dayMs, exactTime } from "../time.ts";

const kind = "async_task";

/** How a task goes on the clock, in ms since it was accepted (all assumed; that it is polled: documented, SDK types). */
const stages = [
  { until: 1_000, state: { status: "queued", poll_after_seconds: 1 } },
  { until: 3_000, state: { status: "running", poll_after_seconds: 2 } },
] as const;
const keptMs = dayMs;

type Stored = { name: string; actorId: string; createdAt: number; result: Json };

const show = (id: string, { name, createdAt, result }: Stored, now: number): JsonObject => ({
  object: kind,
  id,
  status_url: `https://api.notion.com/v1/async_tasks/${id}`,
  created_time: exactTime(createdAt),
  operation: { surface: "rest", name },
  ...(stages.find(({ until }) => now - createdAt < until)?.state ?? { status: "succeeded", result }),
});

/**
 * Answers with a task instead of `result`. The work is done in the request's own transaction: what is wrong with it is
 * refused at once, and its effect can be seen before the task says that it succeeded (assumed).
 */
export const acceptTask = (scope: Scope, name: string, result: Json): JsonObject => {
  const id = scope.newId();
  const stored: Stored = { name, actorId: scope.actor.id, createdAt: scope.now, result };
  scope.expiring.put(id, { kind, now: scope.now, expiresAt: scope.now + keptMs, body: stored });
  return show(id, stored, scope.now);
};

/** The state of a task; throws object_not_found for one of somebody else's. */
export const readTask = (scope: Scope, id: string): JsonObject => {
  const stored = scope.expiring.get(id, kind, scope.now) as Stored | undefined;
  if (stored?.actorId !== scope.actor.id) throw notFound("async_task", id);
  return show(id, stored, scope.now);
};
