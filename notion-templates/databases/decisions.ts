import type { DatabaseTemplate } from "../../src/types/schema.ts";
import { milepostKey } from "../milepost-key.ts";

/** What was decided in projects and why (process/001 "A lightweight decision log", process/000 "Document decision"). */
export const decisions = {
  key: "decisions",
  title: "Decisions",
  icon: "⚖️",
  description: "What was decided, why, and what would make you decide anew.",
  properties: {
    decision: {
      name: "Decision",
      type: "title",
      owner: "team",
      description: "What was decided, in one sentence.",
    },
    project: {
      name: "Project",
      type: "relation",
      to: "projects",
      twin: "Decisions",
      owner: "team",
      description: "The project that it was made for.",
    },
    why: { name: "Why", type: "rich_text", owner: "team", description: "Why it was chosen." },
    revisitWhen: {
      name: "Revisit when",
      type: "rich_text",
      owner: "team",
      description: "What would make you look at it again.",
    },
    madeBy: {
      name: "Made by",
      type: "rich_text",
      owner: "team",
      description: "Who decided, of your team or of the client's people.",
    },
    madeOn: { name: "Made on", type: "date", owner: "team", description: "The day of the decision." },
    source: {
      name: "Source",
      type: "rich_text",
      owner: "team",
      description:
        "Where it was made: a call, a change request such as ACME-CR-3, a gate that was overridden.",
    },
    clientVisible: {
      name: "Client visible",
      type: "checkbox",
      owner: "team",
      description: "The client may read it in letters and on their pages.",
    },
    milepostKey,
  },
  views: [{ name: "All", type: "table", sortBy: { property: "madeOn", direction: "descending" } }],
} as const satisfies DatabaseTemplate;
