import { databases } from "../../notion-templates/databases.ts";
import { addJournal } from "../store/history.ts";
import { clearIntent, findIntent } from "../store/intents.ts";
import { findPage, outgoing, savePage } from "../store/pages.ts";
import { clearPageProblems } from "../store/problems.ts";
import type { Actor } from "../types/loop.ts";
import type { SyncContext } from "./context.ts";
import { listReferring } from "./poll.ts";
import { markRecordsOf } from "./records.ts";
import { relationsOf } from "./row.ts";

/** Takes a page out of the mirror's live rows without forgetting it (reliability §2.1 Deletions); runs inside a transaction. */
export const leave = (
  context: SyncContext,
  pageId: string,
  state: "trashed" | "unreachable",
  actor: Actor,
): void => {
  const page = findPage(context.database, pageId);
  if (!page || page.state === state) return;
  const left = { ...page, state, readAt: context.clock.now(), outgoing: outgoing.none };
  savePage(context.database, left, relationsOf(databases[page.database], page.local));
  // What came of an unanswered write is known only once the page is back.
  if (findIntent(context.database, pageId)?.state === "planned") clearIntent(context.database, pageId);
  if (state === "trashed") clearPageProblems(context.database, pageId);
  if (page.state === "live") listReferring(context, page.database);
  const entry = { pageId, property: null, kind: state, from: null, to: null, actor, rule: null };
  addJournal(context.database, entry, context.clock.now());
  markRecordsOf(context, page.database, pageId, [page.local]);
};
