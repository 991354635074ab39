import { clearStepProblem, raiseStepProblem } from "../store/problems.ts";
import { nextDue } from "../store/wake.ts";
import { NotionError } from "../types/errors.ts";
import type { Lane } from "../types/notion.ts";
import type { EngineContext } from "./context.ts";
import { nextWork, type Work } from "./work.ts";

/** Lanes that have to wait when a lane's budget is used up: the ones that may use no more than it. */
const blockedWith: Readonly<Record<Lane, readonly Lane[]>> = {
  verdict: ["verdict", "pull", "bulk"],
  pull: ["pull", "bulk"],
  bulk: ["bulk"],
};

/** How long a step stands aside after an error that nobody foresaw. */
const bugPauseMs = 60_000;

/**
 * Runs the loop until nothing is left to do now: observe, decide, act, one step at a time. Never sleeps.
 * @returns when to run again (UTC ms), null where nothing is planned
 */
export const tick = async (context: EngineContext): Promise<number | null> => {
  const blocked = new Set<Lane>();
  let resumeAt: number | null = null;
  for (;;) {
    const now = context.clock.now();
    const work = nextWork(context, now, blocked);
    if (!work) break;
    try {
      await work.run();
      clearStepProblem(context.database, work.name, work.subject);
    } catch (error) {
      const pause = pauseOf(error, now);
      if (pause === null || work.lane === null) {
        standAside(context, work, error);
        continue;
      }
      for (const lane of blockedWith[work.lane]) blocked.add(lane);
      resumeAt = Math.min(resumeAt ?? pause, pause);
    }
  }
  const due = nextDue(context.database);
  if (due === null || due > context.clock.now())
    return resumeAt === null || due === null ? (due ?? resumeAt) : Math.min(due, resumeAt);
  return resumeAt ?? context.clock.now() + bugPauseMs;
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
    const { name, subject, pageId, database } = work;
    const detail = `${name}, trace ${traceId}`;
    raiseStepProblem(
      context.database,
      name,
      subject,
      { code, pageId, database, property: null, detail },
      now,
    );
  });
};
