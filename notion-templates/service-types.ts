import type { OptionTemplate } from "../src/types/schema.ts";

/** What an agency delivers: the eight types of process/000 "Delivery Timeline by Service Type", the three service lines of process/004. */
export const serviceTypes = [
  { name: "Single-purpose agent", color: "blue" },
  { name: "Multi-agent system", color: "blue" },
  { name: "Simple automation", color: "green" },
  { name: "Complex automation", color: "green" },
  { name: "Standard integration", color: "orange" },
  { name: "Complex integration", color: "orange" },
  { name: "Basic dashboard", color: "purple" },
  { name: "Advanced analytics dashboard", color: "purple" },
  { name: "AI intelligence platform", color: "brown" },
  { name: "Operations suite", color: "brown" },
  { name: "Governance framework", color: "brown" },
] as const satisfies readonly OptionTemplate[];
