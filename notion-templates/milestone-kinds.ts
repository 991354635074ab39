import type { OptionTemplate } from "../src/types/schema.ts";

/** The nine milestones of every delivery record, in their order (process/002 "Delivery record template"). */
export const lifecycleKinds = [
  { name: "Intake handoff", color: "gray" },
  { name: "Production start", color: "blue" },
  { name: "Production complete", color: "blue" },
  { name: "QA submitted", color: "purple" },
  { name: "QA certified", color: "purple" },
  { name: "Deployment start", color: "orange" },
  { name: "Deployment complete", color: "orange" },
  { name: "Client handover", color: "pink" },
  { name: "Post-delivery review", color: "brown" },
] as const satisfies readonly OptionTemplate[];

/** The launch's own milestones; their Target has a time of day (process/000 "Pre-Launch"). */
const launchKinds = [
  { name: "Soft launch", color: "yellow" },
  { name: "Cutover", color: "yellow" },
  { name: "Check-in call", color: "yellow" },
] as const satisfies readonly OptionTemplate[];

/** Every kind of milestone; the last is a milestone of the project's own plan (process/000 "Milestone Tracking System"). */
export const milestoneKinds = [
  ...lifecycleKinds,
  ...launchKinds,
  { name: "Plan milestone", color: "default" },
] as const satisfies readonly OptionTemplate[];

export type LifecycleKind = (typeof lifecycleKinds)[number]["name"];

export type MilestoneKind = (typeof milestoneKinds)[number]["name"];
