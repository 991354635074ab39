import { commonRisks } from "../../notion-templates/plans/common-risks.ts";
import type { Plan, PlanMilestone } from "../../notion-templates/plans/plan.ts";
import { plans } from "../../notion-templates/plans/plans.ts";
import type { Transition } from "../types/loop.ts";
import { dateIn, type PlainDate } from "./calendar.ts";
import type { Situation } from "./criterion.ts";
import { calendarFor } from "./days-off.ts";
import { effectiveOf, pastAction } from "./history.ts";
import { memoized } from "./memoize.ts";
import { datePlan, type PlanAnchor } from "./plan-dates.ts";
import {
  causeOf,
  isKept,
  type Proposal,
  proposalBy,
  proposalKey,
  type Settling,
  settling,
  withRecord,
} from "./proposal.ts";
import type { DeliveryRecord, Milestone } from "./record.ts";
import { rowKeys } from "./row-keys.ts";
import { usableDay } from "./schedule-of.ts";
import { withValues } from "./with-values.ts";

/** A plan that a project has got by a choice of its Service type. */
type ChosenPlan = {
  readonly plan: Plan;
  readonly by: Transition;
  readonly anchor: PlanAnchor;
  /** Of the actions that make its milestones, by the plan's own keys. */
  readonly keys: ReadonlyMap<string, string>;
};

/** Rows come into being in the order of their keys: what others depend on comes first. */
const namesOf = memoized((plan: Plan) =>
  milestonesOf(plan).map(({ key }, index) => `milestone-${String(index + 1).padStart(2, "0")}-${key}`),
);

const keysOf = (plan: Plan, projectId: string, by: Transition): ReadonlyMap<string, string> => {
  const keys = rowKeys(projectId, namesOf(plan), causeOf(by));
  return new Map(milestonesOf(plan).map(({ key }, index) => [key, keys[index] ?? ""]));
};

/**
 * The plan that is to be carried out: that of the Service type chosen last, on a project that has no milestone yet or whose
 * milestones are being made. Null where a day to count from is missing, or the type was there before Milepost looked.
 */
const chosenPlan = memoized(({ record, history, office, now }: Situation): ChosenPlan | null => {
  const { project, milestones } = record;
  const { pageId, serviceType, stage } = project;
  if (serviceType === null || stage === "Complete" || stage === "Cancelled") return null;
  const by = effectiveOf(history, pageId, "serviceType").at(-1);
  if (by?.outcome !== "accepted" || by.to !== serviceType) return null;
  const anchor = anchorOf(record, office.timeZone, dateIn(now, office.timeZone));
  const plan = plans[serviceType];
  if (anchor === null) return null;
  const keys = keysOf(plan, pageId, by);
  const isBegun = keys.values().some((key) => isKept(history, key));
  return isBegun || milestones.length === 0 ? { plan, by, anchor, keys } : null;
});

/** What brought the plan that is to be carried out. */
export const planCause = (situation: Situation): Pick<Proposal, "cause" | "causedAt"> | null => {
  const by = chosenPlan(situation)?.by;
  return by ? { cause: causeOf(by), causedAt: by.at } : null;
};

/** A plan that Milepost has laid on a project, and when (UTC ms; Infinity where the ledger does not know any more). */
type LaidPlan = { readonly plan: Plan; readonly at: number };

/** The plan that the project's milestones come from; null where none of them is there, and all are the team's own. */
export const laidPlan = ({ record, history }: Situation): LaidPlan | null => {
  const { project, milestones } = record;
  const made = new Set(milestones.map(({ milepostKey }) => milepostKey));
  const laid = effectiveOf(history, project.pageId, "serviceType").flatMap((by) => {
    const plan = Object.values(plans).find(({ serviceType }) => serviceType === by.to);
    const isThere =
      plan &&
      keysOf(plan, project.pageId, by)
        .values()
        .some((key) => made.has(key));
    return isThere ? [{ plan, at: pastAction(history, proposalKey(by))?.at ?? Infinity }] : [];
  });
  return laid.at(-1) ?? null;
};

const milestonesOf = ({ milestones }: Plan): readonly PlanMilestone[] => milestones;

