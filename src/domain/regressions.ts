import type { Stage } from "../../notion-templates/stages.ts";
import type { Finding, Transition } from "../types/loop.ts";
import type { Situation } from "./criterion.ts";
import { type GateResult, judgeGates } from "./gates.ts";
import { judgedOf } from "./history.ts";
import { gatesBetween, isStage } from "./lifecycle.ts";
import { stageOrder } from "./stage-moves.ts";

/**
 * What was met when the project passed its gates and is not any more (design §8: gates judge moves only; a later regression
 * raises a note). What an override let pass was never met; a gate that the project went back behind is ahead again.
 */
export const regressions = (situation: Situation): GateResult => {
  const { stage } = situation.record.project;
  const ahead = stage === null ? [] : judgeGates([stage], situation).findings;
  const results = [...passedGates(situation)].map(([gate, { findings: overridden }]) => {
    const { findings, changesAt } = judgeGates([gate], situation);
    const passed = new Set(overridden.map(({ criterion }) => criterion));
    return { findings: findings.filter(({ criterion }) => !passed.has(criterion)), changesAt };
  });
  const changes = results.flatMap(({ changesAt }) => changesAt ?? []);
  const findings: Finding[] = [];
  for (const finding of results.flatMap((result) => result.findings)) {
    const isSame = ({ sentence }: Finding) => sentence === finding.sentence;
    if (!ahead.some(isSame) && !findings.some(isSame)) findings.push(finding);
  }
  return { findings, changesAt: changes.length === 0 ? null : Math.min(...changes) };
};

/** The gates behind the project, each with the move that passed it last. */
const passedGates = ({ record, history }: Situation): ReadonlyMap<Stage, Transition> => {
  const passed = new Map<Stage, Transition>();
  for (const transition of judgedOf(history, record.project.pageId, "stage")) {
    const { from, to, outcome } = transition;
    if (outcome !== "accepted" || !isStage(to)) continue;
    const position = stageOrder.indexOf(to);
    if (position >= 0)
      for (const gate of passed.keys()) if (stageOrder.indexOf(gate) >= position) passed.delete(gate);
    if (isStage(from)) for (const gate of gatesBetween(from, to)) passed.set(gate, transition);
  }
  return passed;
};
