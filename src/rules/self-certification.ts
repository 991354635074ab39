import { dateIn } from "../domain/calendar.ts";
import type { Situation } from "../domain/criterion.ts";
import { projectName } from "../domain/fault.ts";
import { effectiveOf } from "../domain/history.ts";
import { causeOf } from "../domain/proposal.ts";
import type { Action } from "../types/action.ts";
import type { Transition } from "../types/loop.ts";
import { rowAction } from "./row-action.ts";
import { nothing, type Rule } from "./rule.ts";

/** A PASS that the production lead has given to their own work says so in Decisions, once (design §7). */
export const selfCertificationRule: Rule = {
  id: "self-certification",
  since: "0.1.0",
  decide: (situation) => {
    const { record, history } = situation;
    const { pageId, productionLead } = record.project;
    const own = effectiveOf(history, pageId, "qaCertification").filter(
      ({ outcome, to, by }) =>
        outcome === "accepted" && to === "PASS" && by.kind === "person" && productionLead.includes(by.id),
    );
    return { ...nothing, actions: own.map((passed) => logged(situation, passed)) };
  },
};

const logged = ({ record, office }: Situation, passed: Transition): Action => {
  const [certification, lead] = [projectName("qaCertification"), projectName("productionLead")];
  const isBoth = passed.by.kind === "person" && record.project.qaLead.includes(passed.by.id);
  const why =
    isBoth || record.project.qaLead.length === 0
      ? "One person holds both roles."
      : `Somebody else is the ${projectName("qaLead")}.`;
  const title = `Self-certified: ${certification} was set to PASS by the ${lead}`;
  return rowAction({
    ...{ projectId: record.project.pageId, name: "self-certified", cause: causeOf(passed) },
    ...{ causedAt: passed.at, database: "decisions", title },
    values: {
      ...{ decision: title, why, source: certification, madeBy: lead },
      madeOn: { start: dateIn(passed.at, office.timeZone), end: null, zone: null },
    },
  });
};
