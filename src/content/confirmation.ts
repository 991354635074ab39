import { databases } from "../../notion-templates/databases.ts";
import type { confirmation } from "../../notion-templates/letters/confirmation.ts";
import { clientZone } from "../domain/contacts.ts";
import type { Situation } from "../domain/criterion.ts";
import type { Contact, Milestone } from "../domain/record.ts";
import { coverOf } from "../domain/workflow.ts";
import { timeIn } from "../domain/zone-clocks.ts";
import type { Answer } from "../types/loop.ts";
import { frameOf, linesOf, linkTo, momentFor, orUnnamed } from "./letter-view.ts";
import type { ViewOf } from "./render-letter.ts";

/**
 * What the client reads after an answer. The content is shown only while it is what was answered. The client's own words
 * are left out: they reach Notion as plain properties, never in a page's Markdown (design §9).
 */
export const confirmationView = (
  situation: Situation,
  milestone: Milestone,
  answer: Answer,
  contacts: readonly Contact[],
): ViewOf<typeof confirmation> => {
  const zone = clientZone(situation.record, situation.office);
  const same = coverOf(databases.milestones, "signOff", milestone) === answer.covers;
  const deliverable = same ? linesOf(milestone.deliverable) : [];
  const works = same ? linesOf(milestone.whatWorksNow) : [];
  const demo = same ? linkTo(milestone.demo) : null;
  return {
    ...frameOf(situation, contacts),
    milestone: orUnnamed(milestone.name),
    approved: answer.choice === "approve",
    at: `${momentFor(situation, answer.at)}, ${timeIn(answer.at, zone)}`,
    zone,
    deliverable,
    works,
    demo,
    bare: deliverable.length + works.length === 0 && demo === null,
  };
};
