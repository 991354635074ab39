import type { Checkpoint } from "../../notion-templates/plans/checkpoints.ts";
import { checks } from "../../notion-templates/plans/checks.ts";
import { plans } from "../../notion-templates/plans/plans.ts";
import type { Stage } from "../../notion-templates/stages.ts";
import type { Situation } from "./criterion.ts";
import { isDone } from "./history.ts";
import { gatesBetween, isStage } from "./lifecycle.ts";
import { firstInto } from "./lifecycle-steps.ts";
import { memoized } from "./memoize.ts";
import { causeOf, type Proposal } from "./proposal.ts";
import { rowKeys } from "./row-keys.ts";

/** A check that is still to be made; `name` tells it apart from the project's other rows of the same cause. */
type CheckToMake = Pick<Proposal, "cause" | "causedAt"> & {
  readonly name: string;
  readonly check: (typeof checks)[number];
};

/** The gate that first asks for the checks of a checkpoint, as the criteria have it. */
const askedOnLeaving: Readonly<Record<Checkpoint, Stage>> = {
  Onboarding: "Planning",
  "Functional testing": "QA",
  "Integration testing": "QA",
  "User experience": "QA",
  Documentation: "QA",
  "Security and compliance": "QA",
  "Monitoring and alerts": "QA",
  "Client readiness": "Deployment",
  Handover: "Review",
  "Done: client": "Review",
  "Done: business": "Review",
};

/** What tells a check's row from the project's others. */
const names = checks.map((check, index) => `check-${String(index + 1).padStart(2, "0")}-${check.id}`);

/** The checks of its plan that a project gets when it first comes into the stage that they begin in, each once. */
export const checksToMake = memoized((situation: Situation): readonly CheckToMake[] => {
  const { record, history } = situation;
  const { serviceType } = record.project;
  const leavesOut: readonly string[] = serviceType === null ? [] : plans[serviceType].leavesOut;
  const begins = new Map(stagesThatBegin.map((on) => [on, begunBy(situation, on)]));
  return checks.flatMap((check, index) => {
    const begun = leavesOut.includes(check.id) ? null : begins.get(check.on);
    // A project that passed the gate that asks for them had its own checks then, and needs no more.
    if (!begun || begun.passed.includes(askedOnLeaving[check.checkpoint])) return [];
    const { by, cause, keys } = begun;
    const name = names[index] ?? "";
    return isDone(history, keys[index] ?? "") ? [] : [{ name, cause, causedAt: by.at, check }];
  });
});

const stagesThatBegin: readonly Stage[] = [...new Set(checks.map(({ on }) => on))];

/** The move that first brought a project into a stage, and the gates that it passed; null where there was none. */
const begunBy = (situation: Situation, stage: Stage) => {
  const by = firstInto(situation, stage);
  if (by === null) return null;
  const { from, to } = by;
  const cause = causeOf(by);
  const keys = rowKeys(situation.record.project.pageId, names, cause);
  return { by, cause, keys, passed: isStage(from) && isStage(to) ? gatesBetween(from, to) : [] };
};
