import { settledOf } from "../domain/settled.ts";
import { nothing, type Rule } from "./rule.ts";
import { valuesFor } from "./schedule-values.ts";

/** Baselines are taken when the timeline is acknowledged and kept from then on. */
export const baselineRule: Rule = {
  id: "baseline",
  since: "0.1.0",
  decide: (situation) => {
    const { record } = settledOf(situation);
    const { pageId, baselineDelivery } = record.project;
    const there = new Set(situation.record.milestones.map((milestone) => milestone.pageId));
    const milestones = record.milestones.filter((milestone) => there.has(milestone.pageId));
    return {
      ...nothing,
      values: [
        ...milestones.flatMap(({ pageId: id, baseline }) => valuesFor("milestones", id, { baseline })),
        ...valuesFor("projects", pageId, { baselineDelivery }),
      ],
    };
  },
};
