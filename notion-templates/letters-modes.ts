import type { OptionTemplate } from "../src/types/schema.ts";

/** How a project's letters leave: not at all, after a person has read them, or by themselves. */
export const lettersModes = [
  { name: "Off", color: "gray" },
  { name: "Review first", color: "yellow" },
  { name: "Automatic", color: "green" },
] as const satisfies readonly OptionTemplate[];
