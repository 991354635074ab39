import type { Situation } from "../domain/criterion.ts";
import { settledOf } from "../domain/settled.ts";
import type { Action } from "../types/action.ts";
import { nothing, type Rule } from "./rule.ts";
import { milestoneValues } from "./schedule-values.ts";

/** A project whose Service type was chosen gets the milestones of its plan and the common risks, each once. */
export const planRule: Rule = {
  id: "plan",
  since: "0.1.0",
  decide: (situation) => ({ ...nothing, actions: [...milestones(situation), ...risks(situation)] }),
};

const milestones = (situation: Situation): readonly Action[] => {
  const { toMake, forecast, by } = settledOf(situation);
  const { pageId } = situation.record.project;
  if (by === null) return [];
  const keys = new Set(toMake.map((milestone) => milestone.pageId));
  return toMake.map((milestone) => {
    const { name, kind, target, order, deliverable, clientVisible, dependsOn, baseline, actual } = milestone;
    const status = actual === null ? milestone.status : "Done";
    return {
      ...{ key: milestone.pageId, subject: pageId, ...by, window: null },
      payload: {
        ...{ kind: "row", database: "milestones", title: name },
        values: {
          ...{ name, project: [pageId], kind, status, target, order, deliverable, clientVisible },
          ...{ dependsOn: dependsOn.filter((id) => !keys.has(id)), baseline, actual },
          ...milestoneValues(milestone, forecast),
        },
        links: { dependsOn: dependsOn.filter((id) => keys.has(id)) },
      },
    };
  });
};

const risks = (situation: Situation): readonly Action[] => {
  const { pageId } = situation.record.project;
  return settledOf(situation).risks.map(({ key, cause, causedAt, risk }) => ({
    ...{ key, subject: pageId, cause, causedAt, window: null },
    payload: {
      ...{ kind: "row", database: "risks", title: risk.title, links: {} },
      values: {
        ...{ title: risk.title, project: [pageId], kind: "Risk", status: "Open" },
        ...{ mitigation: risk.mitigation, contingency: risk.contingency },
      },
    },
  }));
};
