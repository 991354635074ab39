import type { Checkpoint } from "../../notion-templates/plans/checkpoints.ts";
import { checks } from "../../notion-templates/plans/checks.ts";
import { plans } from "../../notion-templates/plans/plans.ts";
import type { Stage } from "../../notion-templates/stages.ts";
import { actionKey, type Transition } from "../types/loop.ts";
import type { Situation } from "./criterion.ts";
import { gatesBetween, isStage } from "./lifecycle.ts";
import { firstInto } from "./lifecycle-steps.ts";
import { causeOf, type Proposal } from "./proposal.ts";

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

/** Whether the move passed the gate that asks for these checks: the project had its own then, and needs no more. */
const passedWithout = ({ from, to }: Transition, checkpoint: Checkpoint): boolean =>
  isStage(from) && isStage(to) && gatesBetween(from, to).includes(askedOnLeaving[checkpoint]);

/** The checks of its plan that a project gets when it first comes into the stage that they begin in, each once. */
export const checksToMake = (situation: Situation): readonly CheckToMake[] => {
  const { record, history } = situation;
  const { pageId: projectId, serviceType } = record.project;
  const leavesOut: readonly string[] = serviceType === null ? [] : plans[serviceType].leavesOut;
  const done = new Set(history.actions.flatMap(({ key, state }) => (state === "done" ? [key] : [])));
  const begins = new Map<Stage, Transition | null>();
  for (const { on } of checks) if (!begins.has(on)) begins.set(on, firstInto(situation, on));
  return checks.flatMap((check, index) => {
    const by = leavesOut.includes(check.id) ? null : begins.get(check.on);
    if (!by || passedWithout(by, check.checkpoint)) return [];
    const name = `check-${String(index + 1).padStart(2, "0")}-${check.id}`;
    const cause = causeOf(by);
    return done.has(actionKey("row", `${projectId}:${name}`, cause))
      ? []
      : [{ name, cause, causedAt: by.at, check }];
  });
};
