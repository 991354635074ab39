import { checks } from "../../notion-templates/plans/checks.ts";
import { plans } from "../../notion-templates/plans/plans.ts";
import type { Stage } from "../../notion-templates/stages.ts";
import type { Situation } from "../domain/criterion.ts";
import { firstInto } from "../domain/lifecycle-steps.ts";
import { causeOf } from "../domain/proposal.ts";
import { type Action, actionKey, type Transition } from "../types/loop.ts";
import { rowAction } from "./row-action.ts";
import { nothing, type Rule } from "./rule.ts";

/** A project gets the checks of its plan when it first comes into the stage that they begin in, each once. */
export const planChecksRule: Rule = {
  id: "plan-checks",
  since: "0.1.0",
  decide: (situation) => ({ ...nothing, actions: wanted(situation) }),
};

const wanted = (situation: Situation): readonly Action[] => {
  const { record, history } = situation;
  const { pageId: projectId, serviceType } = record.project;
  const leavesOut: readonly string[] = serviceType === null ? [] : plans[serviceType].leavesOut;
  const done = new Set(history.actions.flatMap(({ key, state }) => (state === "done" ? [key] : [])));
  const begins = new Map<Stage, Transition | null>();
  for (const { on } of checks) if (!begins.has(on)) begins.set(on, firstInto(situation, on));
  return checks.flatMap(({ id, checkpoint, check, on }, index) => {
    if (leavesOut.includes(id)) return [];
    const by = begins.get(on);
    if (!by) return [];
    const name = `check-${String(index + 1).padStart(2, "0")}-${id}`;
    const cause = causeOf(by);
    if (done.has(actionKey("row", `${projectId}:${name}`, cause))) return [];
    const values = { check, checkpoint, result: "Not checked" };
    const row = { projectId, name, cause, causedAt: by.at, database: "checks", title: check } as const;
    return [rowAction({ ...row, values })];
  });
};
