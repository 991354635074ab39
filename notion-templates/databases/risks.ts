import type { DatabaseTemplate } from "../../src/types/schema.ts";
import { milepostKey } from "../milepost-key.ts";

/** Risks, issues and escalations of all projects in one register (process/001 "A risk register", process/002 "Risk register", "Escalations"). */
export const risks = {
  key: "risks",
  title: "Risks",
  icon: "⚠️",
  description:
    "What could go wrong, what has gone wrong, and what was escalated, with who decides and what is done about it.",
  properties: {
    title: {
      name: "Title",
      type: "title",
      owner: "team",
      description: "What could break, or what broke, in one line.",
    },
    project: {
      name: "Project",
      type: "relation",
      to: "projects",
      twin: "Risks",
      owner: "team",
      description: "The project that it concerns.",
    },
    kind: {
      name: "Kind",
      type: "select",
      options: [
        { name: "Risk", color: "yellow" },
        { name: "Issue", color: "orange" },
        { name: "Escalation", color: "red" },
      ],
      owner: "team",
      tracked: true,
      description: "A risk may happen, an issue has happened, an escalation needs a decision higher up.",
    },
    status: {
      name: "Status",
      type: "status",
      options: [
        { name: "Open", group: "To-do", color: "red" },
        { name: "Mitigating", group: "In progress", color: "yellow" },
        { name: "Occurred", group: "In progress", color: "orange" },
        { name: "Resolved", group: "Complete", color: "green" },
        { name: "Closed", group: "Complete", color: "gray" },
      ],
      owner: "shared",
      tracked: true,
      description: "Where it stands. A risk that has occurred is dealt with by its contingency.",
    },
    likelihood: {
      name: "Likelihood",
      type: "select",
      options: [
        { name: "Low", color: "green" },
        { name: "Medium", color: "yellow" },
        { name: "High", color: "red" },
      ],
      owner: "team",
      description: "How likely it is to happen.",
    },
    impact: {
      name: "Impact",
      type: "select",
      options: [
        { name: "Low", color: "green" },
        { name: "Medium", color: "yellow" },
        { name: "High", color: "red" },
      ],
      owner: "team",
      description: "How much it would hurt the delivery.",
    },
    severity: {
      name: "Severity",
      type: "select",
      options: [
        { name: "Low", color: "gray" },
        { name: "Medium", color: "yellow" },
        { name: "High", color: "orange" },
        { name: "Critical", color: "red" },
      ],
      owner: "team",
      tracked: true,
      description: "How bad it is now. For issues and escalations.",
    },
    signal: {
      name: "Signal",
      type: "rich_text",
      owner: "team",
      description: "How would we notice?",
    },
    mitigation: {
      name: "Mitigation",
      type: "rich_text",
      owner: "team",
      description: "What keeps it from happening.",
    },
    contingency: {
      name: "Contingency",
      type: "rich_text",
      owner: "team",
      description: "What is done if it happens.",
    },
    decider: {
      name: "Decider",
      type: "people",
      owner: "team",
      description: "Who decides what to do.",
    },
    owner: { name: "Owner", type: "people", owner: "team", description: "Who keeps an eye on it." },
    reviewBy: {
      name: "Review by",
      type: "date",
      owner: "team",
      description: "When it is to be looked at again.",
    },
    clientVisible: {
      name: "Client visible",
      type: "checkbox",
      owner: "team",
      description: "The client reads of it in the weekly summary.",
    },
    level: {
      name: "Level",
      type: "select",
      options: [
        { name: "1 Manager", color: "yellow" },
        { name: "2 Practice lead", color: "orange" },
        { name: "3 Executive", color: "red" },
      ],
      owner: "shared",
      tracked: true,
      description:
        "Of an escalation: who has to answer. The manager within 4 hours, the practice lead within 24, an executive within 48.",
    },
    to: {
      name: "To",
      type: "people",
      owner: "shared",
      description: "Of an escalation: whom it was put to.",
    },
    respondBy: {
      name: "Respond by",
      type: "date",
      owner: "shared",
      description: "Of an escalation: until when an answer is due.",
    },
    resolution: {
      name: "Resolution",
      type: "rich_text",
      owner: "team",
      description: "How it ended, and what was learnt.",
    },
    score: {
      name: "Score",
      type: "number",
      format: "number",
      owner: "service",
      description: "Likelihood times impact, each from 1 to 3.",
    },
    milepostKey,
  },
  views: [
    { name: "All", type: "table" },
    {
      name: "Open by score",
      shows: "What is open, the worst first",
      type: "table",
      columns: ["score", "project", "kind", "status", "likelihood", "impact", "owner", "reviewBy"],
      sortBy: { property: "score", direction: "descending" },
      without: { property: "status", options: ["Resolved", "Closed"] },
    },
    {
      name: "Escalations",
      shows: "What was put higher up, to whom and by when",
      type: "table",
      columns: ["project", "status", "severity", "level", "to", "respondBy", "resolution"],
      sortBy: { property: "respondBy", direction: "ascending" },
      only: { property: "kind", is: "Escalation" },
    },
    {
      name: "By status",
      type: "board",
      groupBy: "status",
      onCards: ["project", "kind", "score", "severity", "owner", "reviewBy"],
    },
  ],
} as const satisfies DatabaseTemplate;
