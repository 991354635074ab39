import { dateIn } from "../domain/calendar.ts";
import { decisionOn } from "../domain/change-decisions.ts";
import { addsToThisPhase, changeLabel, impactOf } from "../domain/changes.ts";
import type { Situation } from "../domain/criterion.ts";
import { givenBy } from "../domain/given-by.ts";
import { isDone } from "../domain/history.ts";
import { causeOf } from "../domain/proposal.ts";
import type { ChangeRequest } from "../domain/record.ts";
import { settledOf } from "../domain/settled.ts";
import { type Action, actionKey } from "../types/action.ts";
import { rowAction } from "./row-action.ts";
import { nothing, type Rule } from "./rule.ts";

/** Every decision on a change request is written to Decisions, once. */
export const decisionLogRule: Rule = {
  id: "decision-log",
  since: "0.1.0",
  decide: (situation) => ({
    ...nothing,
    actions: settledOf(situation).record.changeRequests.flatMap((change) => logged(situation, change)),
  }),
};

const logged = (situation: Situation, change: ChangeRequest): readonly Action[] => {
  const by = decisionOn(situation, change);
  const given = by && givenBy(situation.history, by);
  if (!given) return [];
  const cause = causeOf(by);
  const { pageId: projectId } = situation.record.project;
  const name = `decision-${change.pageId}`;
  const key = actionKey("row", `${projectId}:${name}`, cause);
  if (isDone(situation.history, key)) return [];
  const label = changeLabel(change);
  const title = `${by.to} ${label === change.title ? label : `${label} ${change.title}`.trim()}${terms(change, by.to)}`;
  const madeOn = { start: dateIn(given.at, situation.office.timeZone), end: null, zone: null };
  return [
    rowAction({
      ...{ projectId, name, cause, causedAt: by.at, database: "decisions", title },
      values: { decision: title, why: given.feedback, madeBy: given.by, madeOn, source: label },
    }),
  ];
};

/** What an approval costs, such as ": +3 business days, $1,680, delivery 2027-04-05". */
const terms = (change: ChangeRequest, decided: string | null): string => {
  if (decided !== "Approved") return "";
  if (!addsToThisPhase(change)) return ": left for phase 2";
  const { cost, newDeliveryDate } = change;
  const days = impactOf(change) ?? 0;
  const parts = [
    `+${days} business ${days === 1 ? "day" : "days"}`,
    cost !== null && cost > 0 ? `$${cost.toLocaleString("en-US")}` : "included",
    ...(newDeliveryDate === null ? [] : [`delivery ${newDeliveryDate.start}`]),
  ];
  return `: ${parts.join(", ")}`;
};
