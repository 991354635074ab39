import { confirmationView } from "../content/confirmation.ts";
import { minuteValue } from "../domain/calendar.ts";
import { decidersAmong } from "../domain/contacts.ts";
import type { Situation } from "../domain/criterion.ts";
import { givenBy } from "../domain/given-by.ts";
import { effectiveOf } from "../domain/history.ts";
import { liveFrom } from "../domain/letters.ts";
import type { Milestone } from "../domain/record.ts";
import { overtakenSignOff } from "../domain/sign-offs.ts";
import { deliveredAt, updatesOf } from "../domain/updates.ts";
import type { Action } from "../types/action.ts";
import type { Answer, Transition, WantedValue } from "../types/loop.ts";
import type { DomainValue } from "../types/values.ts";
import type { Rule } from "./rule.ts";
import { updateAction } from "./update-action.ts";

/**
 * A milestone's sign-off: Requested once the letter with its link is out, Outdated once what was asked or approved has
 * changed; who answered, when and what; and the client's confirmation. The answer itself is judged when the client gives it.
 */
export const signOffRule: Rule = {
  id: "sign-off",
  since: "0.1.0",
  decide: (situation) => ({
    values: situation.record.milestones.flatMap((milestone) => [
      ...standing(situation, milestone),
      ...evidence(situation, milestone),
    ]),
    actions: confirmations(situation),
    wakeAt: null,
  }),
};

const wanted = ({ pageId }: Milestone, property: string, value: DomainValue): WantedValue => ({
  target: "property",
  database: "milestones",
  pageId,
  property,
  value,
});

const standing = (situation: Situation, milestone: Milestone): readonly WantedValue[] => {
  const { pageId, signOff } = milestone;
  const last = effectiveOf(situation.history, pageId, "signOff").at(-1);
  if (!last || last.to !== signOff) return [];
  if (signOff === "To request" && isAsked(situation, milestone, last))
    return [wanted(milestone, "signOff", "Requested")];
  return overtakenSignOff(milestone, situation.history) ? [wanted(milestone, "signOff", "Outdated")] : [];
};

/** Whether a letter that was set to Ready after the sign-off was to be requested has reached who decides: it held the link. */
const isAsked = ({ record, history }: Situation, { pageId }: Milestone, toRequest: Transition): boolean =>
  updatesOf(record, "Milestone complete")
    .filter(({ milestone }) => milestone[0] === pageId)
    .some((update) => {
      const sent = decidersAmong(record, update.to).flatMap(
        (contactId) => deliveredAt(history, update.pageId, contactId) ?? [],
      );
      const ready = effectiveOf(history, update.pageId, "state").findLast(({ to }) => to === "Ready");
      return ready !== undefined && ready.at >= toRequest.at && sent.some((at) => at >= ready.at);
    });

/** Who gave the last answer, by link or recorded by hand; kept when the sign-off goes on from there. */
const evidence = ({ history }: Situation, milestone: Milestone): readonly WantedValue[] => {
  const answered = effectiveOf(history, milestone.pageId, "signOff").findLast(
    ({ outcome, to }) => outcome === "accepted" && (to === "Approved" || to === "Changes requested"),
  );
  if (!answered) return [];
  const given = givenBy(history, answered);
  return given === null
    ? []
    : [
        wanted(milestone, "signedBy", given.by),
        wanted(milestone, "signedAt", minuteValue(given.at)),
        wanted(milestone, "feedback", given.feedback),
      ];
};

const confirmations = (situation: Situation): readonly Action[] => {
  const live = liveFrom(situation);
  if (live === null) return [];
  const { milestones } = situation.record;
  return situation.history.answers
    .filter(({ purpose, at }) => purpose === "sign-off" && at >= live)
    .flatMap((answer) => {
      const milestone = milestones.find(({ pageId }) => pageId === answer.pageId);
      return milestone ? [confirmation(situation, milestone, answer)] : [];
    });
};

const confirmation = (situation: Situation, milestone: Milestone, answer: Answer): Action => {
  const { project, contacts } = situation.record;
  const asked = contacts.filter(({ pageId }) => pageId === answer.contactId);
  return updateAction({
    kind: "Confirmation",
    projectId: project.pageId,
    milestoneId: milestone.pageId,
    cause: { kind: "answer", answerId: answer.id },
    causedAt: answer.at,
    contacts: asked,
    view: confirmationView(situation, milestone, answer, asked),
  });
};
