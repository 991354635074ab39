import type { LifecycleKind } from "../../notion-templates/milestone-kinds.ts";
import type { Stage } from "../../notion-templates/stages.ts";
import type { ProposedChange } from "../types/action.ts";
import type { History, Transition } from "../types/loop.ts";
import type { DateValue } from "../types/values.ts";
import { dateIn } from "./calendar.ts";
import { certificationOf } from "./certification.ts";
import type { Situation } from "./criterion.ts";
import { effectiveOf } from "./history.ts";
import { isStage } from "./lifecycle.ts";
import { isKept, proposalBy, proposalKey, type Settling, settling, withRecord } from "./proposal.ts";
import type { Milestone, Project } from "./record.ts";
import { stageOrder } from "./stage-moves.ts";
import { withEach, withValues } from "./with-values.ts";

/** The steps of the delivery record that are done when the project comes into a stage, or past it (process/002). */
const enters: Readonly<Partial<Record<LifecycleKind, Stage>>> = {
  "Intake handoff": "Planning",
  "Production start": "In production",
  "QA submitted": "QA",
  "Deployment start": "Deployment",
  "Client handover": "Handover",
  "Post-delivery review": "Complete",
};

/** Steps that somebody of the team declares done, and in which stage: what counts is their Status (design §7). */
const declaredIn: Readonly<Partial<Record<LifecycleKind, Stage>>> = {
  "Production complete": "In production",
  "Deployment complete": "Deployment",
};

/** Whether a milestone of this kind is done by what was accepted for the project, and not by its own Status. */
export const followsStage = (kind: Milestone["kind"]): boolean =>
  kind !== null && (kind in enters || kind === "QA certified");

const positionOf = (stage: string | null): number =>
  stage === null ? 0 : isStage(stage) ? stageOrder.indexOf(stage) : -1;

/** Whether a move of Stage comes to a stage or past it (`in`), or back to before it (`out`). On hold is neither. */
const crosses = ({ from, to }: Transition, stage: Stage): "in" | "out" | null => {
  const [first, last, line] = [positionOf(from), positionOf(to), stageOrder.indexOf(stage)];
  if (first < 0 || last < 0) return null;
  if (first < line && line <= last) return "in";
  return last < line && line <= first ? "out" : null;
};

/** Whether a move of Stage brings the work back to a stage, or to before it. */
const returnsTo = ({ from, to }: Transition, stage: Stage): boolean => {
  const [first, last] = [positionOf(from), positionOf(to)];
  return last >= 0 && last < first && last <= stageOrder.indexOf(stage);
};

/** The accepted move that first brought the project into a stage, or past it; null where the history does not know. */
export const firstInto = ({ record, history }: Situation, stage: Stage): Transition | null => {
  const first = effectiveOf(history, record.project.pageId, "stage").find(
    (move) => crosses(move, stage) === "in",
  );
  return first?.outcome === "accepted" ? first : null;
};

/** When a step was done by what was accepted; null where it was undone since, undefined where the history does not know. */
const doneAt = (milestone: Milestone, project: Project, history: History): number | null | undefined => {
  const { kind, pageId, status } = milestone;
  if (status === "Skipped" || kind === null) return undefined;
  const stage = kind in enters ? enters[kind as LifecycleKind] : undefined;
  if (stage !== undefined) {
    const last = effectiveOf(history, project.pageId, "stage").findLast(
      (move) => crosses(move, stage) !== null,
    );
    if (last?.outcome !== "accepted") return undefined;
    return crosses(last, stage) === "in" ? last.at : null;
  }
  if (kind === "QA certified") {
    const last = effectiveOf(history, project.pageId, "qaCertification").at(-1);
    if (last?.outcome !== "accepted") return undefined;
    return last.to === "PASS" && certificationOf(project, history) === "PASS" ? last.at : null;
  }
  if (!(kind in declaredIn)) return undefined;
  const last = effectiveOf(history, pageId, "status").at(-1);
  if (last?.outcome !== "accepted" || last.from === null) return undefined;
  return last.to === "Done" && status === "Done" ? last.at : null;
};

