import { passed, planned, type SampleProject, step } from "./sample-row.ts";

/** Deployed and confirmed: ready to be handed over. */
export const salesDashboard: SampleProject = {
  project: {
    by: "Dana Reyes",
    cells: {
      Name: "Weekly sales dashboard",
      Code: "COP",
      Client: "Copperline Coffee Roasters",
      Contacts: ["Jonas Weber"],
      "Service type": "Basic dashboard",
      Stage: "Deployment",
      "Client letters": "Review first",
      Health: "On track",
      "Health note": "Live since yesterday; the first refresh ran without errors.",
      Manager: ["Dana Reyes"],
      "Production lead": ["Pablo Ortiz"],
      "QA lead": ["Quinn Abbott"],
      "Deployment lead": ["Diego Santos"],
      Start: { day: -9 },
      "Agreed delivery": { day: 1 },
      "Requirements signed off": true,
      "Timeline acknowledged": true,
      "Schedule acknowledged by": ["Pablo Ortiz", "Diego Santos"],
      "In scope":
        "Sales of the four cafés and the web shop by product, place and week, refreshed every night.",
      "Out of scope": "Stock, staffing and forecasts.",
      "Success criteria": "Jonas plans the week's roasting on Monday morning without opening a spreadsheet.",
      "Acceptance criteria":
        "Totals of the last four weeks equal the tills' reports to the cent. The page opens within two seconds on a phone.",
      "Fallback plan": "Show last night's figures with a notice; the tills' own reports stay as they are.",
      "QA certification": "PASS",
      "Launch sign-off": "Approved",
      "Receipt acknowledged": "Not yet",
      "Support tier": "Standard",
      "Escalate after": 1,
    },
    body: `## Brief

Four cafés and a web shop, five reports, one person who puts them together every Monday. The dashboard does that overnight.

## How to use it

- Open the dashboard's address and sign in with the company account.
- The week is chosen at the top; a click on a café shows its products.
- It refreshes every night at 03:00 and says when it last did.`,
  },
  milestones: [
    step("Intake handoff", -11, "Done"),
    step("Production start", -9, "Done"),
    planned("Data map", -8, "Done", {
      Deliverable: "Which figure comes from which till report",
      "What works now": "Every figure has its source.",
    }),
    planned("Dashboard with test data", -5, "Done", {
      Deliverable: "The dashboard with last month's figures",
      "What works now": "Sales by café, product and week, on the phone too.",
      Demo: "https://demo.example.com/copperline/dashboard",
      "Sign-off": "Approved",
    }),
    step("Production complete", -4, "Done"),
    step("QA submitted", -4, "Done"),
    step("QA certified", -3, "Done"),
    step("Deployment start", -2, "Done"),
    step("Deployment complete", -1, "Done"),
    step("Client handover", 1, "In progress", {
      "Client visible": true,
      Deliverable: "Live dashboard, user guide, refresh schedule",
    }),
    step("Post-delivery review", 6, "Not started"),
  ],
  risks: [
    {
      by: "Pablo Ortiz",
      cells: {
        Title: "The tills' export changes its columns",
        Kind: "Risk",
        Status: "Open",
        Likelihood: "Low",
        Impact: "Medium",
        Signal: "The nightly check finds a column that it does not know.",
        Mitigation: "The check runs before anything is overwritten.",
        Contingency: "Keep yesterday's figures, adapt the mapping: two hours.",
        Decider: ["Dana Reyes"],
        Owner: ["Diego Santos"],
        "Review by": { day: 6 },
      },
    },
  ],
  changeRequests: [
    {
      by: "Dana Reyes",
      cells: {
        Title: "Forecast next week's sales",
        Description: "A line with the expected sales of the coming week for each café.",
        "Requested by": ["Jonas Weber"],
        Channel: "Email",
        "Effort hours": 40,
        "Timeline impact": 6,
        Cost: 4800,
        "Risk level": "Medium",
        "Risk note": "A year of clean figures is needed first.",
        Boundary: ["Acceptance criteria"],
        Option: "Defer to phase 2",
        Status: "Deferred",
      },
    },
  ],
  checks: [
    ...passed(
      "Dana Reyes",
      -10,
      "Onboarding",
      "Access list: what systems you need and who approves access",
      "Environments: staging vs production, how deploys happen, who can deploy",
      "Data boundary: what data is allowed, what is restricted, what must never be logged",
    ),
    ...passed("Quinn Abbott", -3, "Functional testing", "Happy path works (primary use case)"),
    ...passed("Quinn Abbott", -3, "Integration testing", "Data flows between systems correctly"),
    ...passed("Quinn Abbott", -3, "User experience", "Mobile-friendly (if applicable)"),
    ...passed("Quinn Abbott", -3, "Documentation", "User guide covers all common scenarios"),
    ...passed("Quinn Abbott", -3, "Security and compliance", "Access controls implemented"),
    ...passed("Diego Santos", -1, "Monitoring and alerts", "Critical failure alerts configured"),
    {
      by: "Dana Reyes",
      cells: {
        Check: "Training session scheduled",
        Checkpoint: "Client readiness",
        Result: "Not applicable",
        Reason: "Jonas reads one page; the user guide is enough.",
      },
    },
    ...passed(
      "Dana Reyes",
      -1,
      "Client readiness",
      "Handoff call planned",
      "Support process explained",
      "Next steps documented",
    ),
  ],
  asks: [],
  decisions: [],
};
