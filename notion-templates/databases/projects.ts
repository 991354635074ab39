import type { DatabaseTemplate } from "../../src/types/schema.ts";
import { lettersModes } from "../letters-modes.ts";
import { milepostKey } from "../milepost-key.ts";
import { serviceTypes } from "../service-types.ts";
import { signOffOptions, signOffRows } from "../sign-off.ts";
import { stageOptions } from "../stages.ts";

/** One page for each client project: the head of its delivery record (process/002 "Delivery record template"). */
export const projects = {
  key: "projects",
  title: "Projects",
  icon: "📦",
  description:
    "One page for each client project. Move the card by its Stage; Milepost checks the gate and says what is missing.",
  properties: {
    name: { name: "Name", type: "title", owner: "team", description: "The project as the client knows it." },
    code: {
      name: "Code",
      type: "rich_text",
      owner: "team",
      description:
        "Short code of the project in capitals, such as ACME. Change requests are numbered with it.",
    },
    client: { name: "Client", type: "rich_text", owner: "team", description: "The client's company." },
    contacts: {
      name: "Contacts",
      type: "relation",
      to: "contacts",
      twin: "Projects",
      owner: "team",
      description:
        "The client's people on this project. The primary contact's time zone counts as the client's.",
    },
    serviceType: {
      name: "Service type",
      type: "select",
      options: serviceTypes,
      owner: "team",
      tracked: true,
      description:
        "What is being delivered. With a Start or an Agreed delivery it brings the plan: milestones, risks and checks.",
    },
    stage: {
      name: "Stage",
      type: "status",
      options: stageOptions,
      owner: "gate",
      description:
        "Where the delivery stands. Moving it asks for the stage; if its gate is not met it is put back and a comment says why.",
    },
    gate: {
      name: "Gate",
      type: "rich_text",
      owner: "service",
      description: "What is missing for the next stage. Milepost writes it.",
    },
    overrideReason: {
      name: "Override reason",
      type: "rich_text",
      owner: "shared",
      description:
        "Write why the next move may pass a gate that is not met. Counts once, and only when somebody listed in Office moves the card. QA has no override.",
    },
    clientLetters: {
      name: "Client letters",
      type: "select",
      options: lettersModes,
      owner: "team",
      tracked: true,
      description:
        "Off: the client gets no mail. Review first: you read each letter before it leaves. Automatic: they leave by themselves.",
    },
    health: {
      name: "Health",
      type: "select",
      options: [
        { name: "On track", color: "green" },
        { name: "At risk", color: "yellow" },
        { name: "Off track", color: "red" },
      ],
      owner: "team",
      description: "How the project is going, in your judgement.",
    },
    healthNote: {
      name: "Health note",
      type: "rich_text",
      owner: "team",
      description: "Why the health is what it is.",
    },
    manager: {
      name: "Manager",
      type: "people",
      owner: "team",
      description: "Runs the delivery from intake to review and hears of everything that needs a person.",
    },
    productionLead: {
      name: "Production lead",
      type: "people",
      owner: "team",
      description: "Builds it, acknowledges the schedule, and marks production complete.",
    },
    qaLead: {
      name: "QA lead",
      type: "people",
      owner: "team",
      description: "Certifies the work before it is deployed.",
    },
    deploymentLead: {
      name: "Deployment lead",
      type: "people",
      owner: "team",
      description: "Puts it live, acknowledges the schedule, and confirms the deployment.",
    },
    start: {
      name: "Start",
      type: "date",
      owner: "team",
      tracked: true,
      description: "The first business day of the plan. Moving it moves the milestones that are still open.",
    },
    agreedDelivery: {
      name: "Agreed delivery",
      type: "date",
      owner: "shared",
      tracked: "always",
      description:
        "The delivery date agreed with the client. Milepost proposes one from the plan; what you write stands.",
    },
    delivered: {
      name: "Delivered",
      type: "date",
      owner: "shared",
      description: "The day on which it was delivered.",
    },
    requirementsSignedOff: {
      name: "Requirements signed off",
      type: "checkbox",
      owner: "shared",
      description: "The requirements are complete and nothing in them is ambiguous.",
    },
    timelineAcknowledged: {
      name: "Timeline acknowledged",
      type: "checkbox",
      owner: "shared",
      description: "The client has acknowledged the timeline.",
    },
    scheduleAcknowledgedBy: {
      name: "Schedule acknowledged by",
      type: "people",
      owner: "shared",
      description:
        "Who has acknowledged the schedule: the production lead and the deployment lead. It is cleared when the schedule changes.",
    },
    inScope: { name: "In scope", type: "rich_text", owner: "team", description: "What will be delivered." },
    outOfScope: {
      name: "Out of scope",
      type: "rich_text",
      owner: "team",
      description: "What will not be delivered.",
    },
    successCriteria: {
      name: "Success criteria",
      type: "rich_text",
      owner: "team",
      description: "What the client will call a win.",
    },
    acceptanceCriteria: {
      name: "Acceptance criteria",
      type: "rich_text",
      owner: "team",
      description:
        "What has to hold for the work to be accepted. Changing it makes the launch sign-off outdated.",
    },
    fallbackPlan: {
      name: "Fallback plan",
      type: "rich_text",
      owner: "team",
      description: "What happens if it fails after launch: rollback or fallback.",
    },
    qaCertification: {
      name: "QA certification",
      type: "select",
      options: [
        { name: "Pending", color: "gray" },
        { name: "PASS", color: "green" },
        { name: "FAIL", color: "red" },
      ],
      owner: "gate",
      description:
        "The QA lead's verdict. It must be PASS before deployment, without exception. Going back from QA makes it Pending.",
      workflow: {
        initial: "Pending",
        rows: [
          { from: "Pending", to: "PASS", who: ["team"], evidence: "person" },
          { from: "Pending", to: "FAIL", who: ["team"], evidence: "person" },
          { from: "FAIL", to: "Pending", who: ["team", "service"], evidence: "none" },
          { from: "FAIL", to: "PASS", who: ["team"], evidence: "person" },
          { from: "PASS", to: "FAIL", who: ["team"], evidence: "person" },
          { from: "PASS", to: "Pending", who: ["team", "service"], evidence: "none" },
        ],
      },
    },
    launchSignOff: {
      name: "Launch sign-off",
      type: "select",
      options: signOffOptions,
      owner: "gate",
      description:
        "The client's final sign-off before launch. You record the client's answer by hand, with a note.",
      workflow: { initial: "To request", rows: signOffRows },
      covers: ["acceptanceCriteria", "qaCertification"],
    },
    receiptAcknowledged: {
      name: "Receipt acknowledged",
      type: "select",
      options: [
        { name: "Not yet", color: "gray" },
        { name: "Requested", color: "yellow" },
        { name: "Acknowledged", color: "green" },
      ],
      owner: "gate",
      description: "Whether the client has acknowledged the handover. You record it by hand, with a note.",
      workflow: {
        initial: "Not yet",
        rows: [
          { from: "Not yet", to: "Requested", who: ["team", "service"], evidence: "none" },
          { from: "Not yet", to: "Acknowledged", who: ["client"], evidence: "link" },
          { from: "Not yet", to: "Acknowledged", who: ["team"], evidence: "note" },
          { from: "Requested", to: "Acknowledged", who: ["client"], evidence: "link" },
          { from: "Requested", to: "Acknowledged", who: ["team"], evidence: "note" },
          { from: "Requested", to: "Not yet", who: ["team"], evidence: "person" },
          { from: "Acknowledged", to: "Not yet", who: ["team"], evidence: "person" },
        ],
      },
    },
    supportTier: {
      name: "Support tier",
      type: "select",
      options: [
        { name: "Standard", color: "gray" },
        { name: "Priority", color: "blue" },
        { name: "Premium", color: "purple" },
      ],
      owner: "team",
      description: "The support the client has after launch. Office says what each tier promises.",
    },
    escalateAfter: {
      name: "Escalate after",
      type: "number",
      format: "number",
      owner: "team",
      description: "Business days of delay that are acceptable. A longer one is escalated.",
    },
    baselineDelivery: {
      name: "Baseline delivery",
      type: "date",
      owner: "service",
      description: "The delivery date when the client acknowledged the timeline.",
    },
    forecastDelivery: {
      name: "Forecast delivery",
      type: "date",
      owner: "service",
      description: "When the project will be delivered as things stand.",
    },
    liveSince: {
      name: "Live since",
      type: "date",
      owner: "service",
      description: "Since when Milepost writes to this client. Nothing that happened earlier is mailed.",
    },
    changeOrders: {
      name: "Change orders",
      type: "rich_text",
      owner: "service",
      description: "The approved change orders, each with its date and what it did to the delivery date.",
    },
    rating: {
      name: "Rating",
      type: "number",
      format: "number",
      owner: "service",
      description: "The client's overall satisfaction from 1 to 10.",
    },
    milepostKey,
  },
  views: [
    { name: "All", type: "table", sortBy: { property: "agreedDelivery", direction: "ascending" } },
    {
      name: "By stage",
      shows: "Every project; move the card to ask for the next stage",
      type: "board",
      groupBy: "stage",
      onCards: ["client", "gate", "clientLetters", "health", "manager", "agreedDelivery"],
    },
    {
      name: "Health",
      shows: "How many projects are on track, at risk and off track",
      type: "chart",
      groupBy: "health",
      without: { property: "stage", options: ["Complete", "Cancelled"] },
    },
  ],
} as const satisfies DatabaseTemplate;