/** The Actual of a step of the delivery record as the history says; undefined where it is the team's to write. */
export const lifecycleActual = (
  milestone: Milestone,
  { record, history, office }: Situation,
): DateValue | null | undefined => {
  const at = doneAt(milestone, record.project, history);
  return typeof at === "number" ? { start: dateIn(at, office.timeZone), end: null, zone: null } : at;
};

/** The record with the Actuals that follow from what was accepted. */
export const withActuals = (situation: Situation): Situation => {
  const milestones = withEach(situation.record.milestones, (milestone) => {
    const actual = lifecycleActual(milestone, situation);
    return actual === undefined ? milestone : withValues(milestone, { actual });
  });
  return withRecord(situation, withValues(situation.record, { milestones }));
};

/**
 * What the last move of Stage and the last verdict of QA say of the steps: those that they reach are proposed as Done, those
 * that they take back as Not started, and Delivered as the day of the handover.
 */
export const withSteps = (situation: Situation): Settling => {
  const { record, history } = situation;
  const { pageId } = record.project;
  const causes = ["stage", "qaCertification"].flatMap((property) => {
    const last = effectiveOf(history, pageId, property).at(-1);
    const isNews = last?.outcome === "accepted" && last.by.kind !== "service";
    return isNews && !isKept(history, proposalKey(last)) ? [last] : [];
  });
  const proposals = causes.map((cause) => {
    const changes = record.milestones.flatMap((milestone) => statusChange(milestone, cause));
    return proposalBy(cause, [...changes, ...deliveredBy(situation, cause)], "");
  });
  return settling(situation, proposals);
};

/**
 * What a move of Stage says of Delivered: the day of the handover, and nothing any more once that handover is taken back. A
 * day that people wrote themselves stands.
 */
const deliveredBy = (
  { record, history, office }: Situation,
  cause: Transition,
): readonly ProposedChange[] => {
  const { pageId, delivered } = record.project;
  const crossed = cause.property === "stage" ? crosses(cause, "Handover") : null;
  if (crossed === null) return [];
  const before = effectiveOf(history, pageId, "stage").findLast(
    (move) => move.version < cause.version && crosses(move, "Handover") === "in",
  );
  const isOfBefore = before !== undefined && delivered?.start === dateIn(before.at, office.timeZone);
  if (delivered !== null && !isOfBefore) return [];
  const value = crossed === "in" ? { start: dateIn(cause.at, office.timeZone), end: null, zone: null } : null;
  if (value?.start === delivered?.start) return [];
  return [{ database: "projects", pageId, property: "delivered", value }];
};

/** QA's verdict, and a way back from QA, which takes it away. */
const certifies = (cause: Transition): "in" | "out" | null => {
  if (cause.property === "qaCertification") return cause.to === "PASS" ? "in" : "out";
  return crosses(cause, "QA") === "out" ? "out" : null;
};

const statusChange = (milestone: Milestone, cause: Transition): readonly ProposedChange[] => {
  const { kind, pageId, status } = milestone;
  const stage = kind !== null && kind in enters ? enters[kind as LifecycleKind] : undefined;
  const reached = stage
    ? cause.property === "stage" && crosses(cause, stage)
    : kind === "QA certified" && certifies(cause);
  const change = (value: string): readonly ProposedChange[] => [
    { database: "milestones", pageId, property: "status", value },
  ];
  // What is worked on again is declared done anew (process/002 §4: rework, then "Re-submit to QA after remediation").
  const declared = kind !== null && kind in declaredIn ? declaredIn[kind as LifecycleKind] : undefined;
  if (declared && status === "Done" && cause.property === "stage" && returnsTo(cause, declared))
    return change("In progress");
  if (reached === "in" && status !== "Done" && status !== "Skipped") return change("Done");
  return reached === "out" && status === "Done" ? change("Not started") : [];
};
