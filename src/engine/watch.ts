import { getMeta } from "../store/meta.ts";
import { clearProblem, raiseProblem } from "../store/problems.ts";
import type { ErrorCode } from "../types/errors.ts";
import type { EngineContext } from "./context.ts";

/** Beyond this difference between our clock and Notion's nothing is done for its time alone (design §6). */
const skewMs = 2 * 60_000;

/** Notion delivers an event within five minutes (reliability §7). */
const silenceMs = 10 * 60_000;

/** Whether our clock and Notion's `Date` header agree, so that what is due by the clock may be done. */
export const clockAgrees = ({ notion }: EngineContext): boolean => Math.abs(notion.skew() ?? 0) <= skewMs;

/** Names in /status a clock that is wrong and webhooks that stay away, until they are mended. */
export const watch = (context: EngineContext): void => {
  const { database, clock } = context;
  const now = clock.now();
  const name = (code: ErrorCode, wrong: boolean, detail: string): void => {
    if (wrong) raiseProblem(database, { code, pageId: null, database: null, property: null, detail }, now);
    else clearProblem(database, code);
  };
  const seconds = Math.round((context.notion.skew() ?? 0) / 1000);
  name("clock_skewed", !clockAgrees(context), `Notion's clock is ${seconds} s ahead of ours`);
  const since = Number(getMeta(database, "unannounced_since") ?? now);
  const silent = context.expectsWebhooks && now - since >= silenceMs;
  name("webhook_silent", silent, `since ${new Date(since).toISOString()}`);
};
