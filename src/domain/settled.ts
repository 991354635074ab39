import { baselineDeliveryOf, baselineOf, changeOrdersOf } from "./baseline.ts";
import { withDecisions, withNumbers, withPreviews } from "./change-decisions.ts";
import type { Situation } from "./criterion.ts";
import { withActuals, withSteps } from "./lifecycle-steps.ts";
import { memoized, prime } from "./memoize.ts";
import { withMovedStart, withMovedTargets } from "./moved-edits.ts";
import { planCause, type RiskToMake, risksToMake, withPlan } from "./plan-rows.ts";
import { type Proposal, withRecord } from "./proposal.ts";
import type { DeliveryRecord, Milestone } from "./record.ts";
import { withReopened } from "./reopened.ts";
import { type Forecast, forecastOf } from "./schedule.ts";
import { scheduleIn } from "./schedule-of.ts";
import { withEach, withValues } from "./with-values.ts";

/** A record as it stands once everything that follows from what has happened has been done. */
export type Settled = {
  /** As it was found. */
  readonly given: Situation;
  /** What every rule reads: the record and the history as they are once this decision is carried out, without new rows. */
  readonly situation: Situation;
  /** With the milestones that are still to be made. */
  readonly record: DeliveryRecord;
  /** The milestones of the plan that are still to be made; their page ids are the keys of the actions that make them. */
  readonly toMake: readonly Milestone[];
  /** The common risks that are still to be made. */
  readonly risks: readonly RiskToMake[];
  /** What brought that plan; null where there is none to make. */
  readonly by: Pick<Proposal, "cause" | "causedAt"> | null;
  /** In the order in which they build on each other. */
  readonly proposals: readonly Proposal[];
  readonly forecast: Forecast;
  /** What Change orders of the project should be. */
  readonly changeOrders: string;
};

/** The plan comes after the moves: what is still to be made is laid anew each time. */
const steps = [withSteps, withReopened, withMovedStart, withMovedTargets, withPlan, withDecisions] as const;

const settle = (given: Situation): Settled => {
  let situation = withNumbers(given);
  const proposals: Proposal[] = [];
  for (const step of steps) {
    const next = step(situation);
    // Decided changes move what is open: the steps that are done by now are not.
    situation = step === withPlan ? withActuals(next.situation) : next.situation;
    proposals.push(...next.proposals);
  }
  situation = withPreviews(situation);
  const { record, history, office } = situation;
  const { project } = record;
  const milestones = withEach(record.milestones, (milestone) =>
    withValues(milestone, { baseline: baselineOf(milestone, project) }),
  );
  const baselineDelivery = baselineDeliveryOf(project);
  const based = withValues(record, { milestones, project: withValues(project, { baselineDelivery }) });
  const there = new Set(given.record.milestones.map(({ pageId }) => pageId));
  const toMake = milestones.filter(({ pageId }) => !there.has(pageId));
  const present =
    toMake.length === 0 ? record.milestones : record.milestones.filter(({ pageId }) => there.has(pageId));
  const settled: Settled = {
    given,
    situation: withRecord(situation, withValues(record, { milestones: present })),
    record: based,
    toMake,
    risks: risksToMake(given),
    by: planCause(given),
    proposals,
    forecast: forecastOf(scheduleIn(withRecord(situation, based))),
    changeOrders: changeOrdersOf(based, history, office.timeZone),
  };
  // What rules read is settled already.
  prime(settle, settled.situation, settled);
  return settled;
};

/**
 * Everything that follows from a record and its history at once: the plan, what moved Targets and decided change requests
 * take along, Actuals, baselines and the forecast on top of it. So one decision settles it, and the next finds nothing to do.
 */
export const settledOf = memoized(settle);
