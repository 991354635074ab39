import type { DatabaseTemplate } from "../../src/types/schema.ts";
import { changeRequestRows, changeRequestStatuses } from "../change-request-status.ts";
import { milepostKey } from "../milepost-key.ts";

/** What clients want added or changed after the scope was agreed (process/000 "Change Request Process", process/001 SOP 2). */
export const changeRequests = {
  key: "changeRequests",
  title: "Change requests",
  icon: "🔁",
  description:
    "What a client wants changed or added, what it would cost in time and money, and what the client decided.",
  properties: {
    title: {
      name: "Title",
      type: "title",
      owner: "team",
      description: "The wish in one line, as the client would say it.",
    },
    project: {
      name: "Project",
      type: "relation",
      to: "projects",
      twin: "Change requests",
      owner: "team",
      description: "The project that it would change.",
    },
    status: {
      name: "Status",
      type: "status",
      options: changeRequestStatuses,
      owner: "gate",
      description:
        "Where it stands. You record by hand, with a note, whether the client approves, defers or cancels.",
      workflow: { initial: "Submitted", rows: changeRequestRows },
      covers: ["description", "effortHours", "timelineImpact", "cost", "option"],
    },
    description: {
      name: "Description",
      type: "rich_text",
      owner: "team",
      description: "What is to be changed or added. Changing it makes an approval outdated.",
    },
    requestedBy: {
      name: "Requested by",
      type: "relation",
      to: "contacts",
      twin: "Change requests",
      owner: "team",
      description: "Who of the client's people asked for it.",
    },
    channel: {
      name: "Channel",
      type: "select",
      options: [
        { name: "Portal", color: "green" },
        { name: "Slack", color: "purple" },
        { name: "Email", color: "blue" },
        { name: "Call", color: "orange" },
      ],
      owner: "team",
      description: "How it was asked.",
    },
    effortHours: {
      name: "Effort hours",
      type: "number",
      format: "number",
      owner: "team",
      description: "Hours of work that it takes.",
    },
    timelineImpact: {
      name: "Timeline impact",
      type: "number",
      format: "number",
      owner: "team",
      description: "Business days by which the delivery would move.",
    },
    cost: {
      name: "Cost",
      type: "number",
      format: "dollar",
      owner: "team",
      description: "What the client would pay for it. 0 or empty: included.",
    },
    riskLevel: {
      name: "Risk level",
      type: "select",
      options: [
        { name: "Low", color: "green" },
        { name: "Medium", color: "yellow" },
        { name: "High", color: "red" },
      ],
      owner: "team",
      description: "How likely it is to upset what is built already.",
    },
    riskNote: {
      name: "Risk note",
      type: "rich_text",
      owner: "team",
      description: "Why the risk level is what it is.",
    },
    boundary: {
      name: "Boundary",
      type: "multi_select",
      options: [
        { name: "Data", color: "blue" },
        { name: "Security", color: "red" },
        { name: "Acceptance criteria", color: "purple" },
      ],
      owner: "team",
      description: "The agreed boundaries that it would change. One that changes any is priced separately.",
    },
    replaces: {
      name: "Replaces",
      type: "rich_text",
      owner: "team",
      description: "What of the plan it takes the place of, if the client wants it next.",
    },
    option: {
      name: "Option",
      type: "select",
      options: [
        { name: "Add to current phase", color: "green" },
        { name: "Defer to phase 2", color: "brown" },
        { name: "Change order", color: "orange" },
      ],
      owner: "team",
      description: "What you propose to the client.",
    },
    number: {
      name: "Number",
      type: "rich_text",
      owner: "service",
      description: "Its number in the project, such as ACME-CR-3.",
    },
    newDeliveryDate: {
      name: "New delivery date",
      type: "date",
      owner: "service",
      description: "When the project would be delivered with it.",
    },
    decidedBy: {
      name: "Decided by",
      type: "rich_text",
      owner: "service",
      description: "Who decided, and how.",
    },
    decidedAt: { name: "Decided at", type: "date", owner: "service", description: "When it was decided." },
    decisionNote: {
      name: "Decision note",
      type: "rich_text",
      owner: "service",
      description: "What the client wrote with the decision.",
    },
    milepostKey,
  },
  views: [
    { name: "All", type: "table" },
    {
      name: "By status",
      shows: "What clients want changed, and how far each wish is",
      type: "board",
      groupBy: "status",
      onCards: ["project", "number", "option", "effortHours", "cost", "newDeliveryDate"],
    },
    {
      name: "Parking lot",
      shows: "What was left for a later phase; set one to Evaluating to take it up again",
      type: "table",
      columns: ["project", "number", "description", "requestedBy", "effortHours", "cost", "decisionNote"],
      only: { property: "status", is: "Deferred" },
    },
  ],
} as const satisfies DatabaseTemplate;
