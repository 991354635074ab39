import { handoverPageView } from "../content/handover-page.ts";
import { recipientsOf } from "../domain/contacts.ts";
import { effectiveOf } from "../domain/history.ts";
import { liveFrom } from "../domain/letters.ts";
import { cadence } from "./cadence.ts";
import { nothing, type Rule } from "./rule.ts";
import { updateAction } from "./update-action.ts";

/** A project that comes into Handover gets its handover page; coming back from On hold is no new handover. */
export const handoverPageRule: Rule = {
  id: "handover-page",
  since: "0.1.0",
  decide: (situation) => {
    const { record, history } = situation;
    const { pageId, stage } = record.project;
    const live = liveFrom(situation);
    if (live === null || stage !== "Handover") return nothing;
    const entered = effectiveOf(history, pageId, "stage").findLast(
      ({ from, to }) => to === "Handover" && from !== "On hold" && from !== "Cancelled",
    );
    if (entered?.outcome !== "accepted" || entered.at < live) return nothing;
    const contacts = recipientsOf(record, cadence.Handover.topic);
    const page = updateAction({
      kind: "Handover",
      projectId: pageId,
      milestoneId: null,
      cause: { kind: "transition", property: entered.property, version: entered.version },
      causedAt: entered.at,
      contacts,
      view: handoverPageView(situation, contacts),
    });
    return { ...nothing, actions: [page] };
  },
};
