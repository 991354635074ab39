import { brokenOn } from "../store/broken-parts.ts";
import { isMarked } from "../store/dirty.ts";
import { findHeld } from "../store/held-pages.ts";
import { addJournal } from "../store/history.ts";
import { getMeta, setMeta } from "../store/meta.ts";
import { findPage, type MirrorPage, outgoing, savePage, type Values } from "../store/pages.ts";
import type { Actor } from "../types/loop.ts";
import type { PageObservation } from "../types/notion.ts";
import { sameValue } from "../types/values.ts";
import { raiseBroken } from "./broken.ts";
import type { BoundDatabase, SyncContext } from "./context.ts";
import { importOwn } from "./import-own.ts";
import { markRecordsOf } from "./records.ts";
import { isRewritten } from "./rewritten.ts";
import { type ObservedRow, readRow, relationsOf } from "./row.ts";
import { addFirst, trackChange } from "./tracked.ts";

/**
 * Takes one row of a query into the mirror; runs inside a transaction. A row may lag behind a direct read, so it moves
 * `team` values only (design §5); true where the page has to be read directly. A page older than the process, and one
 * without workflow columns, is mirrored from its row as it is: the first sync costs one request a hundred rows.
 */
export const takeListedRow = (
  context: SyncContext,
  bound: BoundDatabase,
  observation: PageObservation,
  isNew: (createdTime: number) => boolean,
): boolean => {
  const row = readRow(bound.template, bound.binding, observation);
  const hash = JSON.stringify([observation.inTrash, row.values, row.broken]);
  const page = findPage(context.database, observation.pageId);
  if (page !== null && page.database !== bound.key) return true;
  const held = page && findHeld(context.database, page.pageId);
  if (page?.state === "live" && isRewritten(page, row.values)) return held?.change !== "rewritten";
  if (held) return true;
  if (page?.listedHash === hash && page.state === "live") return false;
  if (page === null) {
    importOwn(context, observation, row.values);
    if ((isNew(observation.createdTime) && hasGates(bound)) || row.cut.length > 0) return true;
    mirrorFirst(context, bound, observation, row, hash);
    return false;
  }
  const changed = differing(bound, page, row);
  const newer = observation.lastEditedTime > page.lastEditedTime;
  if (changed.length > 0 && newer) noteUnannounced(context, observation);
  const teamOnly = changed.every(
    (key) => bound.template.properties[key]?.owner === "team" && !row.cut.includes(key),
  );
  if (page.state === "live" && newer && teamOnly)
    adopt(context, bound, observation, page, row, changed, hash);
  else savePage(context.database, { ...page, listedHash: hash }, relationsOf(bound.template, page.local));
  if (page.state !== "live" || isBrokenAnew(context, page, row)) return true;
  return changed.length > 0 && !(newer && teamOnly);
};

/** What is broken already is named already: reading the page again and again would keep a request on it from being judged. */
const isBrokenAnew = (
  { database }: SyncContext,
  { pageId }: MirrorPage,
  { broken }: ObservedRow,
): boolean => {
  const named = brokenOn(database, pageId);
  return named.length !== broken.length || broken.some((property) => !named.includes(property));
};

/** Remembers since when polling finds people's edits that no webhook told of; every event ends it (reliability W8). */
const noteUnannounced = ({ database, clock, botId }: SyncContext, seen: PageObservation): void => {
  if (seen.lastEditedBy === botId() || isMarked(database, seen.pageId)) return;
  if (getMeta(database, "unannounced_since") === null)
    setMeta(database, "unannounced_since", String(clock.now()));
};

/** Only a workflow column can hold something that a new page must not claim (design §6). */
const hasGates = ({ template }: BoundDatabase): boolean =>
  Object.values(template.properties).some(({ owner }) => owner === "gate");

/** Keys whose listed value is not ours, cut lists aside where what is shown is part of ours. */
const differing = (bound: BoundDatabase, page: MirrorPage, row: ObservedRow): string[] =>
  Object.keys(bound.template.properties).filter((key) => {
    const listed = row.values[key];
    if (listed === undefined) return false;
    if (!row.cut.includes(key)) return !sameValue(listed, page.local[key] ?? null);
    const ours = new Set(page.local[key] as readonly string[]);
    return !(listed as readonly string[]).every((id) => ours.has(id));
  });

const mirrorFirst = (
  context: SyncContext,
  bound: BoundDatabase,
  seen: PageObservation,
  row: ObservedRow,
  hash: string,
): void => {
  const { pageId, createdTime, lastEditedTime, lastEditedBy, url } = seen;
  const page: MirrorPage = {
    ...{ pageId, createdTime, lastEditedTime, lastEditedBy, url },
    ...{ database: bound.key, state: "live", base: row.values, local: row.values, remote: null },
    ...{
      readSequence: 0,
      readAt: context.clock.now(),
      listedHash: hash,
      judged: {},
      outgoing: outgoing.none,
      writeAfter: 0,
    },
  };
  savePage(context.database, page, relationsOf(bound.template, page.local));
  addFirst(context, bound, page, { kind: "old" });
  addJournal(
    context.database,
    {
      pageId,
      property: null,
      kind: "first_seen",
      from: null,
      to: null,
      actor: { kind: "unknown" },
      rule: null,
    },
    context.clock.now(),
  );
  raiseBroken(context, bound, pageId, row.broken);
  markRecordsOf(context, bound.key, pageId, [page.local]);
};

const adopt = (
  context: SyncContext,
  bound: BoundDatabase,
  seen: PageObservation,
  page: MirrorPage,
  row: ObservedRow,
  changed: readonly string[],
  hash: string,
): void => {
  const news: Values = Object.fromEntries(changed.map((key) => [key, row.values[key] ?? null]));
  const local = { ...page.local, ...news };
  const { lastEditedTime, lastEditedBy } = seen;
  const after: MirrorPage = {
    ...{ ...page, local, lastEditedTime, lastEditedBy, listedHash: hash },
    ...{ base: { ...page.base, ...news }, remote: page.remote === null ? null : { ...page.remote, ...news } },
  };
  savePage(context.database, after, relationsOf(bound.template, local));
  const actor: Actor =
    lastEditedBy === context.botId() ? { kind: "service" } : { kind: "person", id: lastEditedBy };
  for (const [property, to] of Object.entries(news)) {
    const from = page.local[property] ?? null;
    const entry = { pageId: page.pageId, property, kind: "adopted" as const, from, to, actor, rule: null };
    addJournal(context.database, entry, context.clock.now());
    trackChange(context, bound, after, property, from, actor);
  }
  if (changed.length > 0) markRecordsOf(context, bound.key, page.pageId, [page.local, local]);
};
