import type { Database } from "../ports.ts";
import { crowdedDatabase, markDirty, nextDirty, noteListing, retryDirty } from "../store/dirty.ts";
import { getMeta, type MetaKey, setMeta } from "../store/meta.ts";
import { databaseOf, editedSince, readSince, staleIds } from "../store/pages.ts";
import { findPoll, nextPoll, type Poll, savePoll, unfinishedPoll } from "../store/polls.ts";
import { poll } from "../sync/poll.ts";
import type { DatabaseKey } from "../types/schema.ts";
import { firstSightRules } from "./arming.ts";
import type { EngineContext } from "./context.ts";
import { checkOffice } from "./load.ts";
import { observe } from "./observe.ts";
import { onPage, type Source, type Work } from "./step.ts";
import { valueTrouble } from "./value-trouble.ts";

/** Every live page is read directly at least this often (design §5: rolling sweep), as far as its share of the budget goes. */
const sweepMs = 24 * 3_600_000;
const sweepShare = 0.1;

/** A listing must save this many requests, for it reads rows that nobody asked for and may leave some to be read again. */
const worthSaving = 4;

/** How long the events about a busy database are gathered, so that one listing reads what all of them tell of. */
const gatherMs = 10_000;

/** When a database was listed because many of its pages were marked. */
const listedTogether = (key: DatabaseKey): MetaKey => `listed_together.${key}`;

/**
 * From when on a page that an event tells of is to be read: at once, or with the others of its database where the last ones
 * came thick and fast. Null where the page is not known. What it has found out about a database holds for as long as
 * nothing is read, so for the events of one transaction.
 */
export const readableFrom = (database: Database, now: number): ((pageId: string) => number | null) => {
  const found = new Map<DatabaseKey, number>();
  const isBusy = (key: DatabaseKey): boolean =>
    Math.abs(now - Number(getMeta(database, listedTogether(key)))) < gatherMs ||
    readSince(database, key, now - gatherMs, worthSaving) >= worthSaving;
  const gathered = (key: DatabaseKey): number => (isBusy(key) ? Math.ceil(now / gatherMs) * gatherMs : now);
  return (pageId) => {
    const key = databaseOf(database, pageId);
    if (key === null) return null;
    const known = found.get(key) ?? gathered(key);
    found.set(key, known);
    return known;
  };
};

/** Reads marked pages one by one; with `urgent` only those that a webhook or a verdict waits for. */
export const reads =
  (urgent: boolean): Source =>
  (context, now) => {
    const page = nextDirty(context.database, now, urgent);
    if (!page) return null;
    const defer = (until: number) => retryDirty(context.database, page.pageId, until);
    return {
      name: "read",
      ...onPage(page.pageId),
      lane: urgent ? "verdict" : "pull",
      run: () => observe(context, page),
      defer,
    };
  };

const pollOf = (context: EngineContext, due: Poll): Work => {
  const run = async () => {
    await poll(context, due, context.pollSeconds * 1000, firstSightRules(context).isNew);
    if (due.database === "office") checkOffice(context);
    // A look at every project; once a minute is soon enough for what nobody waits for.
    if (due.database === "projects") valueTrouble(context);
  };
  const defer = (until: number) => savePoll(context.database, { ...due, dueAt: until });
  const place = { subject: due.database, pageId: null, database: due.database };
  return { name: "poll", ...place, lane: "pull", run, defer };
};

/** Asks each database for its news in turn. */
export const polls: Source = (context, now) => {
  const due = unfinishedPoll(context.database, now) ?? nextPoll(context.database, now);
  return due && pollOf(context, due);
};

/** Lists a database at once where that costs fewer requests than reading its marked pages one by one (design §5). */
export const together: Source = (context, now) => {
  const crowded = crowdedDatabase(context.database, now);
  if (crowded === null || crowded.count <= worthSaving) return null;
  const due = findPoll(context.database, crowded.database);
  if (!due?.complete) return null;
  const requests = Math.ceil(editedSince(context.database, crowded.database, due.watermark) / 100);
  if (crowded.count - requests < worthSaving) return null;
  const work = pollOf(context, due);
  // Asked again at once it would fail again, and use up the budget that the pages' own reads need.
  const defer = (until: number): void => {
    work.defer(until);
    noteListing(context.database, due.database);
  };
  const run = (): Promise<void> => {
    setMeta(context.database, listedTogether(due.database), String(now));
    return work.run();
  };
  return { ...work, run, defer };
};

/** Once a minute the pages that were not read directly for longest are marked. */
export const sweep: Source = (context, now) => {
  if (Number(getMeta(context.database, "sweep_due") ?? 0) > now) return null;
  const run = async () => {
    const pages = Math.floor(context.notion.budget().limit * sweepShare);
    for (const pageId of staleIds(context.database, now - sweepMs, pages))
      markDirty(context.database, { pageId, urgent: false, author: null }, now);
    setMeta(context.database, "sweep_due", String(now + 60_000));
  };
  const defer = (until: number) => setMeta(context.database, "sweep_due", String(until));
  const place = { subject: "sweep", pageId: null, database: null };
  return { name: "sweep", ...place, lane: null, run, defer };
};
