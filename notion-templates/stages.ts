import type { OptionTemplate } from "../src/types/schema.ts";

/** The stages of a delivery in their order (process/002 "Stages"), then the two that stand outside it. The first is Notion's default. */
export const stageOptions = [
  { name: "Intake", group: "To-do", color: "gray" },
  { name: "Planning", group: "To-do", color: "yellow" },
  { name: "In production", group: "In progress", color: "blue" },
  { name: "QA", group: "In progress", color: "purple" },
  { name: "Deployment", group: "In progress", color: "orange" },
  { name: "Handover", group: "In progress", color: "pink" },
  { name: "Review", group: "In progress", color: "brown" },
  { name: "Complete", group: "Complete", color: "green" },
  { name: "On hold", group: "In progress", color: "default" },
  { name: "Cancelled", group: "Complete", color: "red" },
] as const satisfies readonly OptionTemplate[];

export type Stage = (typeof stageOptions)[number]["name"];

type StageGuide = {
  /** What the team does in this stage. */
  readonly work: string;
  /** What the process demands before the project moves on, with roles for its people's names; null where a person decides alone. */
  readonly gate: string | null;
};

/** What happens in each stage and what has to be true to leave it forwards. */
export const stageGuide = {
  Intake: {
    work: "Read the signed requirements, clear up every doubt, and fill in the project: client, scope, dates, people.",
    gate: "Requirements are unambiguous and the client has acknowledged the timeline.",
  },
  Planning: {
    work: "Build the schedule of milestones, name the risks, and share it with everyone who delivers.",
    gate: "Scope and criteria are written, one client contact decides, onboarding is checked, each risk has its mitigation, and the production lead and the deployment lead have acknowledged the dated schedule.",
  },
  "In production": {
    work: "Build it. Follow the milestones, raise blockers early, keep the client informed.",
    gate: "Production is marked complete and a QA lead is named.",
  },
  QA: {
    work: "Certify the work. A failure goes back to production, is reworked and submitted again.",
    gate: "QA certification is PASS. No exceptions. The six checkpoints are passed, no critical issue is open, and the fallback is described.",
  },
  Deployment: {
    work: "Put the certified work live in the agreed window and confirm that it runs.",
    gate: "Successful deployment is confirmed, the client has signed off the launch and is ready for it.",
  },
  Handover: {
    work: "Give the client the handover package and ask for their receipt.",
    gate: "The client has acknowledged receipt, or five business days have passed since handover.",
  },
  Review: {
    work: "Hold the post-delivery review and write down what was learnt.",
    gate: "The review is complete, the client has acknowledged receipt, escalations are resolved, and the definition of done holds.",
  },
  Complete: { work: "The delivery record is closed.", gate: null },
  "On hold": { work: "Work is paused. The project goes back to the stage it came from.", gate: null },
  Cancelled: { work: "The project ended without a delivery.", gate: null },
} as const satisfies Record<Stage, StageGuide>;
