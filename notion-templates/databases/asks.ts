import type { DatabaseTemplate } from "../../src/types/schema.ts";
import { milepostKey } from "../milepost-key.ts";

/** What projects need from their clients (process/001 "Client onboarding checklist", SOP 5 "what decision is needed next"; process/000 "Action Items"). */
export const asks = {
  key: "asks",
  title: "Asks",
  icon: "🙋",
  description: "What you need from a client, who owes it, by when, and whether work stands still without it.",
  properties: {
    title: {
      name: "Title",
      type: "title",
      owner: "team",
      description: "What is needed, in one line as the client reads it.",
    },
    project: {
      name: "Project",
      type: "relation",
      to: "projects",
      twin: "Asks",
      owner: "team",
      description: "The project that needs it.",
    },
    kind: {
      name: "Kind",
      type: "select",
      options: [
        { name: "Decision", color: "purple" },
        { name: "Access", color: "orange" },
        { name: "Feedback", color: "blue" },
        { name: "Task", color: "gray" },
      ],
      owner: "team",
      description: "A decision to take, an access to give, feedback on work, or something to do.",
    },
    owedBy: {
      name: "Owed by",
      type: "relation",
      to: "contacts",
      twin: "Asks",
      owner: "team",
      description: "Who of the client's people owes it. Empty: the primary contact.",
    },
    neededBy: {
      name: "Needed by",
      type: "date",
      owner: "team",
      description: "The last day on which it costs the project nothing.",
    },
    blocks: {
      name: "Blocks",
      type: "checkbox",
      owner: "team",
      description: "Work cannot go on without it. While it is open it keeps the project from its next stage.",
    },
    state: {
      name: "State",
      type: "select",
      options: [
        { name: "Open", color: "yellow" },
        { name: "Answered", color: "green" },
        { name: "Withdrawn", color: "gray" },
      ],
      owner: "team",
      tracked: true,
      description: "Open until the client has answered or you need it no longer. Empty counts as Open.",
    },
    answer: {
      name: "Answer",
      type: "rich_text",
      owner: "team",
      description: "What the client answered, or where it is.",
    },
    milepostKey,
  },
  views: [
    { name: "All", type: "table", sortBy: { property: "neededBy", direction: "ascending" } },
    {
      name: "Blocking",
      type: "table",
      columns: ["project", "kind", "owedBy", "neededBy", "state"],
      sortBy: { property: "neededBy", direction: "ascending" },
      only: { property: "blocks", is: true },
      without: { property: "state", options: ["Answered", "Withdrawn"] },
    },
  ],
} as const satisfies DatabaseTemplate;
