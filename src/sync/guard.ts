import { databases } from "../../notion-templates/databases.ts";
import { brokenDatabases } from "../store/broken-parts.ts";
import { markDirty, nextDirty } from "../store/dirty.ts";
import {
  dropHeld,
  findHeld,
  type HeldPlace,
  heldPages,
  heldPlaces,
  holdPage,
  lastHeldAt,
  passHeld,
  passSettleMs,
} from "../store/held-pages.ts";
import { endHold, isHeld, setHold } from "../store/holds.ts";
import { getMeta, setMeta } from "../store/meta.ts";
import { findPage, liveCountOf, type MirrorPage, type Values } from "../store/pages.ts";
import { raiseProblem } from "../store/problems.ts";
import { missingCapability, type NotionErrorCode } from "../types/errors.ts";
import type { Actor } from "../types/loop.ts";
import type { SyncContext } from "./context.ts";
import { leave } from "./leave.ts";
import { isRewritten } from "./rewritten.ts";

/** More delivery records than this, and this share of all, are no everyday work (reliability §2.1 Mass guard). */
const limits = { records: 5, gone: 0.1, rewritten: 0.5 } as const;

/**
 * Keeps back that a page has gone until the pass that showed it has ended; runs inside a transaction. False where it was
 * gone already or may go at once: then it has left the mirror.
 */
export const depart = (
  context: SyncContext,
  pageId: string,
  gone: {
    readonly state: "trashed" | "unreachable";
    readonly actor: Actor;
    readonly code: NotionErrorCode | null;
  },
): boolean => {
  const { database, clock } = context;
  const page = findPage(database, pageId);
  if (page?.state !== "live" || subjectsOf({ ...page, projects: projectsOf(page) }).length === 0) {
    leave(context, pageId, gone.state, gone.actor);
    return false;
  }
  const { state: change, actor, code } = gone;
  const found = findHeld(database, pageId);
  holdPage(database, { pageId, change, actor, code, at: clock.now() });
  // Perhaps not the page but its database has gone.
  if (found === null) setMeta(database, "schema_due", String(Math.min(clock.now(), schemaDue(context))));
  return true;
};

const schemaDue = ({ database }: SyncContext): number => Number(getMeta(database, "schema_due") ?? 0);

/** Keeps back a direct read that shows a page rewritten; false where it may be merged. Runs inside a transaction. */
export const keepsBack = (
  { database, clock }: SyncContext,
  page: MirrorPage,
  seen: Values,
  actor: Actor,
): boolean => {
  const isPassed = findHeld(database, page.pageId)?.passed === true;
  if (isPassed || page.state !== "live" || !isRewritten(page, seen)) {
    dropHeld(database, page.pageId);
    return false;
  }
  holdPage(database, { pageId: page.pageId, change: "rewritten", actor, code: null, at: clock.now() });
  return true;
};

/** The delivery records that a page is part of; a contact stands for itself, the office belongs to none. */
const subjectsOf = ({ pageId, database, projects }: Omit<HeldPlace, "change">): readonly string[] => {
  switch (database) {
    case "projects":
    case "contacts":
      return [pageId];
    case "office":
      return [];
    default:
      return projects;
  }
};

const projectsOf = ({ local }: MirrorPage): readonly string[] =>
  (local.project as readonly string[] | null | undefined) ?? [];

/** What the pass has shown, and whether it is too much to be taken in unasked. */
type Pass = { readonly pages: number; readonly isMass: boolean; readonly detail: string };

const lookAt = ({ database }: SyncContext): Pass => {
  const away = new Set(brokenDatabases(database));
  const places = heldPlaces(database);
  const there = places.filter((place) => place.database !== null && !away.has(place.database));
  const records = (isCounted: (place: HeldPlace) => boolean): number =>
    new Set(there.filter(isCounted).flatMap(subjectsOf)).size;
  const all = liveCountOf(database, "projects");
  const rewritten = records(({ change }) => change === "rewritten");
  const gone = records(({ change }) => change !== "rewritten");
  const isMass =
    gone > Math.max(limits.records, all * limits.gone) ||
    rewritten > Math.max(limits.records, all * limits.rewritten);
  const detail = `of ${all} projects ${gone} would lose pages and ${rewritten} read otherwise, ${places.length} pages in all`;
  return { pages: places.length, isMass, detail };
};

/** Whether a pass has ended that has to be judged: nothing is left to be read, and the schema was looked at. */
export const isPassOver = (context: SyncContext, now: number): boolean => {
  const { database } = context;
  const lastAt = lastHeldAt(database);
  if (lastAt === null) return isHeld(database, "mass_change");
  if (lastAt + passSettleMs > now || schemaDue(context) <= now || nextDirty(database, now, false))
    return false;
  return !(isHeld(database, "mass_change") && lookAt(context).isMass);
};

/** Takes in what the pass has shown, or halts writes and mail and asks a person. */
export const judgePass = (context: SyncContext): void => {
  const { database, clock, log } = context;
  database.transaction(() => {
    const pass = lookAt(context);
    if (!pass.isMass) return takeIn(context);
    log.error("guard.halted", { pages: pass.pages });
    setHold(database, "mass_change", pass.detail, clock.now());
  });
};

/** A person has confirmed a mass change: everything that was kept back is taken in, and work goes on. */
export const confirmMassChange = (context: SyncContext): void =>
  context.database.transaction(() => takeIn(context));

const takeIn = (context: SyncContext): void => {
  const { database, clock } = context;
  const now = clock.now();
  const away = new Set(brokenDatabases(database));
  for (const { pageId, change, actor, code } of heldPages(database)) {
    const page = findPage(database, pageId);
    if (change === "rewritten") {
      passHeld(database, pageId);
      markDirty(database, { pageId, urgent: true, author: actor.kind === "person" ? actor.id : null }, now);
      continue;
    }
    dropHeld(database, pageId);
    // A page of a database that is away has not gone by itself.
    if (!page || away.has(page.database)) continue;
    leave(context, pageId, change, actor);
    if (code === null) continue;
    const isForbidden = code === "notion_forbidden";
    const detail = isForbidden ? missingCapability("Read content") : databases[page.database].title;
    raiseProblem(database, { code, pageId, database: page.database, property: null, detail }, now);
  }
  endHold(database, "mass_change");
};
