import type { PlanMilestone } from "../../notion-templates/plans/plan.ts";
import { addBusinessDays, type Calendar, isPlainDate, type PlainDate } from "./calendar.ts";

/** "Week w, Day d" of the plans as a business day, Start being day 1; a week has five (process/000, milestone example). */
export const planDay = (week: number, day: number): number => 5 * (week - 1) + Math.min(day, 5);

/** The date of business day `day` of a plan that starts on `start`: day 1 is `start`, or the next business day after it. */
export const dateOfPlanDay = (start: PlainDate, day: number, calendar: Calendar): PlainDate =>
  addBusinessDays(addBusinessDays(start, 0, calendar), day - 1, calendar);

/** Business days between the last milestone and the proposed delivery: 20 % of the plan's, rounded up (process/000 "Risk Management"). */
export const bufferDays = (days: number): number => Math.ceil(days / 5);

/** What a plan is laid from: its first day, or the agreed delivery backwards. Start counts where both are known. */
export type PlanAnchor = { readonly start: PlainDate } | { readonly agreedDelivery: PlainDate };

/** What dates need of a plan. */
export type PlanDays = {
  readonly days: number;
  readonly milestones: readonly Pick<PlanMilestone, "key" | "day">[];
};

/** A plan with dates. `agreedDelivery` is the proposal: the last milestone and the buffer after it. */
export type DatedPlan = {
  readonly start: PlainDate;
  readonly agreedDelivery: PlainDate;
  /** The Target of each milestone by its key in the plan. */
  readonly targets: ReadonlyMap<string, PlainDate>;
};

/** The last business day up to and including a day. */
const onOrBefore = (date: PlainDate, calendar: Calendar): PlainDate =>
  addBusinessDays(addBusinessDays(date, 1, calendar), -1, calendar);

const startFor = (plan: PlanDays, agreedDelivery: PlainDate, calendar: Calendar): PlainDate =>
  addBusinessDays(onOrBefore(agreedDelivery, calendar), -(plan.days + bufferDays(plan.days) - 1), calendar);

/**
 * Dates a plan. Backwards, an agreed delivery on a day off is met by the business day before it and stands as agreed.
 * @throws RangeError where the anchor is no day
 */
export const datePlan = (plan: PlanDays, anchor: PlanAnchor, calendar: Calendar): DatedPlan => {
  const given = "start" in anchor ? anchor.start : anchor.agreedDelivery;
  if (!isPlainDate(given)) throw new RangeError(`${given} is no day`);
  const start = "start" in anchor ? addBusinessDays(given, 0, calendar) : startFor(plan, given, calendar);
  return {
    start,
    agreedDelivery:
      "start" in anchor ? dateOfPlanDay(start, plan.days + bufferDays(plan.days), calendar) : given,
    targets: new Map(
      plan.milestones.map(({ key, day }) => [key, dateOfPlanDay(start, day, calendar)] as const),
    ),
  };
};
