import { type Stage, stageOptions } from "../../notion-templates/stages.ts";
import type { History } from "../types/loop.ts";
import type { Asker } from "../types/schema.ts";
import { effectiveOf } from "./history.ts";
import { oneOf } from "./in-words.ts";
import { type MoveKind, type StageMove, stageMoves, stageOrder } from "./stage-moves.ts";

/** Whether a move is known to the process: with the gates that have to be met, in their order, or with the reason why not. */
export type MovePlan =
  | { readonly kind: MoveKind; readonly gates: readonly Stage[]; readonly who: readonly Asker[] }
  | { readonly kind: "illegal"; readonly why: string };

const positionOf = (stage: Stage): number => stageOrder.indexOf(stage);

/** Whether the text is a stage of the template. */
export const isStage = (text: string | null): text is Stage => stageOptions.some(({ name }) => name === text);

/**
 * What a move from one stage to another takes. An empty `from` counts as Intake, so that it has every gate before it.
 * `projectId` finds the project's own moves in the history.
 */
export const planMove = (
  from: Stage | null,
  to: string | null,
  history: History,
  projectId: string,
): MovePlan => {
  const start = from ?? "Intake";
  if (!isStage(to)) return { kind: "illegal", why: "Stage cannot be empty." };
  if (start === to) {
    return from === null
      ? { kind: "forward", gates: [], who: ["team"] }
      : { kind: "illegal", why: `The project is in ${to} already.` };
  }
  const jump = stepsBetween(start, to);
  if (jump.length > 0)
    return {
      kind: "forward",
      gates: jump.map((step) => step.from),
      who: [...new Set(jump.flatMap(({ who }) => who))],
    };
  const move = stageMoves.find((row) => row.from === start && row.to === to);
  if (!move)
    return { kind: "illegal", why: `${whyNot(start, to)} ${choicesFrom(start, history, projectId)}` };
  const was = move.kind === "resume" ? stageBefore(history, projectId) : null;
  if (was !== null && was !== to)
    return { kind: "illegal", why: `Before ${start} the project was in ${was}. It goes back there first.` };
  return { kind: move.kind, gates: [], who: move.who };
};

/** The stages whose gates a forward move crosses, in their order; none where it does not go forward. */
export const gatesBetween = (from: Stage, to: Stage): readonly Stage[] =>
  stepsBetween(from, to).map((step) => step.from);

/** The forward rows that lead from one stage to a later one; none where it is not later. */
const stepsBetween = (from: Stage, to: Stage): readonly StageMove[] => {
  const [first, last] = [positionOf(from), positionOf(to)];
  if (first < 0 || last <= first) return [];
  return stageMoves.filter(
    (row) => row.kind === "forward" && positionOf(row.from) >= first && positionOf(row.to) <= last,
  );
};

/**
 * The stage that a project on hold or cancelled was in. Null where Milepost first saw it there: then the team knows where
 * it was, and any live stage is right.
 */
export const stageBefore = (history: History, projectId: string): Stage | null => {
  const left = effectiveOf(history, projectId, "stage").findLast(
    ({ from, to }) => isStage(from) && isStage(to) && positionOf(from) >= 0 && positionOf(to) < 0,
  );
  return left && isStage(left.from) ? left.from : null;
};

const whyNot = (from: Stage, to: Stage): string =>
  from === "Complete"
    ? `A complete project cannot go to ${to}.`
    : `A project cannot go from ${from} to ${to} in one move.`;

const choicesFrom = (from: Stage, history: History, projectId: string): string => {
  const was = stageBefore(history, projectId);
  const rows = stageMoves.filter(
    (row) => row.from === from && (row.kind !== "resume" || was === null || row.to === was),
  );
  return `From ${from} it can go to ${oneOf(rows.map((row) => row.to))}.`;
};

/** The stage after this one; null at the end and outside the delivery. */
export const stageAfter = (stage: Stage): Stage | null =>
  stageMoves.find((row) => row.kind === "forward" && row.from === stage)?.to ?? null;

/**
 * When the project came into the stage that it is in (UTC ms); time on hold does not start it anew. Null where the history
 * does not know.
 */
export const enteredAt = (history: History, projectId: string, stage: Stage): number | null => {
  const entries = effectiveOf(history, projectId, "stage").filter(({ to }) => to === stage);
  const fresh = entries.findLast(({ from }) => from !== "On hold" && from !== "Cancelled");
  return (fresh ?? entries[0])?.at ?? null;
};

/**
 * Whether a project has come into Handover and not gone back since: then alone its Delivered counts. On hold or cancelled it
 * counts as where it was.
 */
export const isHandedOver = (
  history: History,
  { pageId, stage }: { readonly pageId: string; readonly stage: Stage | null },
): boolean => {
  const isAway = stage === "On hold" || stage === "Cancelled";
  const live = isAway ? stageBefore(history, pageId) : stage;
  return live !== null && positionOf(live) >= positionOf("Handover");
};

/** A time (UTC ms) in which a project was away from its stage, on hold or cancelled. */
type Rest = { readonly from: number; readonly until: number };

/** When the project rested out of a stage since a moment (UTC ms), and went on in it. */
export const restsIn = (
  history: History,
  projectId: string,
  stage: Stage,
  since: number,
): readonly Rest[] => {
  const moves = effectiveOf(history, projectId, "stage").filter(({ at }) => at >= since);
  return moves.flatMap(({ from, to, at }, index) => {
    if (from !== stage || (to !== "On hold" && to !== "Cancelled")) return [];
    const back = moves.slice(index + 1).find((move) => move.to === stage);
    return back ? [{ from: at, until: back.at }] : [];
  });
};

const runsAfterComplete = 30 * 86_400_000;

/** Whether the project has been complete for more than 30 days: its rules have ended then (process/000 "Post-Handoff"). */
export const isFinished = (
  history: History,
  projectId: string,
  stage: Stage | null,
  now: number,
): boolean => {
  if (stage !== "Complete") return false;
  const completed = enteredAt(history, projectId, stage);
  return completed !== null && now - completed > runsAfterComplete;
};

/** Whether a move brings the work back from QA, or from a later stage, to before it. */
export const leavesQaBackwards = (from: string | null, to: string | null): boolean => {
  if (!isStage(from) || !isStage(to)) return false;
  const qa = positionOf("QA");
  return positionOf(from) >= qa && positionOf(to) >= 0 && positionOf(to) < qa;
};
