import { databases } from "../../notion-templates/databases.ts";
import type { Situation } from "../domain/criterion.ts";
import { effectiveOf } from "../domain/history.ts";
import { allOf } from "../domain/in-words.ts";
import type { ChangeRequest } from "../domain/record.ts";
import { settledOf } from "../domain/settled.ts";
import { changedSince } from "../domain/workflow.ts";
import type { Action } from "../types/action.ts";
import type { WantedValue } from "../types/loop.ts";
import { noteAction } from "./note-action.ts";
import type { Rule } from "./rule.ts";
import { valuesFor } from "./schedule-values.ts";

/**
 * Change requests have their number, what they would do to the delivery, and who decided. What is approved is Applied with
 * the dates that it moves; what has changed since it was asked or approved is Outdated and says so.
 */
export const changeControlRule: Rule = {
  id: "change-control",
  since: "0.1.0",
  decide: (situation) => {
    const { record, changeOrders } = settledOf(situation);
    return {
      values: [
        ...record.changeRequests.flatMap((change) => values(situation, change)),
        ...valuesFor("projects", situation.record.project.pageId, { changeOrders }),
      ],
      actions: record.changeRequests.flatMap((change) => outdatedNote(situation, change)),
      wakeAt: null,
    };
  },
};

const values = (situation: Situation, change: ChangeRequest): readonly WantedValue[] => {
  const { pageId, number, newDeliveryDate, status, decidedBy, decidedAt, decisionNote } = change;
  const shown = { number, newDeliveryDate, decidedBy, decidedAt, decisionNote };
  const was = settledOf(situation).given.record.changeRequests.find((one) => one.pageId === pageId)?.status;
  return valuesFor("changeRequests", pageId, status === was ? shown : { ...shown, status });
};

/** Says what has changed, on the page of a change request that Milepost has set to Outdated. */
const outdatedNote = ({ history }: Situation, change: ChangeRequest): readonly Action[] => {
  if (change.status !== "Outdated") return [];
  const moves = effectiveOf(history, change.pageId, "status");
  const last = moves.at(-1);
  if (last?.to !== "Outdated" || last.by.kind !== "service") return [];
  const covered = moves.at(-2)?.covers;
  const names = changedSince(databases.changeRequests, "status", change, covered ?? "[]");
  const what = names.length === 0 ? "What it would do" : allOf(names);
  const before = last.from === "Awaiting client" ? "the client was asked" : "it was approved";
  const plan = last.from === "Applied" ? " The plan stays as it was approved until then." : "";
  const text = `${what} changed after ${before}, so it is Outdated. Evaluate it again and ask the client anew.${plan}`;
  return noteAction(history, last, [{ text }]);
};
