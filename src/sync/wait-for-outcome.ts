import { holdDirty, markDirty } from "../store/dirty.ts";
import { findIntent } from "../store/intents.ts";
import { outgoing, setOutgoing } from "../store/pages.ts";
import { closeWindows } from "../store/write-windows.ts";
import { settleMs } from "../types/settle.ts";
import type { SyncContext } from "./context.ts";

/** Hands a page back to the merge; it is not written again before it was read. */
export const readAgain = ({ database, clock }: SyncContext, pageId: string, urgent: boolean): void => {
  setOutgoing(database, pageId, outgoing.none);
  markDirty(database, { pageId, urgent, author: null }, clock.now());
};

/**
 * A write that a stop of the process left open may still land: true where the page has one, and it is then read after the
 * settle time and not written before that (reliability §2.1).
 */
export const waitsForOutcome = (context: SyncContext, pageId: string, urgent: boolean): boolean => {
  const open = findIntent(context.database, pageId);
  if (open?.state !== "unknown") return false;
  const settled = open.at + settleMs.stopped;
  context.database.transaction(() => {
    readAgain(context, pageId, urgent);
    holdDirty(context.database, pageId, settled);
    closeWindows(context.database, pageId, settled + (context.notion.skew() ?? 0));
  });
  return true;
};
