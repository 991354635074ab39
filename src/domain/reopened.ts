import type { ProposedChange } from "../types/action.ts";
import type { Transition } from "../types/loop.ts";
import type { Situation } from "./criterion.ts";
import { effectiveOf } from "./history.ts";
import { followsStage } from "./lifecycle-steps.ts";
import { isKept, type Proposal, proposalBy, proposalKey, type Settling, settling } from "./proposal.ts";
import type { Milestone } from "./record.ts";

/**
 * A milestone whose client asks for changes is worked on again (process/000 "Milestone Review": feedback, then rework): its
 * Status goes back, and the Actual that was written for it goes.
 */
export const withReopened = (situation: Situation): Settling => {
  const { record, history } = situation;
  const { stage } = record.project;
  if (stage === "Complete" || stage === "Cancelled") return { situation, proposals: [] };
  const proposals = record.milestones.flatMap((milestone): Proposal[] => {
    const last = effectiveOf(history, milestone.pageId, "signOff").at(-1);
    if (!last || !asksForChanges(last, milestone) || isKept(history, proposalKey(last))) return [];
    const changes = reopen(milestone);
    const summary =
      changes.length === 0 ? "" : "Changes were requested: this milestone is In progress again.";
    return [proposalBy(last, changes, summary)];
  });
  return settling(situation, proposals);
};

const asksForChanges = ({ outcome, to }: Transition, { signOff }: Milestone): boolean =>
  outcome === "accepted" && to === "Changes requested" && signOff === to;

const reopen = (milestone: Milestone): readonly ProposedChange[] => {
  const { pageId, kind, status, actual } = milestone;
  if ((status !== "Done" && status !== "In review") || followsStage(kind)) return [];
  const place = { database: "milestones", pageId } as const;
  return [
    { ...place, property: "status", value: "In progress" },
    ...(actual === null ? [] : [{ ...place, property: "actual", value: null }]),
  ];
};
