import { passed, planned, type SampleProject, step, unchecked } from "./sample-row.ts";

/** In production and on Automatic; its milestone Core build is one click from Done. */
export const leadAgent: SampleProject = {
  project: {
    by: "Dana Reyes",
    cells: {
      Name: "Lead qualification agent",
      Code: "LUM",
      Client: "Lumen Solar",
      Contacts: ["Hannah Vogt", "Marek Dvořák"],
      "Service type": "Single-purpose agent",
      Stage: "In production",
      "Client letters": "Automatic",
      Health: "On track",
      "Health note": "Core build is with Hannah for review. CRM access came a day early.",
      Manager: ["Dana Reyes"],
      "Production lead": ["Pablo Ortiz"],
      "QA lead": ["Quinn Abbott"],
      "Deployment lead": ["Diego Santos"],
      Start: { day: -6 },
      "Agreed delivery": { day: 10 },
      "Requirements signed off": true,
      "Timeline acknowledged": true,
      "Schedule acknowledged by": ["Pablo Ortiz", "Diego Santos"],
      "In scope":
        "Web form and mailbox enquiries: qualify by roof, budget and date, write the result to the CRM, book a call for good leads.",
      "Out of scope": "Phone calls, WhatsApp, quotes, and leads of the installer partners.",
      "Success criteria":
        "Sales spends no time on leads without a roof of their own. First answer within five minutes, day and night.",
      "Acceptance criteria":
        "At least 36 of the 40 test enquiries get the class that sales gave them. No lead is lost while the CRM is away. No answer names a price.",
      "Fallback plan":
        "Switch the form back to the shared mailbox (one setting); open leads stay in the CRM.",
      "QA certification": "Pending",
      "Launch sign-off": "To request",
      "Receipt acknowledged": "Not yet",
      "Support tier": "Priority",
      "Escalate after": 2,
    },
    body: `## Brief

Lumen Solar gets about 60 enquiries a day. Two people in sales read every one of them; two thirds are tenants or only curious. The agent asks what is missing, sorts, and books a call where it is worth one.

## Where things are

- Test environment: Lumen's CRM sandbox, refreshed every Monday
- The 40 test enquiries: Hannah's list, names removed`,
  },
  milestones: [
    step("Intake handoff", -9, "Done"),
    step("Production start", -6, "Done"),
    planned("Design", -4, "Done", {
      Deliverable: "Question flow, the four lead classes, and the field list for the CRM",
      "What works now": "The question flow and the four lead classes are agreed.",
      "Sign-off": "Approved",
    }),
    planned("Core build", 0, "In review", {
      Deliverable: "The agent on the test inbox, answering and sorting all four lead classes",
      "What works now": [
        "The agent answers an enquiry within a minute and asks for what is missing, at most three questions.",
        "It sorts into the four lead classes: 38 of the 40 test enquiries as sales did.",
        "Whatever it is unsure of goes to a person, with its reason.",
      ].join("\n"),
      Demo: "https://demo.example.com/lumen/lead-agent",
      "Review on": { day: 0 },
      "Feedback by": { day: 3 },
      "Sign-off": "To request",
      "Depends on": ["Design"],
    }),
    planned("Integration", 3, "In progress", {
      Deliverable: "Results in the CRM and calls in the sales calendar, tested end to end",
      "Depends on": ["Core build"],
    }),
    step("Production complete", 5, "In progress"),
    step("QA submitted", 5, "Not started"),
    planned("Training and documents", 6, "Not started", {
      Deliverable: "A 20-minute training video, the user guide, and a page for when it goes wrong",
    }),
    step("QA certified", 7, "Not started"),
    step("Deployment start", 8, "Not started"),
    step("Deployment complete", 8, "Not started"),
    planned("Launch", 8, "Not started", {
      Deliverable: "The agent on the live form and mailbox, with monitoring",
      "Sign-off": "To request",
    }),
    step("Client handover", 9, "Not started", { "Client visible": true }),
    step("Post-delivery review", 14, "Not started"),
  ],
  risks: [
    {
      by: "Pablo Ortiz",
      cells: {
        Title: "The CRM refuses requests during its evening import",
        Kind: "Risk",
        Status: "Mitigating",
        Likelihood: "Medium",
        Impact: "Medium",
        Signal: "More than five refused requests in ten minutes; the monitor writes to the project channel.",
        Mitigation: "Results wait in a queue and are written when the import is over.",
        Contingency: "Ask Marek to move the import to 02:00.",
        Decider: ["Dana Reyes"],
        Owner: ["Pablo Ortiz"],
        "Review by": { day: 3 },
      },
    },
    {
      by: "Dana Reyes",
      cells: {
        Title: "Feedback on Core build comes late",
        Kind: "Risk",
        Status: "Open",
        Likelihood: "Low",
        Impact: "High",
        Signal: "No answer by Friday noon.",
        Mitigation: "Date agreed in the kickoff; the review is in Hannah's calendar.",
        Contingency: "Go on with Integration and name what a late change would cost.",
        Decider: ["Dana Reyes"],
        Owner: ["Dana Reyes"],
        "Review by": { day: 3 },
      },
    },
  ],
  changeRequests: [
    {
      by: "Dana Reyes",
      cells: {
        Title: "Qualify enquiries that come by WhatsApp",
        Description:
          "Enquiries on the company's WhatsApp number are answered, sorted and written to the CRM like those of the web form.",
        "Requested by": ["Hannah Vogt"],
        Channel: "Call",
        "Effort hours": 14,
        "Timeline impact": 2,
        Cost: 1680,
        "Risk level": "Medium",
        "Risk note":
          "The number has to move to the business interface first; that takes Lumen one to three days.",
        Boundary: ["Data"],
        Option: "Change order",
        Status: "Awaiting client",
      },
    },
  ],
  checks: [
    ...passed(
      "Dana Reyes",
      -7,
      "Onboarding",
      "Access list: what systems you need and who approves access",
      "Environments: staging vs production, how deploys happen, who can deploy",
      "Data boundary: what data is allowed, what is restricted, what must never be logged",
    ),
    ...passed("Quinn Abbott", -1, "Functional testing", "Happy path works (primary use case)"),
    ...unchecked(
      "Functional testing",
      "Edge cases handled correctly",
      "Data integrity maintained (no lost/corrupted data)",
    ),
    ...unchecked("Integration testing", "Data flows between systems correctly", "Rate limits respected"),
    ...unchecked("User experience", "Intuitive for non-technical users"),
    ...unchecked("Documentation", "User guide covers all common scenarios"),
    ...unchecked("Security and compliance", "PII handling compliant with regulations"),
    ...unchecked("Monitoring and alerts", "Critical failure alerts configured"),
    ...unchecked("Client readiness", "Training session scheduled"),
  ],
  asks: [
    {
      by: "Pablo Ortiz",
      cells: {
        Title: "A window for the CRM import outside office hours",
        Kind: "Decision",
        "Owed by": ["Marek Dvořák"],
        "Needed by": { day: 2 },
        State: "Open",
      },
    },
  ],
  decisions: [
    {
      by: "Dana Reyes",
      cells: {
        Decision: "The agent never names a price",
        Why: "Quotes depend on the roof; a wrong figure costs more trust than none.",
        "Revisit when": "Lumen has a price list for standard roofs.",
        "Made by": "Hannah Vogt",
        "Made on": { day: -6 },
        Source: "Kickoff call",
        "Client visible": true,
      },
    },
  ],
};
