import { lifecycleActual } from "../domain/lifecycle-steps.ts";
import { nothing, type Rule } from "./rule.ts";
import { valuesFor } from "./schedule-values.ts";

/** Actual of the steps of the delivery record says when they were accepted; empty again where one was taken back. */
export const lifecycleActualRule: Rule = {
  id: "lifecycle-actual",
  since: "0.1.0",
  decide: (situation) => ({
    ...nothing,
    values: situation.record.milestones.flatMap((milestone) => {
      const actual = lifecycleActual(milestone, situation);
      return actual === undefined ? [] : valuesFor("milestones", milestone.pageId, { actual });
    }),
  }),
};
