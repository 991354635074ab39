import { NotionError } from "../types/errors.ts";
import type { SetupContext } from "./context.ts";

const tries = 6;
const pauses = { throttled: 60_000, unclear: 2_000 } as const;

/**
 * Carries out one step, again after a pause where Notion was throttled or gave no clear answer. `repeated` tells the step
 * that an earlier try may have been carried out: before it creates anything it has to look for it.
 */
export const patiently = async <T>(
  context: SetupContext,
  step: (repeated: boolean) => Promise<T>,
): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await step(attempt > 1);
    } catch (error) {
      if (!(error instanceof NotionError)) throw error;
      const until = resumeAt(error, attempt, context.clock.now());
      if (until === null) throw error;
      context.log.info("setup.waiting", { until });
      await context.wait(until, error);
    }
  }
};

const resumeAt = (error: NotionError, attempt: number, now: number): number | null => {
  if (error.code === "notion_throttled") return error.retryAt ?? now + pauses.throttled;
  const unclear = error.code === "notion_unknown" || error.code === "notion_conflict";
  return unclear && attempt < tries ? now + pauses.unclear * 2 ** (attempt - 1) : null;
};
