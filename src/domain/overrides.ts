import type { Finding, History, Transition } from "../types/loop.ts";
import { overrideCriterion } from "./gates.ts";
import { judgedOf } from "./history.ts";
import type { DeliveryRecord } from "./record.ts";

/** A move that an Override reason let pass: what belongs into Decisions (design §8). */
export type OverriddenMove = {
  readonly transition: Transition;
  readonly reason: string;
  /** What was not met, in the order of the gates. */
  readonly passed: readonly Finding[];
};

/** Every move of the project that a reason let pass, oldest first. A reason that was not needed is none. */
export const overriddenMoves = ({ project }: DeliveryRecord, history: History): readonly OverriddenMove[] =>
  judgedOf(history, project.pageId, "stage").flatMap((transition) => {
    const [reason, ...passed] = transition.findings;
    if (transition.outcome !== "accepted" || reason?.criterion !== overrideCriterion) return [];
    return passed.length === 0 ? [] : [{ transition, reason: reason.sentence, passed }];
  });
