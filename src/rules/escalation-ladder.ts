import { askedNote } from "../content/escalation-notes.ts";
import type { Situation } from "../domain/criterion.ts";
import { climbOf, hoursOf, type Step, stepKey } from "../domain/escalations.ts";
import type { Risk } from "../domain/record.ts";
import { type Action, actionKey } from "../types/action.ts";
import type { Wanted } from "../types/loop.ts";
import { nothing, type Rule } from "./rule.ts";

/** An escalation that nobody answers is put to the next level, and those who are asked now are told on its page. */
export const escalationLadderRule: Rule = {
  id: "escalation-ladder",
  since: "0.1.0",
  decide: (situation) => {
    const { project, risks } = situation.record;
    // Nobody's time to answer runs out while the project rests.
    if (project.stage === "Cancelled" || project.stage === "On hold") return nothing;
    const wanted = risks.map((risk) => climbing(situation, risk));
    const wakes = wanted.flatMap(({ wakeAt }) => wakeAt ?? []);
    return {
      ...{ values: [], actions: wanted.flatMap(({ actions }) => actions) },
      wakeAt: wakes.length === 0 ? null : Math.min(...wakes),
    };
  },
};

const climbing = (situation: Situation, escalation: Risk): Pick<Wanted, "actions" | "wakeAt"> => {
  const { step, wakeAt } = climbOf(situation, escalation);
  return { actions: step ? [...proposal(escalation, step), ...note(escalation, step)] : [], wakeAt };
};

const proposal = (escalation: Risk, { level, asking, raised, causedAt }: Step): readonly Action[] => {
  if (asking === null) return [];
  const { pageId } = escalation;
  const changes = Object.entries(asking).map(([property, value]) => ({
    ...({ database: "risks", pageId, property } as const),
    value,
  }));
  return [
    {
      ...{ key: stepKey(escalation, level, raised), subject: pageId, cause: raised.cause, causedAt },
      ...{ window: null, payload: { kind: "propose", changes, summary: `Put to level ${level}` } },
    },
  ];
};

const note = ({ pageId }: Risk, { level, tell, raised, causedAt, isMovedUp }: Step): readonly Action[] => {
  if (tell.length === 0) return [];
  const key = actionKey("note", `${pageId}:${level}`, raised.cause);
  const text = askedNote(tell, hoursOf(level), isMovedUp);
  return [
    {
      ...{ key, subject: pageId, cause: raised.cause, causedAt, window: null },
      payload: { kind: "note", pageId, text },
    },
  ];
};
