import { passed, planned, type SampleProject, step, unchecked } from "./sample-row.ts";

/** In QA and on Review first: nothing leaves before the manager has read it. */
export const supportTriage: SampleProject = {
  project: {
    by: "Dana Reyes",
    cells: {
      Name: "Support inbox triage",
      Code: "AFO",
      Client: "Alder & Finch Outdoor",
      Contacts: ["Eleanor Finch", "Sam Okafor"],
      "Service type": "Multi-agent system",
      Stage: "QA",
      "Client letters": "Review first",
      Health: "At risk",
      "Health note": "Dutch mails are sorted worse than agreed. The fix is in; Quinn runs the set again.",
      Manager: ["Dana Reyes"],
      "Production lead": ["Pablo Ortiz"],
      "QA lead": ["Quinn Abbott"],
      "Deployment lead": ["Diego Santos"],
      Start: { day: -22 },
      "Agreed delivery": { day: 8 },
      "Requirements signed off": true,
      "Timeline acknowledged": true,
      "Schedule acknowledged by": ["Pablo Ortiz", "Diego Santos"],
      "In scope":
        "Mails to the support address in English, German and Dutch: sort into seven queues, answer order status, draft the rest.",
      "Out of scope": "Refunds, reviews on marketplaces, and mails of suppliers.",
      "Success criteria":
        "Support starts its day with sorted queues. Half of the order-status mails need no person.",
      "Acceptance criteria":
        "95 of 100 test mails land in the right queue, in each language at least 30 of 33. No draft is sent without a person.",
      "Fallback plan":
        "Turn the rules off in the help desk; every mail then waits in the one inbox as before.",
      "QA certification": "Pending",
      "Launch sign-off": "To request",
      "Receipt acknowledged": "Not yet",
      "Support tier": "Premium",
      "Escalate after": 3,
    },
    body: `## Brief

Alder & Finch sell outdoor gear in three countries. In the season their six people in support get 400 mails a day. One agent reads and sorts, a second looks up orders, a third drafts.`,
  },
  milestones: [
    step("Intake handoff", -25, "Done"),
    step("Production start", -22, "Done"),
    planned("Architecture", -17, "Done", {
      Deliverable: "Architecture diagram and the rules of the seven queues",
      "What works now": "The seven queues and their rules are agreed.",
      "Sign-off": "Approved",
    }),
    planned("Agents on the test inbox", -7, "Done", {
      Deliverable: "All three agents on a copy of last month's mails",
      "What works now": "Sorting, order look-up and drafts run on the test inbox.",
      Demo: "https://demo.example.com/alder-finch/triage",
      "Sign-off": "Approved",
    }),
    planned("Shadow run", -2, "Done", {
      Deliverable: "One week beside the team, with a report of every difference",
      "What works now":
        "For a week every mail was sorted by the agents and by your team; the report lists each difference.",
      Demo: "https://demo.example.com/alder-finch/shadow-run",
      "Feedback by": { day: 1 },
      "Sign-off": "Requested",
    }),
    step("Production complete", -2, "Done"),
    step("QA submitted", -1, "Done"),
    step("QA certified", 2, "In progress"),
    step("Deployment start", 4, "Not started"),
    step("Deployment complete", 5, "Not started"),
    planned("Launch", 6, "Not started", {
      Deliverable: "All mails sorted by the agents, the team trained, monitoring on",
      "Sign-off": "To request",
    }),
    step("Client handover", 7, "Not started", { "Client visible": true }),
    step("Post-delivery review", 12, "Not started"),
  ],
  risks: [
    {
      by: "Quinn Abbott",
      cells: {
        Title: "Dutch mails about exchanges land in Returns",
        Kind: "Issue",
        Status: "Mitigating",
        Severity: "Medium",
        Signal: "4 of 33 Dutch test mails; 3 are agreed.",
        Mitigation: "Twelve Dutch examples were added to the sorting rules.",
        Contingency: "Leave Dutch exchanges to a person until the set passes.",
        Decider: ["Dana Reyes"],
        Owner: ["Pablo Ortiz"],
        "Review by": { day: 1 },
        "Client visible": true,
      },
    },
    {
      by: "Dana Reyes",
      cells: {
        Title: "The winter sale triples the volume in launch week",
        Kind: "Risk",
        Status: "Open",
        Likelihood: "High",
        Impact: "Medium",
        Signal: "More than 150 mails in an hour.",
        Mitigation: "Load test with 1,500 mails before deployment.",
        Contingency: "Sort only, without drafts, until the wave is over.",
        Decider: ["Clara Voss"],
        Owner: ["Diego Santos"],
        "Review by": { day: 4 },
      },
    },
    {
      by: "Dana Reyes",
      cells: {
        Title: "Order look-up was down for two days",
        Kind: "Escalation",
        Status: "Resolved",
        Severity: "High",
        Level: "2 Practice lead",
        To: ["Pablo Ortiz"],
        Decider: ["Pablo Ortiz"],
        Owner: ["Dana Reyes"],
        Resolution: "Sam's team renewed the shop's expired key. Keys now have an owner and a reminder.",
      },
    },
  ],
  changeRequests: [],
  checks: [
    ...passed(
      "Dana Reyes",
      -23,
      "Onboarding",
      "Access list: what systems you need and who approves access",
      "Environments: staging vs production, how deploys happen, who can deploy",
      "Data boundary: what data is allowed, what is restricted, what must never be logged",
    ),
    ...passed("Quinn Abbott", -1, "Functional testing", "Happy path works (primary use case)"),
    {
      by: "Quinn Abbott",
      cells: {
        Check: "Edge cases handled correctly",
        Checkpoint: "Functional testing",
        Result: "Failed",
        Evidence: "Test set of 100 mails, run 3",
        Reason: "Dutch exchanges: 29 of 33 land in the right queue, 30 are agreed.",
        "Checked by": ["Quinn Abbott"],
        "Checked on": { day: -1 },
      },
    },
    ...passed("Quinn Abbott", -1, "Integration testing", "Data flows between systems correctly"),
    ...passed("Quinn Abbott", -1, "User experience", "Intuitive for non-technical users"),
    ...passed("Quinn Abbott", -1, "Documentation", "User guide covers all common scenarios"),
    ...passed("Quinn Abbott", -1, "Security and compliance", "Logs don't contain sensitive data"),
    ...passed("Quinn Abbott", -1, "Monitoring and alerts", "Error logging in place"),
    ...unchecked("Client readiness", "Training session scheduled", "Support process explained"),
  ],
  asks: [
    {
      by: "Dana Reyes",
      cells: {
        Title: "Does a Dutch exchange count as a return?",
        Kind: "Decision",
        "Owed by": ["Eleanor Finch"],
        "Needed by": { day: 1 },
        Blocks: true,
        State: "Open",
      },
    },
  ],
  decisions: [
    {
      by: "Dana Reyes",
      cells: {
        Decision: "No draft is sent without a person in phase 1",
        Why: "Trust first; the team wants to see a month of drafts.",
        "Revisit when": "Four weeks in a row nine of ten drafts leave unchanged.",
        "Made by": "Eleanor Finch",
        "Made on": { day: -24 },
        Source: "Kickoff",
        "Client visible": true,
      },
    },
  ],
};
