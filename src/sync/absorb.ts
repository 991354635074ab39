import { addJournal } from "../store/history.ts";
import { clearIntent, findIntent } from "../store/intents.ts";
import { findPage, type MirrorPage, savePage } from "../store/pages.ts";
import { clearPageProblems } from "../store/problems.ts";
import type { Actor } from "../types/loop.ts";
import type { PageObservation } from "../types/notion.ts";
import type { PropertyTemplate } from "../types/schema.ts";
import { raiseBroken } from "./broken.ts";
import type { BoundDatabase, SyncContext } from "./context.ts";
import { keepsBack } from "./guard.ts";
import { importOwn } from "./import-own.ts";
import {
  firstSight,
  type GateRequest,
  type MergedPage,
  mergePage,
  outgoingLevel,
  type PageEvent,
  pendingWrites,
} from "./merge-page.ts";
import { listReferring } from "./poll.ts";
import { markRecordsOf } from "./records.ts";
import { type ObservedRow, readRow, relationsOf } from "./row.ts";
import { tellOfDrift } from "./tell-drift.ts";
import { addFirst, trackChange } from "./tracked.ts";

const service = { kind: "service" } as const;

/** What decides how a page that is seen for the first time is taken (design §6). */
export type FirstSightRules = {
  readonly isNew: (createdTime: number) => boolean;
  readonly initialOf: (key: string, property: PropertyTemplate) => string | null;
};

/** One direct read: what was seen, its place in the order of reads, and who made the change as far as that is known. */
export type DirectRead = { readonly seen: PageObservation; readonly sequence: number; readonly actor: Actor };

/**
 * Merges a direct read into the mirror; runs inside a transaction. Requests in gate columns are returned unjudged and
 * nothing of them is accepted or put back here. An older read than the last one is ignored, and one that shows the page
 * rewritten is kept back until its pass has ended.
 */
export const absorb = (
  context: SyncContext,
  bound: BoundDatabase,
  read: DirectRead,
  rules: FirstSightRules,
): readonly GateRequest[] => {
  const { database } = context;
  const { pageId } = read.seen;
  const row = readRow(bound.template, bound.binding, read.seen);
  const found = findPage(database, pageId);
  if (found && found.readSequence > read.sequence) return [];
  // A page that was moved here from another database begins anew, and leaves the records it was part of.
  const known = found?.database === bound.key ? found : null;
  if (known && keepsBack(context, known, row.values, read.actor)) return [];
  if (found && !known) markRecordsOf(context, found.database, pageId, [found.local]);
  const since = rules.isNew(read.seen.createdTime);
  const isOurs = read.seen.createdBy === context.botId();
  const isNew = since && !isOurs;
  const merged = known
    ? mergePage(bound.template, known, row, findIntent(database, pageId))
    : firstSight(bound.template, bound.binding, row, isNew, rules.initialOf);
  const page = mirrored(context, bound, read, known, row, merged);
  savePage(database, page, relationsOf(bound.template, page.local));
  clearIntent(database, pageId);
  if (known && known.state !== "live") listReferring(context, bound.key);
  if (known?.state === "unreachable") clearPageProblems(database, pageId, "notion_forbidden");
  if (!known) {
    const by = isOurs ? service : read.actor;
    addFirst(context, bound, page, since ? { kind: "new", by } : { kind: "old" });
    importOwn(context, read.seen, row.values);
  }
  const events = [...lifeEvents(known), ...merged.events];
  keepEvents(context, bound, page, events, read.actor);
  const isMended = raiseBroken(context, bound, pageId, row.broken);
  if (events.length > 0 || isMended) {
    markRecordsOf(context, bound.key, pageId, known ? [known.local, page.local] : [page.local]);
  }
  return merged.requests;
};

const keepEvents = (
  context: SyncContext,
  bound: BoundDatabase,
  page: MirrorPage,
  events: readonly PageEvent[],
  by: Actor,
): void => {
  for (const event of events) {
    const actor: Actor = event.kind === "reasserted" ? service : by;
    const entry = { ...event, pageId: page.pageId, actor, rule: null };
    addJournal(context.database, entry, context.clock.now());
    if (event.property !== null) trackChange(context, bound, page, event.property, event.from, actor);
  }
  if (events.some(({ kind }) => kind === "drift" || kind === "conflict"))
    tellOfDrift(context, bound, page.pageId);
};

const mirrored = (
  context: SyncContext,
  bound: BoundDatabase,
  { seen, sequence }: DirectRead,
  known: MirrorPage | null,
  row: ObservedRow,
  { base, local, judged }: MergedPage,
): MirrorPage => {
  const remote = { ...known?.remote, ...row.values };
  const { pageId, createdTime, lastEditedTime, lastEditedBy, url } = seen;
  return {
    ...{ pageId, createdTime, lastEditedTime, lastEditedBy, url, database: bound.key, state: "live" },
    ...{ base, local, judged, remote, readSequence: sequence, readAt: context.clock.now() },
    // A row that was listed before this read is no news about what came after it.
    listedHash: null,
    outgoing: outgoingLevel(bound.template, pendingWrites(bound.template, { base, local, judged }, remote)),
    writeAfter: known?.writeAfter ?? 0,
  };
};

const lifeEvents = (known: MirrorPage | null): PageEvent[] => {
  if (known?.state === "live") return [];
  return [{ property: null, kind: known ? "restored" : "first_seen", from: null, to: null }];
};
