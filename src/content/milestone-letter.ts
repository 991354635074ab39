import type { milestoneComplete } from "../../notion-templates/letters/milestone-complete.ts";
import type { Situation } from "../domain/criterion.ts";
import type { Contact, Milestone } from "../domain/record.ts";
import { askedBy, byTarget, frameOf, isAhead, linesOf, linkTo, orUnnamed } from "./letter-view.ts";
import type { ViewOf } from "./render-letter.ts";

/** What the letter about a milestone that is done says. */
export const milestoneLetterView = (
  situation: Situation,
  milestone: Milestone,
  contacts: readonly Contact[],
): ViewOf<typeof milestoneComplete> => {
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
    by: askedBy(situation, milestone.feedbackBy, situation.now),
    next: next ? orUnnamed(next.name) : null,
  };
};
