import type { DatabaseTemplate } from "../../src/types/schema.ts";
import { milepostKey } from "../milepost-key.ts";

/** The clients' people (process/000 "Client Contacts"). */
export const contacts = {
  key: "contacts",
  title: "Contacts",
  icon: "👤",
  description: "The clients' people: who gets which letters, and who signs off.",
  properties: {
    name: { name: "Name", type: "title", owner: "team", description: "The person's name." },
    email: {
      name: "Email",
      type: "email",
      owner: "team",
      description: "Where letters and sign-off links go.",
    },
    phone: { name: "Phone", type: "phone_number", owner: "team", description: "For urgent matters." },
    client: {
      name: "Client",
      type: "rich_text",
      owner: "team",
      description: "The company the person works for.",
    },
    role: {
      name: "Role",
      type: "multi_select",
      options: [
        { name: "Primary", color: "blue" },
        { name: "Technical", color: "purple" },
        { name: "Escalation", color: "red" },
        { name: "Billing", color: "yellow" },
      ],
      owner: "team",
      description: "What the person is to the project. The primary contact decides and signs off.",
    },
    receives: {
      name: "Receives",
      type: "multi_select",
      options: [
        { name: "Weekly summary", color: "blue" },
        { name: "Milestones", color: "green" },
        { name: "Delays", color: "red" },
        { name: "Change requests", color: "orange" },
        { name: "Launch", color: "yellow" },
        { name: "Handover", color: "pink" },
        { name: "Survey", color: "purple" },
      ],
      owner: "team",
      description: "Which letters the person gets. Empty: the primary contact gets all, others none.",
    },
    timeZone: {
      name: "Time zone",
      type: "rich_text",
      owner: "team",
      description: "Such as Europe/Paris. Empty: the office's. Letters leave in office hours of this zone.",
    },
    deliveryProblem: {
      name: "Delivery problem",
      type: "rich_text",
      owner: "service",
      description: "Why mail to this address did not arrive.",
    },
    milepostKey,
  },
  views: [{ name: "All", type: "table", sortBy: { property: "client", direction: "ascending" } }],
} as const satisfies DatabaseTemplate;
