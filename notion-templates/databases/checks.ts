import type { DatabaseTemplate } from "../../src/types/schema.ts";
import { milepostKey } from "../milepost-key.ts";
import { checkpoints } from "../plans/checkpoints.ts";

/** The quality items of all projects (process/000 "Quality Checkpoints", "Handoff Procedures", "Definition of Done"; process/001 "Client onboarding checklist"). */
export const checks = {
  key: "checks",
  title: "Checks",
  icon: "☑️",
  description: "What is looked at before work goes on: onboarding, six quality checkpoints, handover, done.",
  properties: {
    check: { name: "Check", type: "title", owner: "team", description: "What has to hold, in one line." },
    project: {
      name: "Project",
      type: "relation",
      to: "projects",
      twin: "Checks",
      owner: "team",
      description: "The project that it is for.",
    },
    checkpoint: {
      name: "Checkpoint",
      type: "select",
      options: checkpoints,
      owner: "team",
      description: "When it is looked at. A gate asks for the checks of its checkpoints.",
    },
    result: {
      name: "Result",
      type: "select",
      options: [
        { name: "Not checked", color: "gray" },
        { name: "Passed", color: "green" },
        { name: "Failed", color: "red" },
        { name: "Not applicable", color: "brown" },
      ],
      owner: "team",
      description: "What was found. Empty counts as Not checked; Not applicable needs a reason.",
    },
    evidence: {
      name: "Evidence",
      type: "rich_text",
      owner: "team",
      description: "A link or a note that shows it: a test run, a recording, a page.",
    },
    reason: {
      name: "Reason",
      type: "rich_text",
      owner: "team",
      description: "Why it does not apply here, or what failed.",
    },
    checkedBy: { name: "Checked by", type: "people", owner: "team", description: "Who looked at it." },
    checkedOn: { name: "Checked on", type: "date", owner: "team", description: "The day of the check." },
    clientVisible: {
      name: "Client visible",
      type: "checkbox",
      owner: "team",
      description: "The client may read of it in letters and on their pages.",
    },
    milepostKey,
  },
  views: [
    { name: "All", type: "table", sortBy: { property: "checkpoint", direction: "ascending" } },
    {
      name: "By checkpoint",
      type: "board",
      groupBy: "checkpoint",
      onCards: ["project", "result", "reason", "checkedBy", "checkedOn"],
    },
  ],
} as const satisfies DatabaseTemplate;
