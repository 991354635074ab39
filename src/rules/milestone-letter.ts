import { milestoneLetterView } from "../content/milestone-letter.ts";
import { recipientsOf } from "../domain/contacts.ts";
import type { Situation } from "../domain/criterion.ts";
import { effectiveOf } from "../domain/history.ts";
import { liveFrom } from "../domain/letters.ts";
import type { Milestone } from "../domain/record.ts";
import type { Action } from "../types/action.ts";
import { cadence } from "./cadence.ts";
import { nothing, type Rule } from "./rule.ts";
import { updateAction } from "./update-action.ts";

/** A milestone that the client sees gets its letter each time it is Done; one that was reopened before is not told of. */
export const milestoneLetterRule: Rule = {
  id: "milestone-letter",
  since: "0.1.0",
  decide: (situation) => {
    const live = liveFrom(situation);
    if (live === null) return nothing;
    const visible = situation.record.milestones.filter(
      ({ clientVisible, status }) => clientVisible && status === "Done",
    );
    return { ...nothing, actions: visible.flatMap((milestone) => letter(situation, milestone, live)) };
  },
};

const letter = (situation: Situation, milestone: Milestone, live: number): readonly Action[] => {
  const { record, history } = situation;
  const done = effectiveOf(history, milestone.pageId, "status").at(-1);
  if (done?.outcome !== "accepted" || done.to !== "Done" || done.at < live) return [];
  // A row that was Done from the start, as a duplicated one is, has not become so.
  if (done.from === null) return [];
  const contacts = recipientsOf(record, cadence["Milestone complete"].topic);
  return [
    updateAction({
      kind: "Milestone complete",
      projectId: record.project.pageId,
      milestoneId: milestone.pageId,
      cause: { kind: "transition", property: done.property, version: done.version },
      causedAt: done.at,
      contacts,
      view: milestoneLetterView(situation, milestone, contacts),
    }),
  ];
};
