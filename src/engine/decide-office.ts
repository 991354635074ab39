import type { Situation } from "../domain/criterion.ts";
import type { Office } from "../domain/office.ts";
import { isForTeam } from "../domain/updates.ts";
import {
  decideOffice,
  lastOfficeMonth,
  type OfficeMonth,
  officeMeasuresKey,
} from "../rules/office-measures.ts";
import { findAction } from "../store/actions.ts";
import type { Decision } from "../types/loop.ts";
import { Quarantined } from "../types/quarantined.ts";
import type { EngineContext } from "./context.ts";
import { loadUnrelatedUpdates, officeRow } from "./load.ts";
import { deliveredIn } from "./measures.ts";

/** How long the page of a month waits for a record that cannot be read. */
const againMs = 3_600_000;

/** What ought to exist for the office; null where the page is not its row (any more). */
export const decideOfficeRow = (context: EngineContext, pageId: string, office: Office): Decision | null => {
  if (officeRow(context)?.pageId !== pageId) return null;
  const now = context.clock.now();
  const month = lastOfficeMonth(now, office);
  const { updates, history } = loadUnrelatedUpdates(context);
  const pages = updates.filter(isForTeam);
  const delivered = toReport(context, pageId, month);
  const situation = { officeId: pageId, office, now, month, pages, history };
  if (delivered !== "unreadable") return decideOffice({ ...situation, delivered });
  return {
    ...decideOffice({ ...situation, delivered: null }),
    wakeAt: Math.min(now + againMs, month.closes),
  };
};

/** The projects of a month; null where its page is there or was given up. */
const toReport = (
  context: EngineContext,
  officeId: string,
  month: OfficeMonth,
): readonly Situation[] | "unreadable" | null => {
  const made = findAction(context.database, officeMeasuresKey(officeId, month));
  if (made !== null && made.state !== "pending" && made.state !== "cancelled") return null;
  try {
    return deliveredIn(context, month);
  } catch (error) {
    if (!(error instanceof Quarantined)) throw error;
    return "unreadable";
  }
};
