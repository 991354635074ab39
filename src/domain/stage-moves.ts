import type { Stage } from "../../notion-templates/stages.ts";
import type { Asker } from "../types/schema.ts";

/** The seven stages of process/002 in their order, then the end of the delivery. */
export const stageOrder: readonly Stage[] = [
  "Intake",
  "Planning",
  "In production",
  "QA",
  "Deployment",
  "Handover",
  "Review",
  "Complete",
];

/** Stages in which work goes on: each has a gate to the next one. */
const liveStages = stageOrder.slice(0, -1);

export type MoveKind = "forward" | "backward" | "hold" | "resume" | "cancel";

/** One permitted move of Stage, who may ask for it, and where the process says so. */
export type StageMove = {
  readonly kind: MoveKind;
  readonly from: Stage;
  readonly to: Stage;
  readonly who: readonly Asker[];
  readonly source: string;
};

/** Every move is the team's to ask for: Milepost never moves Stage itself, and no client does (design §8). */
const move = (kind: MoveKind, from: Stage, to: Stage, source: string): StageMove => ({
  kind,
  from,
  to,
  who: ["team"],
  source,
});

/**
 * Every single move. A forward jump is a chain of forward rows and has to meet every gate on its way; a way back that has
 * no row is made in several moves. A project resumes only where it was: the history says where.
 */
export const stageMoves: readonly StageMove[] = [
  move("forward", "Intake", "Planning", "process/002 §1 Gate"),
  move("forward", "Planning", "In production", "process/002 §2 Gate"),
  move("forward", "In production", "QA", "process/002 §3 Gate"),
  move("forward", "QA", "Deployment", "process/002 §4 Gate"),
  move("forward", "Deployment", "Handover", "process/002 §5 Gate"),
  move("forward", "Handover", "Review", "process/002 §7 Trigger"),
  move("forward", "Review", "Complete", "process/002 §7 Gate"),

  move("backward", "Planning", "Intake", "process/002 §1: ambiguities are resolved with intake"),
  move("backward", "In production", "Planning", "process/002 §3: a blocker's impact on the timeline"),
  move("backward", "QA", "In production", "process/002 §4: if QA fails, production rework"),
  move("backward", "Deployment", "QA", "process/002 §5: deployment issues go to QA"),
  move("backward", "Deployment", "In production", "process/002 §5: deployment issues go to production"),
  move("backward", "Handover", "Deployment", "process/002 §5 Gate: deployment was not successful after all"),
  move("backward", "Review", "Handover", "process/002 §6 Gate: the client has yet to acknowledge receipt"),
  move("backward", "Complete", "Review", "process/002 §7 Gate: the review was not complete after all"),

  ...liveStages.map((stage) => move("hold", stage, "On hold", "process/002 §3: unresolved blockers")),
  ...liveStages.map((stage) => move("resume", "On hold", stage, "design §8: back to where it was")),

  ...liveStages.map((stage) => move("cancel", stage, "Cancelled", "design §8")),
  move("cancel", "On hold", "Cancelled", "design §8"),
  ...liveStages.map((stage) => move("resume", "Cancelled", stage, "a card cancelled by mistake goes back")),
  move("hold", "Cancelled", "On hold", "a cancelled project is taken up again, but not yet"),
];
