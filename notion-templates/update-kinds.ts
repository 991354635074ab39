import type { UpdateKind } from "../src/types/loop.ts";
import type { OptionTemplate } from "../src/types/schema.ts";

/** What an update is about, and with it which letter it becomes. */
export const updateKinds = [
  { name: "Weekly summary", color: "blue" },
  { name: "Milestone complete", color: "green" },
  { name: "Handover", color: "pink" },
  { name: "Confirmation", color: "gray" },
] as const satisfies readonly (OptionTemplate & { readonly name: UpdateKind })[];
