import type { UpdateKind } from "../src/types/action.ts";
import type { OptionTemplate } from "../src/types/schema.ts";

/** What an update is about, and with it which letter it becomes. Measures are for the team and become none. */
export const updateKinds = [
  { name: "Weekly summary", color: "blue" },
  { name: "Milestone complete", color: "green" },
  { name: "Handover", color: "pink" },
  { name: "Confirmation", color: "gray" },
  { name: "Measures", color: "brown" },
] as const satisfies readonly (OptionTemplate & { readonly name: UpdateKind })[];
