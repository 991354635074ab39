import type { Situation } from "../domain/criterion.ts";
import type { Contact, Milestone } from "../domain/record.ts";
import { byTarget, dateFor, frameOf, isAhead, linesOf, linkTo, orUnnamed } from "./letter-view.ts";

/** What the letter about a milestone that is done says. */
export const milestoneLetterView = (
  situation: Situation,
  milestone: Milestone,
  contacts: readonly Contact[],
): object => {
  const [works, deliverable] = [linesOf(milestone.whatWorksNow), linesOf(milestone.deliverable)];
  const [next] = situation.record.milestones
    .filter((one) => one.pageId !== milestone.pageId && isAhead(one))
    .toSorted(byTarget);
  return {
    ...frameOf(situation, contacts),
    milestone: orUnnamed(milestone.name),
    works,
    deliverable,
    hasDeliverable: deliverable.length > 0,
    demo: linkTo(milestone.demo),
    by: dateFor(situation, milestone.feedbackBy),
    next: next ? orUnnamed(next.name) : null,
    signOff: milestone.signOff === "To request" || milestone.signOff === "Requested",
  };
};
