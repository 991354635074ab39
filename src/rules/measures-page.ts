import { projectMeasuresView } from "../content/measures-page.ts";
import { effectiveOf, isDone } from "../domain/history.ts";
import { causeOf } from "../domain/proposal.ts";
import { measuresAction, measuresKey } from "./measures-action.ts";
import { nothing, type Rule } from "./rule.ts";

/** A project that comes into Complete gets a page of its measures, for the team. */
export const measuresPageRule: Rule = {
  id: "measures-page",
  since: "0.1.0",
  decide: (situation) => {
    const { record, history } = situation;
    const { pageId, stage } = record.project;
    if (stage !== "Complete") return nothing;
    const entered = effectiveOf(history, pageId, "stage").findLast(({ to }) => to === "Complete");
    if (entered?.outcome !== "accepted") return nothing;
    const cause = causeOf(entered);
    const key = measuresKey(pageId, cause);
    if (isDone(history, key)) return nothing;
    // As of that move, so that the page says the same whenever it is made.
    const view = projectMeasuresView({ ...situation, now: entered.at });
    const page = measuresAction({
      ...{ ownerId: pageId, projectId: pageId, cause, causedAt: entered.at },
      ...{ window: null, period: "", view },
    });
    return { ...nothing, actions: [page] };
  },
};
