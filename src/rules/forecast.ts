import { nextMidnight } from "../domain/calendar.ts";
import { settledOf } from "../domain/settled.ts";
import { nothing, type Rule } from "./rule.ts";
import { milestoneValues, valuesFor } from "./schedule-values.ts";

/** Forecast, Slip and Why it moved follow the facts, and the office's midnight. A cancelled project keeps its last ones. */
export const forecastRule: Rule = {
  id: "forecast",
  since: "0.1.0",
  decide: (situation) => {
    const { record, office, now } = situation;
    const { pageId, stage } = record.project;
    if (stage === "Cancelled") return nothing;
    const { forecast } = settledOf(situation);
    const { delivery, steps } = forecast;
    const forecastDelivery = delivery === null ? null : { start: delivery, end: null, zone: null };
    const wakeAt = steps.size === 0 ? null : nextMidnight(now, office.timeZone);
    return {
      ...{ actions: [], wakeAt },
      values: [
        ...record.milestones.flatMap((milestone) =>
          valuesFor("milestones", milestone.pageId, milestoneValues(milestone, forecast)),
        ),
        ...valuesFor("projects", pageId, { forecastDelivery }),
      ],
    };
  },
};
