import { dateIn } from "../domain/calendar.ts";
import type { Situation } from "../domain/criterion.ts";
import { pastAction } from "../domain/history.ts";
import { isOpen } from "../domain/updates.ts";
import { type Action, actionKey, type StartingPage } from "../types/action.ts";
import type { PageFacts } from "../types/schema.ts";
import { nothing, type Rule } from "./rule.ts";

/**
 * A project, a change request or a risk that people made since the office is active gets its starting text, once. Rows that
 * Milepost makes come with theirs.
 */
export const startingPageRule: Rule = {
  id: "starting-page",
  since: "0.1.0",
  decide: (situation) => {
    const { project, changeRequests, risks } = situation.record;
    const actions = [
      ...wanted(situation, "projects", [project]),
      ...wanted(situation, "changeRequests", changeRequests),
      ...wanted(situation, "risks", risks),
    ];
    return { ...nothing, actions };
  },
};

type Row = PageFacts & { readonly milepostKey: string };

const wanted = (
  { history, office }: Situation,
  database: StartingPage,
  rows: readonly Row[],
): readonly Action[] => {
  const since = office.activeSince ?? Number.POSITIVE_INFINITY;
  return rows
    .filter(({ createdTime, milepostKey }) => createdTime > since && milepostKey === "")
    .map((row) => startingPage(database, row))
    .filter(({ key }) => {
      const state = pastAction(history, key)?.state ?? null;
      return isOpen(state) || state === "cancelled";
    });
};

/** Caused by the page's creation, whose time never changes. */
const startingPage = (database: StartingPage, { pageId, createdTime }: Row): Action => {
  const cause = { kind: "date", date: dateIn(createdTime, "UTC") } as const;
  return {
    key: actionKey("page", pageId, cause),
    subject: pageId,
    cause,
    causedAt: createdTime,
    window: null,
    payload: { kind: "page", pageId, database },
  };
};
