import { endFailures } from "../store/dead-letters.ts";
import { setMeta } from "../store/meta.ts";
import { clearStepProblem, raiseStepProblem } from "../store/problems.ts";
import { hasOverdue, nextDue } from "../store/wake.ts";
import { isStoreFailure, NotionError, problemDetail } from "../types/errors.ts";
import type { Lane } from "../types/notion-gateway.ts";
import type { EngineContext } from "./context.ts";
import { countFailure } from "./dead-letters.ts";
import type { Work } from "./step.ts";
import { followClock } from "./watch.ts";
import { nextWork } from "./work.ts";

/** Lanes that have to wait when a lane's budget is used up: the ones that may use no more than it. */
const blockedWith: Readonly<Record<Lane, readonly Lane[]>> = {
  verdict: ["verdict", "pull", "bulk"],
  pull: ["pull", "bulk"],
  bulk: ["bulk"],
};

/** How long a step stands aside after an error that nobody foresaw. */
const bugPauseMs = 60_000;

/** A round gives way to requests, signals and timers at the latest after this much time. */
const sliceMs = 200;

/**
 * Runs the loop until nothing is left to do now, or its slice of time is over: observe, decide, act, one step at a time.
 * Never sleeps.
 * @returns when to run again (UTC ms), null where nothing is planned
 */
export const tick = async (context: EngineContext): Promise<number | null> => {
  followClock(context);
  const due = await runDue(context);
  setMeta(context.database, "last_round", String(context.clock.now()));
  return due;
};

const runDue = async (context: EngineContext): Promise<number | null> => {
  const startedAt = context.clock.now();
  const blocked = new Set<Lane>();
  let resumeAt: number | null = null;
  for (;;) {
    const now = context.clock.now();
    if (now - startedAt > sliceMs) return now;
    const work = nextWork(context, now, blocked);
    if (!work) return nextRound(context, now, resumeAt);
    try {
      await work.run();
      clearStepProblem(context.database, work.name, work.subject);
      endFailures(context.database, work.name, work.subject);
    } catch (error) {
      // Nothing can be noted either; the round comes again as a whole.
      if (isStoreFailure(error)) throw error;
      const pause = pauseOf(error, now);
      if (pause === null || work.lane === null) {
        standAside(context, work, error);
        continue;
      }
      for (const lane of blockedWith[work.lane]) blocked.add(lane);
      resumeAt = Math.min(resumeAt ?? pause, pause);
    }
  }
};

/**
 * What is overdue only waits for the budget; what falls due later may need none of it. `now` is the time at which no work
 * was left: what has fallen due since then was not looked at.
 */
const nextRound = (context: EngineContext, now: number, resumeAt: number | null): number | null => {
  const times = [nextDue(context.database, now), resumeAt].filter((time) => time !== null);
  if (times.length > 0) return Math.min(...times);
  return hasOverdue(context.database, now) ? now + bugPauseMs : null;
};

/** When a pause of the whole connection ends; null for every other error. */
const pauseOf = (error: unknown, now: number): number | null => {
  if (!(error instanceof NotionError)) return null;
  if (error.code !== "notion_throttled" && error.code !== "notion_unauthorized") return null;
  return error.retryAt ?? now + 60_000;
};

/** One failing page or project never stops the others: it is named in /status and tried again later. */
const standAside = (context: EngineContext, work: Work, error: unknown): void => {
  const now = context.clock.now();
  const traceId = context.newId();
  const code = error instanceof NotionError ? error.code : "internal_error";
  const stack = error instanceof Error ? error.stack : undefined;
  context.log.error("loop.failed", {
    step_kind: work.name,
    subject_id: work.subject,
    code,
    trace_id: traceId,
    stack,
  });
  context.database.transaction(() => {
    work.defer(now + bugPauseMs);
    const isDead = countFailure(context, work, error, traceId);
    const { name, subject, pageId, database } = work;
    const isForbidden = error instanceof NotionError && error.code === "notion_forbidden" && !isDead;
    const detail = isForbidden ? problemDetail(error) : `${name}, trace ${traceId}`;
    raiseStepProblem(
      context.database,
      name,
      subject,
      { code: isDead ? "dead_letter" : code, pageId, database, property: null, detail },
      now,
    );
  });
};
