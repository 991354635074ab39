import { reviewNote } from "../content/escalation-notes.ts";
import { dateIn } from "../domain/calendar.ts";
import type { Situation } from "../domain/criterion.ts";
import { type Due, dueOf } from "../domain/due.ts";
import type { Risk } from "../domain/record.ts";
import { isOpen } from "../domain/risks.ts";
import { type Action, actionKey } from "../types/action.ts";
import { nothing, type Rule } from "./rule.ts";

const idle = ["On hold", "Cancelled", "Complete"];

/** An open row of the register whose Review by has passed reminds its owner, or the manager where it has none, once for each day. */
export const reviewRemindersRule: Rule = {
  id: "review-reminders",
  since: "0.1.0",
  decide: (situation) => {
    const { record, office, now } = situation;
    const { stage } = record.project;
    if (stage !== null && idle.includes(stage)) return nothing;
    const today = dateIn(now, office.timeZone);
    const reviews = record.risks.filter(isOpen).flatMap((risk) => {
      const due = dueOf(risk.reviewBy, office.timeZone, today);
      return due === null ? [] : [{ risk, due }];
    });
    const coming = reviews.flatMap(({ due: { at } }) => (at > now ? [at] : []));
    return {
      values: [],
      actions: reviews
        .filter(({ due: { at } }) => at <= now)
        .map(({ risk, due }) => reminder(situation, risk, due)),
      wakeAt: coming.length === 0 ? null : Math.min(...coming),
    };
  },
};

const reminder = ({ record }: Situation, { pageId, owner }: Risk, { day, at }: Due): Action => {
  const cause = { kind: "date", date: day } as const;
  const people = owner.length > 0 ? owner : record.project.manager;
  return {
    ...{
      key: actionKey("note", `${pageId}:review`, cause),
      subject: pageId,
      cause,
      causedAt: at,
      window: null,
    },
    payload: { kind: "note", pageId, text: reviewNote(people, day) },
  };
};
