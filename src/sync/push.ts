import { holdDirty } from "../store/dirty.ts";
import { touchedSince } from "../store/history.ts";
import { clearIntent, saveIntent } from "../store/intents.ts";
import { nextSequence } from "../store/meta.ts";
import { deferWrite, type MirrorPage, outgoing, setOutgoing, type Values } from "../store/pages.ts";
import { clearWriteProblems, raiseProblem } from "../store/problems.ts";
import { closeWindows, dropWindows, openWindow, type WindowProperty } from "../store/write-windows.ts";
import { NotionError, problemDetail } from "../types/errors.ts";
import type { Lane } from "../types/notion-gateway.ts";
import { settleTime } from "../types/settle.ts";
import { sameValue } from "../types/values.ts";
import { confirmWrite } from "./confirm-write.ts";
import { type BoundDatabase, boundDatabase, type SyncContext } from "./context.ts";
import { pendingWrites } from "./merge-page.ts";
import { pullPage } from "./pull.ts";
import { quarantineOf } from "./quarantine.ts";
import { readRow, toWrites } from "./row.ts";
import { readAgain, waitsForOutcome } from "./wait-for-outcome.ts";

/** How long a page of a database that is not bound rests. */
const unboundMs = 60_000;

/**
 * How long a page rests at least after Notion was saving something else, or showed it no more; up to twice as long, so that
 * two programs that write the same page do not meet again (reliability F4).
 */
const conflictMs = 10_000;

/** How long a page rests after Notion refused a write as invalid. */
const refusedMs = 15 * 60_000;

/**
 * Writes a page's pending values by the write protocol of reliability §2.1: intent, read again, request, confirm.
 * What Notion shows now and the plan did not know goes back through the merge instead.
 * @throws NotionError `notion_throttled` with nothing changed
 */
export const push = async (context: SyncContext, page: MirrorPage): Promise<void> => {
  const bound = boundDatabase(context, page.database);
  if (!bound) return deferWrite(context.database, page.pageId, context.clock.now() + unboundMs);
  const lane: Lane = page.outgoing === outgoing.verdict ? "verdict" : "bulk";
  const planned = page.remote ?? page.base;
  const writes = mayBeWritten(context, bound, pendingWrites(bound.template, page, planned));
  if (Object.keys(writes).length === 0) return nothingToWrite(context, page.pageId);
  if (waitsForOutcome(context, page.pageId, lane === "verdict")) return;
  const intent = { pageId: page.pageId, writes, plannedRemote: planned, at: context.clock.now() };
  context.database.transaction(() => saveIntent(context.database, { ...intent, state: "planned" }));
  const readAt = notionNow(context);
  if (!(await unchanged(context, bound, page, planned, lane))) return;
  context.database.transaction(() => {
    saveIntent(context.database, { ...intent, state: "unknown" });
    openWindow(context.database, page.pageId, windowsOf(context, bound, page, writes, planned), readAt);
  });
  try {
    const sequence = nextSequence(context.database);
    const answer = await context.notion[lane].updatePage(
      page.pageId,
      toWrites(bound.template, bound.binding, writes),
    );
    context.database.transaction(() => {
      confirmWrite(context, bound, page.pageId, writes, answer, sequence);
      closeWindows(context.database, page.pageId, notionNow(context));
    });
  } catch (error) {
    if (!(error instanceof NotionError)) throw error;
    context.database.transaction(() => failed(context, page.pageId, lane === "verdict", error));
    if (error.code === "notion_throttled" || error.code === "notion_unauthorized") throw error;
  }
};

/** What Notion refused before is not asked for any more: what is left waits for something else, which is named itself. */
const nothingToWrite = ({ database }: SyncContext, pageId: string): void =>
  database.transaction(() => {
    setOutgoing(database, pageId, outgoing.none);
    clearWriteProblems(database, pageId);
  });

/** What is quarantined keeps its value here until it is mended. */
const mayBeWritten = ({ database }: SyncContext, { key }: BoundDatabase, writes: Values): Values => {
  const broken = quarantineOf(database).properties(key);
  return Object.fromEntries(Object.entries(writes).filter(([property]) => !broken.has(property)));
};

const notionNow = ({ clock, notion }: SyncContext): number => clock.now() + (notion.skew() ?? 0);

/** Notion joins the changes of about five minutes into one event. */
const joinedMs = 6 * 60_000;

/**
 * The properties about to be written, with whether people are known to have changed them just before. A `service` property
 * counts as such: an event that joins our write with a person's edit of the page names it, whoever changed it.
 */
const windowsOf = (
  { database, clock }: SyncContext,
  bound: BoundDatabase,
  page: MirrorPage,
  writes: Values,
  planned: Values,
): WindowProperty[] =>
  Object.keys(writes).map((key) => ({
    propertyId: bound.binding.properties[key]?.propertyId ?? "",
    contested:
      bound.template.properties[key]?.owner === "service" ||
      !sameValue(page.base[key] ?? null, planned[key] ?? null) ||
      touchedSince(database, page.pageId, key, clock.now() - joinedMs),
  }));

/** Step 2: whether the page still shows what the plan knew. If not, the intent is dropped and the page goes back to the merge. */
const unchanged = async (
  context: SyncContext,
  bound: BoundDatabase,
  page: MirrorPage,
  planned: Values,
  lane: Lane,
): Promise<boolean> => {
  try {
    const seen = await pullPage(context, page.pageId, lane);
    const row = readRow(bound.template, bound.binding, seen);
    const same =
      !seen.inTrash &&
      Object.entries(row.values).every(([key, value]) => sameValue(value, planned[key] ?? null));
    if (same) return true;
  } catch (error) {
    if (!(error instanceof NotionError)) throw error;
    context.database.transaction(() => clearIntent(context.database, page.pageId));
    // Any other failure is the reading's to repeat, and to tell.
    if (error.code === "notion_throttled" || error.code === "notion_unauthorized") throw error;
  }
  context.database.transaction(() => {
    clearIntent(context.database, page.pageId);
    readAgain(context, page.pageId, page.outgoing === outgoing.verdict);
  });
  return false;
};

/** Until then the write may still land. */
const settleOutcome = (context: SyncContext, pageId: string, ms: number): void => {
  holdDirty(context.database, pageId, context.clock.now() + ms);
  closeWindows(context.database, pageId, notionNow(context) + ms);
};

/** A definite refusal clears the intent; an outcome that is not known keeps it until the page was read (reliability §2.1). */
const failed = (context: SyncContext, pageId: string, urgent: boolean, error: NotionError): void => {
  const now = context.clock.now();
  if (error.code !== "notion_unknown") {
    clearIntent(context.database, pageId);
    dropWindows(context.database, pageId);
  }
  switch (error.code) {
    case "notion_unknown":
      readAgain(context, pageId, urgent);
      settleOutcome(context, pageId, settleTime(error));
      return;
    case "notion_conflict":
    case "notion_not_found":
      readAgain(context, pageId, urgent);
      deferWrite(context.database, pageId, now + Math.round(conflictMs * (1 + context.random())));
      return;
    case "notion_refused":
    case "notion_forbidden":
      raiseProblem(
        context.database,
        { code: error.code, pageId, database: null, property: null, detail: problemDetail(error) },
        now,
      );
      readAgain(context, pageId, false);
      deferWrite(context.database, pageId, now + refusedMs);
      return;
    case "notion_throttled":
    case "notion_unauthorized":
      return;
  }
};
