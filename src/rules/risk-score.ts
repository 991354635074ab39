import { scoreOf } from "../domain/risks.ts";
import type { Rule } from "./rule.ts";

/** Score of every risk follows its likelihood and impact. */
export const riskScoreRule: Rule = {
  id: "risk-score",
  since: "0.1.0",
  decide: ({ record }) => ({
    values: record.risks.map((risk) => ({
      target: "property",
      database: "risks",
      pageId: risk.pageId,
      property: "score",
      value: scoreOf(risk),
    })),
    actions: [],
    wakeAt: null,
  }),
};
