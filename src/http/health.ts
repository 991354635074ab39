import { Hono } from "hono";
import { databases } from "../../notion-templates/databases.ts";
import { roundFails } from "../engine/watch.ts";
import type { Clock, Database } from "../ports.ts";
import { actionCounts } from "../store/action-counts.ts";
import { deadLetters } from "../store/dead-letters.ts";
import { dirtyCount } from "../store/dirty.ts";
import { shownHeld } from "../store/held-pages.ts";
import { holds, isHeld } from "../store/holds.ts";
import { unknownIntents } from "../store/intents.ts";
import { counters, getMeta } from "../store/meta.ts";
import { listedDatabases } from "../store/polls.ts";
import { hasProblem, problems, type ReportedProblem } from "../store/problems.ts";
import { isStoreFailure } from "../types/errors.ts";
import type { NotionBudget } from "../types/notion-gateway.ts";
import { createStoreCheck, type StoreProblem } from "./store-check.ts";

/** A loop that has not finished a round for this long is stuck (reliability §6). */
const stuckMs = 10 * 60_000;

/** So long one look at the store answers everybody: it costs a commit, which a flood of questions must not buy. */
const checkedForMs = 1_000;

/** Of a mass change so many pages are shown; its problem says how many there are. */
const shownPages = 100;

export type HealthOptions = {
  readonly database: Database;
  readonly clock: Clock;
  /** When the loop last finished a round (UTC ms), also before a restart; null before the first. */
  readonly lastRound: () => number | null;
  readonly notion: { budget(): NotionBudget; skew(): number | null };
};

/** Liveness, without any dependency: a dependency check here would turn an outage into a restart storm. */
export const health = (): Hono => new Hono().get("/", (c) => c.json({ status: "ok" }));

/**
 * Readiness: the store takes a write and the loop runs. Notion being away is `degraded`, still ready; so is what a restart
 * does not mend.
 */
export const readiness = (options: HealthOptions): Hono => {
  const checkStore = createStoreCheck(options.database, options.clock);
  let last = { at: Number.NEGATIVE_INFINITY, fails: false };
  const storeFails = (): boolean => {
    const at = options.clock.now();
    if (Math.abs(at - last.at) >= checkedForMs) last = { at, fails: checkStore() !== null };
    return last.fails;
  };
  return new Hono().get("/", (c) => {
    // What a store that fails says of the loop cannot be trusted, or cannot be read.
    const failing = storeFails() ? ["store"] : loopRuns(options) ? [] : ["loop"];
    if (failing.length > 0) return c.json({ status: "failing", failing }, 503);
    return c.json({ status: isDegraded(options) ? "degraded" : "ok", failing });
  });
};

const isDegraded = ({ notion, database }: HealthOptions): boolean =>
  notion.budget().pausedUntil !== null || hasProblem(database, "notion_unknown") || roundFails(database);

const loopRuns = ({ lastRound, clock }: HealthOptions): boolean => {
  const last = lastRound();
  return last !== null && clock.now() - last < stuckMs;
};

const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());

/** What a person needs at night: what is wrong, since when, where, and what to do about it. */
export const status = (options: HealthOptions): Hono => {
  const checkStore = createStoreCheck(options.database, options.clock);
  return new Hono().get("/", (c) => {
    const failing = checkStore();
    const [time, first] = [iso(options.clock.now()), failing ? [failing] : []];
    const shown = (found: readonly (StoreProblem | ReportedProblem)[]) =>
      found.map((problem) => ({ ...problem, since: iso(problem.since) }));
    try {
      return c.json({
        time,
        problems: shown([...first, ...problems(options.database)]),
        ...detailsOf(options),
      });
    } catch (error) {
      // A damaged file may not even be read.
      if (!failing || !isStoreFailure(error)) throw error;
      return c.json({ time, problems: shown(first) }, 503);
    }
  });
};

const detailsOf = ({ database, notion, lastRound }: HealthOptions) => {
  const listed = listedDatabases(database);
  const dirty = dirtyCount(database);
  const budget = notion.budget();
  return {
    workspace_id: getMeta(database, "workspace_id"),
    first_listing: {
      listed: listed.length,
      waiting: Object.keys(databases).filter((key) => !listed.includes(key)),
    },
    waiting_to_be_read: { pages: dirty.count, oldest: iso(dirty.oldest) },
    writes_with_unknown_outcome: unknownIntents(database),
    holds: holds.filter((hold) => isHeld(database, hold)),
    held_pages: shownHeld(database, shownPages),
    dead_letters: deadLetters(database).map(({ deadAt, ...letter }) => ({ ...letter, dead_at: iso(deadAt) })),
    actions: actionCounts(database),
    notion: {
      ...{ ...budget, pausedUntil: iso(budget.pausedUntil), pausedSince: iso(budget.pausedSince) },
      skew_ms: notion.skew(),
    },
    loop: { last_round: iso(lastRound()) },
    counters: counters(database),
    webhook_handshake: getMeta(database, "webhook_handshake"),
  };
};
