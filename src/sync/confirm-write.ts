import { markDirty } from "../store/dirty.ts";
import { addJournal } from "../store/history.ts";
import { clearIntent } from "../store/intents.ts";
import { findPage, type MirrorPage, savePage, type Values } from "../store/pages.ts";
import { clearPageProblems } from "../store/problems.ts";
import type { PageObservation } from "../types/notion.ts";
import { sameValue } from "../types/values.ts";
import type { BoundDatabase, SyncContext } from "./context.ts";
import { outgoingLevel, pendingWrites } from "./merge-page.ts";
import { readRow, relationsOf } from "./row.ts";

/** Service values of one page go out at most once a minute (design §5 Budget). */
const betweenWritesMs = 60_000;

/** What a write that landed shows to be over. */
const endedByWrite = ["notion_refused", "notion_forbidden", "gate_braked"] as const;

/**
 * Takes in the answer to a write, step 5 of the write protocol (reliability §2.1): the base takes only what the answer shows
 * to be equal on both sides. Runs inside a transaction.
 */
export const confirmWrite = (
  context: SyncContext,
  bound: BoundDatabase,
  pageId: string,
  writes: Values,
  answer: PageObservation,
  sequence: number,
): void => {
  const page = findPage(context.database, pageId);
  if (!page) return;
  const now = context.clock.now();
  const shown = readRow(bound.template, bound.binding, answer).values;
  const landed = Object.fromEntries(
    Object.entries(writes).filter(([key, value]) => sameValue(shown[key] ?? null, value)),
  );
  const after = landedOn(page, landed);
  journalWritten(context, page, landed);
  const level = outgoingLevel(bound.template, pendingWrites(bound.template, after, after.remote));
  savePage(
    context.database,
    {
      ...after,
      outgoing: level,
      readSequence: sequence,
      readAt: now,
      listedHash: null,
      writeAfter: now + betweenWritesMs,
    },
    relationsOf(bound.template, page.local),
  );
  clearIntent(context.database, pageId);
  for (const code of endedByWrite) clearPageProblems(context.database, pageId, code);
  const movedMeanwhile = Object.entries(shown).some(
    ([key, value]) => !sameValue(value, after.remote[key] ?? null),
  );
  if (movedMeanwhile) markDirty(context.database, { pageId, urgent: true, author: null }, now);
};

const landedOn = (page: MirrorPage, landed: Values) => ({
  ...page,
  judged: Object.fromEntries(Object.entries(page.judged).filter(([key]) => !(key in landed))),
  base: { ...page.base, ...landed },
  remote: { ...(page.remote ?? page.base), ...landed },
});

const journalWritten = (context: SyncContext, page: MirrorPage, landed: Values): void => {
  const before = page.remote ?? page.base;
  for (const [property, to] of Object.entries(landed)) {
    const entry = {
      pageId: page.pageId,
      property,
      kind: "written" as const,
      from: before[property] ?? null,
      to,
    };
    addJournal(context.database, { ...entry, actor: { kind: "service" }, rule: null }, context.clock.now());
  }
};
