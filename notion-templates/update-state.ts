import type { OptionTemplate, WorkflowRow } from "../src/types/schema.ts";

/** The life of a page that is mailed to the client. */
export const updateStates = [
  { name: "Draft", color: "gray" },
  { name: "Ready", color: "blue" },
  { name: "Sent", color: "green" },
  { name: "Held", color: "orange" },
  { name: "Cancelled", color: "red" },
] as const satisfies readonly OptionTemplate[];

/** Who may change the State. The team lets a draft go or takes it back; only Milepost knows what was sent and what could not be. */
export const updateRows = [
  { from: "Draft", to: "Ready", who: ["team", "service"], evidence: "none" },
  { from: "Draft", to: "Cancelled", who: ["team"], evidence: "none" },
  { from: "Ready", to: "Draft", who: ["team"], evidence: "none" },
  { from: "Ready", to: "Cancelled", who: ["team"], evidence: "none" },
  { from: "Ready", to: "Held", who: ["service"], evidence: "none" },
  { from: "Ready", to: "Sent", who: ["service"], evidence: "none" },
  { from: "Held", to: "Ready", who: ["team"], evidence: "none" },
  { from: "Held", to: "Cancelled", who: ["team"], evidence: "none" },
  { from: "Held", to: "Sent", who: ["service"], evidence: "none" },
] as const satisfies readonly WorkflowRow[];
