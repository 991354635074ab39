import { type SampleProject, step } from "./sample-row.ts";

/** In Intake and not live: the client has not acknowledged the timeline yet. */
export const invoiceApproval: SampleProject = {
  project: {
    by: "Dana Reyes",
    cells: {
      Name: "Invoice approval",
      Code: "BRK",
      Client: "Brookfield Dental Group",
      Contacts: ["Priya Nair", "Tom Becker"],
      "Service type": "Complex automation",
      Stage: "Intake",
      "Client letters": "Off",
      Health: "On track",
      "Health note": "Requirements are clear. Priya puts the timeline to her partners on Thursday.",
      Manager: ["Dana Reyes"],
      "Production lead": ["Pablo Ortiz"],
      "Deployment lead": ["Diego Santos"],
      Start: { day: 4 },
      "Requirements signed off": true,
      "In scope":
        "Invoices that come by mail: read them, match them with orders, ask the right practice for approval, hand them to accounting.",
      "Out of scope": "Payments, paper invoices, and suppliers abroad.",
      "Success criteria":
        "Nobody carries paper between the nine practices. Approval takes two days instead of nine.",
      "QA certification": "Pending",
      "Launch sign-off": "To request",
      "Receipt acknowledged": "Not yet",
    },
    body: `## Brief

Nine practices, one accounting office, about 900 invoices a month. Each is printed, signed and scanned again today.`,
  },
  milestones: [step("Intake handoff", 4, "In progress"), step("Production start", 4, "Not started")],
  risks: [
    {
      by: "Dana Reyes",
      cells: {
        Title: "Access to the accounting system comes late",
        Kind: "Risk",
        Status: "Open",
        Likelihood: "Medium",
        Impact: "High",
        Signal: "No test account three days before the start.",
        Mitigation: "Access list sent with the offer; Tom names who approves each entry.",
        Contingency: "Build against the vendor's sandbox and name the delay in the weekly summary.",
        Decider: ["Dana Reyes"],
        Owner: ["Diego Santos"],
        "Review by": { day: 3 },
      },
    },
  ],
  changeRequests: [],
  checks: [],
  asks: [
    {
      by: "Dana Reyes",
      cells: {
        Title: "Who approves invoices in each practice",
        Kind: "Task",
        "Owed by": ["Tom Becker"],
        "Needed by": { day: 3 },
        State: "Open",
      },
    },
  ],
  decisions: [],
};
