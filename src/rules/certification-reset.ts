import { effectiveOf } from "../domain/history.ts";
import { leavesQaBackwards } from "../domain/lifecycle.ts";
import { nothing, type Rule } from "./rule.ts";

/**
 * Work that went back from QA is to be certified again (process/002 §4: "Re-submit to QA after remediation"): the
 * certification is Pending until somebody certifies after the move.
 */
export const certificationResetRule: Rule = {
  id: "certification-reset",
  since: "0.1.0",
  decide: ({ record, history }) => {
    const { pageId, qaCertification } = record.project;
    const wentBack = effectiveOf(history, pageId, "stage").findLast(({ from, to }) =>
      leavesQaBackwards(from, to),
    );
    if (!wentBack || qaCertification === "Pending" || qaCertification === null) return nothing;
    const renewed = effectiveOf(history, pageId, "qaCertification").some(
      // A certification in the moment of the move came with the same edit and is not a new one; a reset then is ours.
      ({ at, to }) => at > wentBack.at || (at === wentBack.at && to === "Pending"),
    );
    if (renewed) return nothing;
    return {
      values: [
        { target: "property", database: "projects", pageId, property: "qaCertification", value: "Pending" },
      ],
      actions: [],
      wakeAt: null,
    };
  },
};
