import type { DatabaseTemplate } from "../../src/types/schema.ts";
import { lettersModes } from "../letters-modes.ts";
import { milepostKey } from "../milepost-key.ts";

/** One row: how the agency works and what counts where a project says nothing. */
export const office = {
  key: "office",
  title: "Office",
  icon: "🏢",
  description: "One row: how your agency works, and what counts where a project says nothing.",
  properties: {
    agency: {
      name: "Agency",
      type: "title",
      owner: "team",
      description: "Your agency's name as clients read it.",
    },
    sender: {
      name: "Sender",
      type: "rich_text",
      owner: "team",
      description: "The name under letters to clients.",
    },
    colour: {
      name: "Colour",
      type: "rich_text",
      owner: "team",
      description: "The colour of letters and client pages, such as #1F6FEB.",
    },
    timeZone: {
      name: "Time zone",
      type: "rich_text",
      owner: "team",
      description: "Where your office is, such as Europe/Paris.",
    },
    workingDays: {
      name: "Working days",
      type: "multi_select",
      options: [
        { name: "Monday" },
        { name: "Tuesday" },
        { name: "Wednesday" },
        { name: "Thursday" },
        { name: "Friday" },
        { name: "Saturday" },
        { name: "Sunday" },
      ],
      owner: "team",
      description: "The days that count as business days.",
    },
    workStarts: {
      name: "Work starts",
      type: "rich_text",
      owner: "team",
      description: "When office hours begin, such as 09:00.",
    },
    workEnds: {
      name: "Work ends",
      type: "rich_text",
      owner: "team",
      description: "When office hours end, such as 18:00.",
    },
    practiceLead: {
      name: "Practice lead",
      type: "people",
      owner: "team",
      description: "Hears of an escalation that the manager could not resolve; answers within 24 hours.",
    },
    executive: {
      name: "Executive",
      type: "people",
      owner: "team",
      description: "The last level of an escalation; answers within 48 hours.",
    },
    mayOverride: {
      name: "May override",
      type: "people",
      owner: "team",
      description:
        "The people who may move a project past a gate that is not met, once an Override reason is written.",
    },
    supportTiers: {
      name: "Support tiers",
      type: "rich_text",
      owner: "team",
      description:
        "One tier a line: its name, then what it promises. Handover letters quote the project's tier.",
    },
    defaultLetters: {
      name: "Default letters",
      type: "select",
      options: lettersModes,
      owner: "team",
      description: "Client letters of a new project whose own setting is empty.",
    },
    activeSince: {
      name: "Active since",
      type: "date",
      owner: "service",
      description: "When Milepost was set up here. Projects older than this are taken as they are.",
    },
    milepostKey,
  },
  views: [{ name: "All", type: "table" }],
} as const satisfies DatabaseTemplate;
