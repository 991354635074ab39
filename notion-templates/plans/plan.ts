import type { MilestoneKind } from "../milestone-kinds.ts";
import type { serviceTypes } from "../service-types.ts";
import type { CheckId } from "./checks.ts";

export type ServiceType = (typeof serviceTypes)[number]["name"];

/** A part of the work as the document gives it: from `least` to `most` days or weeks. A week has five business days. */
export type Phase = {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly unit: "day" | "week";
};

/** A milestone that a plan creates. `key` is unique in its plan; `day` is its business day, Start being day 1. */
export type PlanMilestone = {
  readonly key: string;
  readonly name: string;
  readonly kind: MilestoneKind;
  readonly day: number;
  readonly deliverable: string;
  /** Keys of the milestones of the same plan that have to be done first. */
  readonly dependsOn: readonly string[];
  readonly clientVisible: boolean;
  readonly source: string;
};

/** What a service type takes. Its milestones stand in the order of the schedule. */
export type Plan = {
  readonly serviceType: ServiceType;
  readonly source: string;
  /** The document's own words. */
  readonly timeline: string;
  readonly phases: readonly Phase[];
  /** Business day of the last milestone before delivery; the buffer is counted from it. */
  readonly days: number;
  readonly milestones: readonly PlanMilestone[];
  /** Checks that ask for something that this service does not deliver. */
  readonly leavesOut: readonly CheckId[];
};

export const days = (name: string, least: number, most: number = least): Phase => ({
  ...{ name, least, most, unit: "day" },
});

export const weeks = (name: string, least: number, most: number = least): Phase => ({
  ...{ name, least, most, unit: "week" },
});
