import type { Stage } from "../../notion-templates/stages.ts";
import type { Actor, Finding } from "../types/loop.ts";
import type { Asker, DatabaseKey } from "../types/schema.ts";
import { criteria } from "./criteria.ts";
import type { Criterion, Judgement, Situation } from "./criterion.ts";
import { type Fault, onProject, projectName } from "./fault.ts";
import { judgedOf } from "./history.ts";
import { gatesBetween, isStage, planMove, stageAfter } from "./lifecycle.ts";
import { memoized } from "./memoize.ts";
import type { Verdict } from "./verdict.ts";

/** A request to move a project; `from` and `to` are values of Stage, null where it is empty. */
export type StageRequest = Situation & {
  readonly from: string | null;
  readonly to: string | null;
  readonly by: Actor;
};

/** What one or more gates find, in their order. */
export type GateResult = { readonly findings: readonly Finding[]; readonly changesAt: number | null };

/** Marks a move as unknown to the process. */
const moveCriterion = "move";

/** Marks the finding that keeps the reason of an override. */
export const overrideCriterion = "override";

const criteriaOf = (gates: readonly Stage[]): readonly Criterion[] =>
  criteria.filter((criterion) => criterion.gates.some((gate) => gates.includes(gate)));

/** What was judged of a situation: several rules ask for the same one, and criteria belong to several gates. */
const judgementsOf = memoized((_situation: Situation) => new Map<Criterion, Judgement>());

const judgementOf = (criterion: Criterion, situation: Situation): Judgement => {
  const judged = judgementsOf(situation);
  const judgement = judged.get(criterion) ?? criterion.judge(situation);
  judged.set(criterion, judgement);
  return judgement;
};

/** Judges the gates of the given stages and collects every finding, what several criteria ask for only once. */
export const judgeGates = (gates: readonly Stage[], situation: Situation): GateResult => {
  const findings: Finding[] = [];
  const changes: number[] = [];
  for (const criterion of criteriaOf(gates)) {
    const { id, overridable } = criterion;
    const judgement = judgementOf(criterion, situation);
    if (judgement.met) continue;
    if (judgement.changesAt !== null) changes.push(judgement.changesAt);
    for (const fault of judgement.faults)
      if (!findings.some((finding) => finding.overridable === overridable && isSame(finding, fault)))
        findings.push({ criterion: id, overridable, ...fault });
  }
  return { findings, changesAt: changes.length === 0 ? null : Math.min(...changes) };
};

const isSame = (one: Fault, other: Fault): boolean =>
  one.sentence === other.sentence && JSON.stringify(one.places) === JSON.stringify(other.places);

/**
 * Judges a move of Stage: every gate that it crosses, all findings at once. Only for a complete record; on an incomplete
 * one the request waits (design §8).
 */
export const judge = (request: StageRequest): Verdict => {
  const { record, history, from, to, by } = request;
  const plan = planMove(isStage(from) ? from : null, to, history, record.project.pageId);
  if (plan.kind === "illegal") return refusedMove(request, plan.why);
  if (!plan.who.includes(askerOf(by))) return refusedMove(request, "Only the team moves a project.");
  const { findings, changesAt } = judgeGates(plan.gates, request);
  const reason = record.project.overrideReason.trim();
  if (findings.length === 0) {
    const spent = reason !== "" && plan.gates.length > 0 && usedFor(request, reason) === null;
    return { allowed: true, overridden: spent ? [reasonFinding(request, reason)] : [] };
  }
  if (reason === "") return { allowed: false, findings, changesAt };
  const obstacle = overrideObstacle(request, reason);
  if (obstacle) return { allowed: false, findings: [...findings, obstacle], changesAt };
  const fixed = findings.filter(({ overridable }) => !overridable);
  if (fixed.length > 0) return { allowed: false, findings: fixed, changesAt };
  return { allowed: true, overridden: [reasonFinding(request, reason), ...findings] };
};

const askerOf = (by: Actor): Asker => (by.kind === "client" || by.kind === "service" ? by.kind : "team");

const refusedMove = ({ record }: StageRequest, sentence: string): Verdict => ({
  allowed: false,
  findings: [
    { criterion: moveCriterion, sentence, places: [onProject(record, "stage")], overridable: false },
  ],
  changesAt: null,
});

/** Why the Override reason does not count: who moves the card is not listed in Office, whoever wrote it, or it has been used. */
const overrideObstacle = (request: StageRequest, reason: string): Finding | null => {
  const { record, office, by } = request;
  const column = projectName("overrideReason");
  const places = [onProject(record, "overrideReason")];
  if (by.kind !== "person" || !office.mayOverride.includes(by.id)) {
    const sentence = `The ${column} counts only when somebody listed in Office moves the card.`;
    const listed = { database: "office", pageId: null, property: "mayOverride" } as const;
    return { criterion: overrideCriterion, sentence, places: [...places, listed], overridable: false };
  }
  const used = usedFor(request, reason);
  if (used === null) return null;
  const sentence = `The ${column} has been used for the move to ${used}. Write a new one for this move.`;
  return { criterion: overrideCriterion, sentence, places, overridable: false };
};

/** The stage that an earlier move reached while the same reason stood there: it counts for the next one only (design §8). */
const usedFor = ({ record, history }: StageRequest, reason: string): string | null =>
  judgedOf(history, record.project.pageId, "stage").findLast(
    ({ outcome, findings }) =>
      outcome === "accepted" &&
      findings.some(({ criterion, sentence }) => criterion === overrideCriterion && sentence === reason),
  )?.to ?? null;

const reasonFinding = ({ record }: StageRequest, reason: string): Finding => ({
  criterion: overrideCriterion,
  sentence: reason,
  places: [onProject(record, "overrideReason")],
  overridable: false,
});

/** Whether a refusal means that the process does not know the move, rather than that something is missing for it. */
export const isUnknownMove = (findings: readonly Finding[]): boolean =>
  findings.some(({ criterion }) => criterion === moveCriterion);

/** The databases that findings point to: read again before a refusal (design §8). */
export const databasesNamed = (findings: readonly Finding[]): readonly DatabaseKey[] => [
  ...new Set(findings.flatMap(({ places }) => places.map(({ database }) => database))),
];

/** The databases that the gates between two stages draw on: read again before a forward move is accepted. */
export const databasesBehind = (from: string | null, to: string | null): readonly DatabaseKey[] => {
  const gates = isStage(from) && isStage(to) ? gatesBetween(from, to) : [];
  const drawn = criteriaOf(gates).flatMap(({ fixedIn }) => fixedIn);
  return [...new Set(drawn.map(({ database }) => database))];
};

/** The gate ahead of a project, judged now; null where no stage follows. */
export const nextGate = (situation: Situation): (GateResult & { readonly to: Stage }) | null => {
  const { stage } = situation.record.project;
  const to = stage && stageAfter(stage);
  return stage && to ? { to, ...judgeGates([stage], situation) } : null;
};
