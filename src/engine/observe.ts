import { clearDirty, type DirtyPage, postponeDirty, retryDirty } from "../store/dirty.ts";
import { nextSequence } from "../store/meta.ts";
import { findPage } from "../store/pages.ts";
import { clearPageProblems, raiseProblem } from "../store/problems.ts";
import { hasOpenWindow } from "../store/write-windows.ts";
import { absorb } from "../sync/absorb.ts";
import { databaseOf } from "../sync/context.ts";
import { depart } from "../sync/guard.ts";
import { pullPage } from "../sync/pull.ts";
import { waitsForOutcome } from "../sync/wait-for-outcome.ts";
import { NotionError, problemDetail } from "../types/errors.ts";
import type { Actor } from "../types/loop.ts";
import type { PageObservation } from "../types/notion.ts";
import type { Lane } from "../types/notion-gateway.ts";
import { firstSightRules } from "./arming.ts";
import type { EngineContext } from "./context.ts";
import { type Answered, answerClaims, answerRequest, type PageAsker } from "./requests.ts";
import { withoutOwn } from "./restored.ts";

/** How long an unreachable page rests between tries (reliability §2.1 Deletions). */
const unreachableMs = 3_600_000;

/** How long a page waits after a read without a clear answer, doubled with each try up to the cap. */
const retryMs = { first: 2_000, cap: 15 * 60_000 } as const;

/** How often a request is judged again at once because pages that matter had to be read first. */
const immediateTries = 2;

/** How long a stage request waits for a record that is not complete (design §8). */
const waitingMs = 60_000;

/**
 * Reads one marked page, merges it and judges what people asked for in its gate columns. The mark stays until all of it
 * is stored, so that a crash in between only repeats the read.
 * @throws NotionError `notion_throttled` or `notion_unauthorized`, with the mark kept
 */
export const observe = async (context: EngineContext, dirty: DirtyPage): Promise<void> => {
  const lane: Lane = dirty.urgent ? "verdict" : "pull";
  const { pageId, urgent } = dirty;
  if (hasOpenWindow(context.database, pageId) && waitsForOutcome(context, pageId, urgent)) return;
  const sequence = nextSequence(context.database);
  let seen: PageObservation;
  try {
    seen = await pullPage(context, dirty.pageId, lane);
  } catch (error) {
    if (!(error instanceof NotionError)) throw error;
    return unreadable(context, dirty, error);
  }
  const answered = await take(context, dirty, seen, sequence, lane);
  const now = context.clock.now();
  context.database.transaction(() => {
    if (answered === "settled") clearDirty(context.database, dirty);
    else if (answered === "wait") postponeDirty(context.database, dirty.pageId, now + waitingMs, now);
    else retryDirty(context.database, dirty.pageId, dirty.attempts < immediateTries ? now : now + waitingMs);
  });
};

const take = async (
  context: EngineContext,
  dirty: DirtyPage,
  seen: PageObservation,
  sequence: number,
  lane: Lane,
): Promise<Answered> => {
  const { database } = context;
  const asker = askerOf(context, dirty, seen);
  const actor = asker.by;
  const bound = databaseOf(context, seen.dataSourceId);
  if (!bound || seen.inTrash) {
    // A page that can be read but is not in our databases has left them, as one in the trash has.
    database.transaction(() => depart(context, seen.pageId, { state: "trashed", actor, code: null }));
    return "settled";
  }
  const requests = database.transaction(() => {
    const isKnown = findPage(database, seen.pageId)?.database === bound.key;
    const asked = absorb(context, bound, { seen, sequence, actor }, firstSightRules(context));
    return isKnown
      ? withoutOwn(context, bound, seen, asked)
      : answerClaims(context, bound, seen.pageId, asked, actor);
  });
  const asksForStage = requests.some((request) => request.property === "stage");
  database.transaction(() => {
    clearPageProblems(database, seen.pageId, "notion_not_found");
    if (!asksForStage) clearPageProblems(database, seen.pageId, "record_incomplete");
  });
  // Stage comes last, so that a certification entered in the same edit counts for it.
  for (const request of [...requests].sort(
    (a, b) => Number(a.property === "stage") - Number(b.property === "stage"),
  )) {
    const answered = await answerRequest(context, bound, seen.pageId, request, asker, lane);
    if (answered !== "settled") return answered;
  }
  return "settled";
};

/**
 * Whose change a read shows: the event's author, else who edited the page last (design §8). Where these are two, either may
 * have asked for what stands there, and what only one of them may do is done for neither.
 */
const askerOf = (
  context: EngineContext,
  { author }: DirtyPage,
  { lastEditedBy }: PageObservation,
): PageAsker => {
  const editor = lastEditedBy === context.botId() ? null : lastEditedBy;
  const person = author ?? editor;
  const by: Actor = person === null ? { kind: "unknown" } : { kind: "person", id: person };
  return { by, authority: editor === null || editor === person ? by : { kind: "unknown" } };
};

const unreadable = (context: EngineContext, dirty: DirtyPage, error: NotionError): void => {
  const { database } = context;
  const now = context.clock.now();
  if (error.code === "notion_throttled" || error.code === "notion_unauthorized") throw error;
  database.transaction(() => {
    const known = findPage(database, dirty.pageId);
    const gone = error.code === "notion_not_found" || error.code === "notion_forbidden";
    // Out of the trash a page goes for good: what is known of it stays.
    if (gone && (!known || known.state === "trashed")) return clearDirty(database, dirty);
    const { code } = error;
    const isHeld =
      gone &&
      known &&
      depart(context, dirty.pageId, { state: "unreachable", actor: { kind: "unknown" }, code });
    if (gone && known && !isHeld) {
      raiseProblem(
        database,
        {
          code,
          pageId: dirty.pageId,
          database: known.database,
          property: null,
          detail: problemDetail(error),
        },
        now,
      );
    }
    const pause = gone ? unreachableMs : Math.min(retryMs.cap, retryMs.first * 2 ** dirty.attempts);
    retryDirty(database, dirty.pageId, now + pause);
  });
  context.log.warn("sync.unreadable", {
    page_id: dirty.pageId,
    code: error.code,
    attempt: dirty.attempts + 1,
  });
};