const anchorOf = ({ project }: DeliveryRecord, zone: string, today: PlainDate): PlanAnchor | null => {
  const start = usableDay(project.start, zone, today);
  if (start !== null) return { start };
  const agreedDelivery = usableDay(project.agreedDelivery, zone, today);
  return agreedDelivery === null ? null : { agreedDelivery };
};

const isOver = ({ history }: Situation, key: string): boolean => {
  const state = pastAction(history, key)?.state ?? "cancelled";
  return state !== "cancelled" && state !== "pending" && state !== "running";
};

/**
 * The record with the milestones of its plan that are still to be made, each under the key of the action that makes it, and
 * the Agreed delivery that the plan proposes where there is none.
 */
export const withPlan = (situation: Situation): Settling => {
  const { record, history, office } = situation;
  const chosen = chosenPlan(situation);
  if (!chosen) return { situation, proposals: [] };
  const { plan, by, anchor, keys } = chosen;
  const { project } = record;
  const made = new Map(record.milestones.map(({ milepostKey, pageId }) => [milepostKey, pageId]));
  const isProposed = isKept(history, proposalKey(by));
  const isLaid = keys.values().every((key) => made.has(key) || isOver(situation, key));
  if (isProposed && isLaid) return { situation, proposals: [] };
  const dated = datePlan(plan, anchor, calendarFor(office, project.client));
  const idOf = (key: string): string => {
    const action = keys.get(key) ?? key;
    return made.get(action) ?? action;
  };
  const planned = milestonesOf(plan).flatMap((one, index) => {
    const pageId = keys.get(one.key) ?? "";
    if (made.has(pageId) || isOver(situation, pageId)) return [];
    const target = dated.targets.get(one.key) ?? dated.start;
    const dependsOn = one.dependsOn.map(idOf);
    return [newMilestone(one, { pageId, target, dependsOn, order: index + 1, project, now: situation.now })];
  });
  const milestones = [...record.milestones, ...planned];
  const settled = withRecord(situation, withValues(record, { milestones }));
  if (isProposed) return { situation: settled, proposals: [] };
  const value = { start: dated.agreedDelivery, end: null, zone: null };
  const place = { database: "projects", pageId: project.pageId, property: "agreedDelivery" } as const;
  return settling(settled, [
    proposalBy(by, project.agreedDelivery === null ? [{ ...place, value }] : [], ""),
  ]);
};

type Laid = {
  readonly pageId: string;
  readonly target: PlainDate;
  readonly dependsOn: readonly string[];
  readonly order: number;
  readonly project: DeliveryRecord["project"];
  readonly now: number;
};

const newMilestone = (
  { name, kind, deliverable, clientVisible }: PlanMilestone,
  { pageId, target, dependsOn, order, project, now }: Laid,
): Milestone => ({
  ...{ pageId, createdTime: now, url: "", name, project: [project.pageId], kind, status: "Not started" },
  ...{ target: { start: target, end: null, zone: null }, order, deliverable, whatWorksNow: "", demo: null },
  ...{ dependsOn, reviewOn: null, feedbackBy: null, skipReason: "", clientVisible, baseline: null },
  ...{ forecast: null, slip: null, whyItMoved: "", actual: null, signOff: "Not needed", signedBy: "" },
  ...{ signedAt: null, feedback: "", milepostKey: pageId },
});

export type RiskToMake = Pick<Proposal, "key" | "cause" | "causedAt"> & {
  readonly risk: (typeof commonRisks)[number];
};

const riskNames = commonRisks.map(({ key }) => `risk-${key}`);

/** The common risks that a project still gets, by the keys of the actions that make them: once in its life. */
export const risksToMake = (situation: Situation): readonly RiskToMake[] => {
  const chosen = chosenPlan(situation);
  const { pageId } = situation.record.project;
  const by = effectiveOf(situation.history, pageId, "serviceType").find(
    ({ outcome }) => outcome === "accepted",
  );
  if (!chosen || !by) return [];
  const keys = rowKeys(pageId, riskNames, causeOf(by));
  return commonRisks.flatMap((risk, index) => {
    const key = keys[index] ?? "";
    return isOver(situation, key) ? [] : [{ key, cause: causeOf(by), causedAt: by.at, risk }];
  });
};
