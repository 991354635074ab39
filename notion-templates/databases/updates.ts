import type { DatabaseTemplate } from "../../src/types/schema.ts";
import { milepostKey } from "../milepost-key.ts";
import { updateKinds } from "../update-kinds.ts";
import { updateRows, updateStates } from "../update-state.ts";

/** What the client reads: the body of each page is the text that goes out (process/002 "Status updates sent"). */
export const updates = {
  key: "updates",
  title: "Updates",
  icon: "📨",
  description:
    "What your clients read: summaries, milestone letters, handovers. Each page is the text that goes out; only Measures stay with you.",
  properties: {
    title: {
      name: "Title",
      type: "title",
      owner: "team",
      description: "The subject of the letter.",
    },
    project: {
      name: "Project",
      type: "relation",
      to: "projects",
      twin: "Updates",
      owner: "team",
      description: "The project that it is about; empty where it is about your office.",
    },
    milestone: {
      name: "Milestone",
      type: "relation",
      to: "milestones",
      twin: "Updates",
      owner: "team",
      description: "The milestone that it is about, if it is about one.",
    },
    kind: {
      name: "Kind",
      type: "select",
      options: updateKinds,
      owner: "team",
      description: "What it is about.",
    },
    period: {
      name: "Period",
      type: "rich_text",
      owner: "team",
      description: "The week of a weekly summary, such as 2026-W48, or the month of measures.",
    },
    state: {
      name: "State",
      type: "select",
      options: updateStates,
      owner: "gate",
      description:
        "Edit the text while it is a Draft. Ready lets it go as it reads then; Sent and Held are set by Milepost.",
      workflow: { initial: "Draft", rows: updateRows },
    },
    to: {
      name: "To",
      type: "relation",
      to: "contacts",
      twin: "Updates",
      owner: "team",
      description: "Who gets it: one mail each.",
    },
    heldBecause: {
      name: "Held because",
      type: "rich_text",
      owner: "service",
      description: "Why it did not leave and what to do. Mend that and choose Ready again.",
    },
    sentAt: {
      name: "Sent at",
      type: "date",
      owner: "service",
      description: "When its last mail was taken by the mail server.",
    },
    milepostKey,
  },
  views: [
    { name: "All", type: "table" },
    {
      name: "By state",
      shows: "Drafts to read, letters that are held, and what was sent",
      type: "board",
      groupBy: "state",
      onCards: ["kind", "period", "to", "heldBecause", "sentAt"],
    },
    {
      name: "By kind",
      shows: "Summaries, letters about milestones, handovers, measures",
      type: "board",
      groupBy: "kind",
      onCards: ["state", "period", "to", "sentAt"],
    },
  ],
} as const satisfies DatabaseTemplate;
