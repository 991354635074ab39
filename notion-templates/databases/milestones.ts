import type { DatabaseTemplate } from "../../src/types/schema.ts";
import { milepostKey } from "../milepost-key.ts";
import { milestoneKinds } from "../milestone-kinds.ts";
import { signOffOptions, signOffRows } from "../sign-off.ts";

/** The milestones of all projects: those of every delivery record (process/002) and those of each plan (process/000). */
export const milestones = {
  key: "milestones",
  title: "Milestones",
  icon: "🚩",
  description: "The steps of every project with their dates, what each delivers, and the client's sign-off.",
  properties: {
    name: {
      name: "Name",
      type: "title",
      owner: "team",
      description: "The milestone as the client reads it.",
    },
    project: {
      name: "Project",
      type: "relation",
      to: "projects",
      twin: "Milestones",
      owner: "team",
      description: "The project that it belongs to.",
    },
    kind: {
      name: "Kind",
      type: "select",
      options: milestoneKinds,
      owner: "team",
      description: "Which step of the delivery this is. A Plan milestone is one of the project's own plan.",
    },
    status: {
      name: "Status",
      type: "status",
      options: [
        { name: "Not started", group: "To-do", color: "gray" },
        { name: "In progress", group: "In progress", color: "blue" },
        { name: "In review", group: "In progress", color: "yellow" },
        { name: "Done", group: "Complete", color: "green" },
        { name: "Skipped", group: "Complete", color: "brown" },
      ],
      owner: "shared",
      tracked: true,
      description:
        "How far it is. Production complete and Deployment complete open their gates when they are Done.",
    },
    target: {
      name: "Target",
      type: "date",
      owner: "shared",
      tracked: "always",
      description: "When it is meant to be done. Milepost proposes it from the plan; what you write stands.",
    },
    order: {
      name: "Order",
      type: "number",
      format: "number",
      owner: "team",
      description: "Its place in the plan.",
    },
    deliverable: {
      name: "Deliverable",
      type: "rich_text",
      owner: "team",
      description: "What the client gets. Changing it makes a sign-off outdated.",
    },
    whatWorksNow: {
      name: "What works now",
      type: "rich_text",
      owner: "team",
      description: "What the client can do with it today. It goes into the letter about this milestone.",
    },
    demo: { name: "Demo", type: "url", owner: "team", description: "Where the client can try or watch it." },
    dependsOn: {
      name: "Depends on",
      type: "relation",
      to: "milestones",
      twin: "Blocks",
      owner: "team",
      description: "The milestones that have to be done first.",
    },
    reviewOn: {
      name: "Review on",
      type: "date",
      owner: "team",
      description: "When it is shown to the client.",
    },
    feedbackBy: {
      name: "Feedback by",
      type: "date",
      owner: "team",
      description: "Until when the client is asked to answer.",
    },
    skipReason: {
      name: "Skip reason",
      type: "rich_text",
      owner: "team",
      description: "Why this step is skipped. A skipped step without a reason does not open a gate.",
    },
    clientVisible: {
      name: "Client visible",
      type: "checkbox",
      owner: "team",
      description: "The client sees this milestone in letters and on their pages.",
    },
    actual: {
      name: "Actual",
      type: "date",
      owner: "shared",
      description:
        "When it was done; while it is empty, the day on which Status was set to Done counts. For the steps of the delivery record Milepost fills it in; for Cutover it means that you are live.",
    },
    signOff: {
      name: "Sign-off",
      type: "select",
      options: signOffOptions,
      owner: "gate",
      description:
        "The client's approval. Choose To request to ask for it; the client answers by link, or you record it by hand with a note.",
      workflow: { initial: "Not needed", rows: signOffRows },
      covers: ["deliverable", "whatWorksNow", "demo"],
    },
    baseline: {
      name: "Baseline",
      type: "date",
      owner: "service",
      description: "Its target when the client acknowledged the timeline.",
    },
    forecast: {
      name: "Forecast",
      type: "date",
      owner: "service",
      description: "When it will be done as things stand.",
    },
    slip: {
      name: "Slip",
      type: "number",
      format: "number",
      owner: "service",
      description: "Business days between the baseline and the forecast.",
    },
    whyItMoved: {
      name: "Why it moved",
      type: "rich_text",
      owner: "service",
      description: "What moved the forecast.",
    },
    signedBy: {
      name: "Signed by",
      type: "rich_text",
      owner: "service",
      description: "Who signed it off, and how.",
    },
    signedAt: { name: "Signed at", type: "date", owner: "service", description: "When it was signed off." },
    feedback: {
      name: "Feedback",
      type: "rich_text",
      owner: "service",
      description: "What the client wrote with the answer.",
    },
    milepostKey,
  },
  views: [
    { name: "All", type: "table", sortBy: { property: "target", direction: "ascending" } },
    {
      name: "Timeline",
      shows: "The milestones of all projects over the weeks",
      type: "timeline",
      dateBy: "target",
    },
    { name: "Calendar", shows: "What is due on which day", type: "calendar", dateBy: "target" },
  ],
} as const satisfies DatabaseTemplate;
