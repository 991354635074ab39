import type { OptionTemplate } from "../../src/types/schema.ts";

/** What the checks of a delivery belong to: the six checkpoints of process/000, then what is asked before and after them. */
export const checkpoints = [
  { name: "Onboarding", color: "gray" },
  { name: "Functional testing", color: "blue" },
  { name: "Integration testing", color: "blue" },
  { name: "User experience", color: "purple" },
  { name: "Documentation", color: "orange" },
  { name: "Security and compliance", color: "red" },
  { name: "Monitoring and alerts", color: "yellow" },
  { name: "Client readiness", color: "pink" },
  { name: "Handover", color: "brown" },
  { name: "Done: client", color: "green" },
  { name: "Done: business", color: "green" },
] as const satisfies readonly OptionTemplate[];

export type Checkpoint = (typeof checkpoints)[number]["name"];
