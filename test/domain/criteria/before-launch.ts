import { databases } from "../../../notion-templates/databases.ts";
import type { Checkpoint } from "../../../notion-templates/plans/checkpoints.ts";
import { coverOf } from "../../../src/domain/workflow.ts";
import {
  aCheck,
  aContact,
  aFinishedRecord,
  aHistory,
  aMilestone,
  aRisk,
  day,
  passedChecks,
} from "../../support/records.ts";
import { but, type Case, everything } from "./case.ts";

const step = (...milestones: readonly ReturnType<typeof aMilestone>[]) => but({ milestones });
const skipReason = "Part of another project";

/** All checks are passed but those of one checkpoint, which are these. */
export const checksBut = (checkpoint: Checkpoint, ...checks: readonly Parameters<typeof aCheck>[0][]) =>
  but({
    checks: [
      ...passedChecks().filter((check) => check.checkpoint !== checkpoint),
      ...checks.map((changes, index) => aCheck({ pageId: `check-${index}`, checkpoint, ...changes })),
    ],
  });

const approvedFor = (acceptanceCriteria: string) =>
  aHistory({
    ...{ property: "launchSignOff", from: "Requested", to: "Approved" },
    covers: coverOf(
      databases.projects,
      "launchSignOff",
      aFinishedRecord({ acceptanceCriteria, qaCertification: "PASS" }).project,
    ),
  });

/** Leaving In production, QA and Deployment: process/002 §3 to §6, process/000, process/001. */
export const beforeLaunch = {
  "production-complete": {
    met: step(aMilestone("Production complete", { status: "Done" })),
    unmet: [
      [
        "an Actual does not stand in for Done",
        step(aMilestone("Production complete", { status: "In review", actual: day("2026-03-09") })),
        "Set the Status of the milestone Production complete to Done when it is done (it is In review).",
      ],
      [
        "of several each has to be done",
        step(
          aMilestone("Production complete", { status: "Done" }),
          aMilestone("Production complete", { pageId: "second", status: "In progress" }),
        ),
        "Set the Status of the milestone Production complete to Done when it is done (it is In progress).",
      ],
      [
        "it is skipped without a reason",
        step(aMilestone("Production complete", { status: "Skipped" })),
        "Production complete is skipped: write its Skip reason.",
      ],
    ],
    notApplicable: [
      "it is skipped with a reason",
      step(aMilestone("Production complete", { status: "Skipped", skipReason })),
    ],
    overridden: "passes",
    missing: [
      [
        "there is no such milestone",
        step(),
        "Add the milestone Production complete to this project, and set its Status to Done when it is done.",
      ],
      [
        "its Status is empty",
        step(aMilestone("Production complete", { status: null })),
        "Set the Status of the milestone Production complete to Done when it is done (it is empty).",
      ],
    ],
  },

  "qa-lead-named": {
    met: everything,
    unmet: [["nobody is", but({ project: { qaLead: [] } }), "Name the QA lead."]],
    notApplicable: [
      "also where another lead would certify, that one is named",
      but({ project: { qaLead: [], productionLead: ["ana"] } }),
      "Name the QA lead.",
    ],
    overridden: "passes",
    missing: [
      ["nobody holds any role", but({ project: { qaLead: [], productionLead: [] } }), "Name the QA lead."],
    ],
  },

  "qa-certified": {
    met: everything,
    unmet: [
      [
        "it failed",
        but({ project: { qaCertification: "FAIL" } }),
        "QA certification has to be PASS (it is FAIL).",
      ],
      [
        "it is pending",
        but({ project: { qaCertification: "Pending" } }),
        "QA certification has to be PASS (it is Pending).",
      ],
      [
        "the work went back since, and the column still shows it",
        {
          ...but({ project: { stage: "QA", qaCertification: "PASS" } }),
          history: aHistory(
            { property: "qaCertification", from: "Pending", to: "PASS" },
            { from: "QA", to: "In production" },
          ),
        },
        "QA certification has to be PASS (it is Pending).",
      ],
    ],
    notApplicable: [
      "a skipped QA milestone does not make it so",
      but({
        project: { qaCertification: "Pending" },
        milestones: [aMilestone("QA certified", { status: "Skipped", skipReason: "No time" })],
      }),
      "QA certification has to be PASS (it is Pending).",
    ],
    overridden: "stands",
    missing: [
      [
        "the cell is empty",
        but({ project: { qaCertification: null } }),
        "QA certification has to be PASS (it is empty).",
      ],
    ],
  },

  "checkpoints-passed": {
    met: checksBut(
      "User experience",
      { result: "Passed" },
      { result: "Not applicable", reason: "There is no screen" },
    ),
    unmet: [
      [
        "one failed",
        checksBut("Functional testing", { check: "Edge cases handled correctly", result: "Failed" }),
        "Functional testing: “Edge cases handled correctly” is Failed; each has to be Passed, or Not applicable with a Reason.",
      ],
      [
        "more are open than a sentence names",
        checksBut(
          "Documentation",
          ...["User guide", "Screenshots", "Troubleshooting", "Contact", "Materials"].map((check) => ({
            check,
          })),
        ),
        "Documentation: “User guide” is Not checked, “Screenshots” is Not checked, “Troubleshooting” is Not checked and 2 more are open; each has to be Passed, or Not applicable with a Reason.",
      ],
      [
        "two are left out without a reason",
        checksBut(
          "Security and compliance",
          { check: "OAuth", result: "Not applicable" },
          { check: "PII", result: "Not applicable", reason: " " },
        ),
        "Write the Reason why “OAuth” and “PII” are Not applicable.",
      ],
    ],
    notApplicable: [
      "every check of the six is left out with a reason",
      but({
        checks: passedChecks().map((check) => ({
          ...check,
          ...{ result: "Not applicable" as const, reason: "A talk, nothing runs" },
        })),
      }),
    ],
    overridden: "passes",
    missing: [
      [
        "there are no checks",
        but({ checks: [] }),
        "Add the checks of Functional testing, Integration testing, User experience, Documentation, Security and compliance and Monitoring and alerts to Checks; each has to be Passed, or Not applicable with a Reason.",
      ],
      [
        "one checkpoint has none",
        checksBut("Monitoring and alerts"),
        "Add the checks of Monitoring and alerts to Checks; each has to be Passed, or Not applicable with a Reason.",
      ],
      [
        "a Result is empty",
        checksBut("Integration testing", { check: "Rate limits respected", result: null }),
        "Integration testing: “Rate limits respected” is Not checked; each has to be Passed, or Not applicable with a Reason.",
      ],
    ],
  },

  "no-critical-issue": {
    met: but({
      risks: [
        aRisk({ kind: "Issue", severity: "Critical", status: "Resolved" }),
        aRisk({ kind: "Issue", severity: "High", status: "Open" }),
      ],
    }),
    unmet: [
      [
        "one is being worked on",
        but({
          risks: [
            aRisk({ kind: "Issue", title: "Leads are lost", severity: "Critical", status: "Mitigating" }),
          ],
        }),
        "Resolve the critical issue “Leads are lost” (its Status is Mitigating).",
      ],
    ],
    notApplicable: [
      "there is no issue; a critical escalation is none",
      but({ risks: [aRisk({ kind: "Escalation", severity: "Critical" })] }),
    ],
    overridden: "passes",
    missing: [
      [
        "nobody said how bad it is",
        but({ risks: [aRisk({ kind: "Issue", title: "Leads are lost", severity: null })] }),
        "Set the Severity of the issue “Leads are lost”: a critical one stops the launch.",
      ],
      [
        "its Status is empty, and it has no title",
        but({ risks: [aRisk({ kind: "Issue", title: "", severity: "Critical", status: null })] }),
        "Resolve the critical issue “Untitled issue” (its Status is empty).",
      ],
    ],
  },

  "fallback-described": {
    met: everything,
    unmet: [
      [
        "there are only spaces",
        but({ project: { fallbackPlan: " " } }),
        "Write Fallback plan: what happens if it fails after launch.",
      ],
    ],
    notApplicable: [
      "“nothing runs after launch” is a plan, and met",
      but({ project: { fallbackPlan: "Nothing runs after launch" } }),
      "met",
    ],
    overridden: "passes",
    missing: [
      [
        "the cell is empty",
        but({ project: { fallbackPlan: "" } }),
        "Write Fallback plan: what happens if it fails after launch.",
      ],
    ],
  },

  "deployment-window": {
    met: step(aMilestone("Deployment start", { target: day("2026-04-13") })),
    unmet: [
      [
        "it has no date",
        step(aMilestone("Deployment start", { target: null })),
        "Set the Target of “Deployment start”.",
      ],
      [
        "it is skipped without a reason",
        step(aMilestone("Deployment start", { status: "Skipped" })),
        "Deployment start is skipped: write its Skip reason.",
      ],
    ],
    notApplicable: [
      "it is skipped with a reason",
      step(aMilestone("Deployment start", { status: "Skipped", skipReason: "Runs at the client's" })),
    ],
    overridden: "passes",
    missing: [
      [
        "there is no such milestone",
        step(),
        "Add the milestone Deployment start to this project, with a Target.",
      ],
      [
        "its date is none",
        step(aMilestone("Deployment start", { target: day("in April") })),
        "Set the Target of “Deployment start”.",
      ],
    ],
  },

  "deployment-complete": {
    met: step(aMilestone("Deployment complete", { status: "Done" })),
    unmet: [
      [
        "an Actual does not stand in for Done",
        step(aMilestone("Deployment complete", { status: "In progress", actual: day("2026-03-09") })),
        "Set the Status of the milestone Deployment complete to Done when it is done (it is In progress).",
      ],
      [
        "it is skipped without a reason",
        step(aMilestone("Deployment complete", { status: "Skipped" })),
        "Deployment complete is skipped: write its Skip reason.",
      ],
    ],
    notApplicable: [
      "it is skipped with a reason",
      step(aMilestone("Deployment complete", { status: "Skipped", skipReason })),
    ],
    overridden: "passes",
    missing: [
      [
        "there is no such milestone",
        step(),
        "Add the milestone Deployment complete to this project, and set its Status to Done when it is done.",
      ],
      [
        "its Status is empty",
        step(aMilestone("Deployment complete", { status: null })),
        "Set the Status of the milestone Deployment complete to Done when it is done (it is empty).",
      ],
    ],
  },

  "launch-signed-off": {
    met: { ...everything, history: approvedFor("36 of 40 test leads land in the right class") },
    unmet: [
      [
        "the client has not answered",
        but({ project: { launchSignOff: "Requested" } }),
        "Get the client's Launch sign-off: it has to be Approved (it is Requested).",
      ],
      [
        "the client wants changes",
        but({ project: { launchSignOff: "Changes requested" } }),
        "Get the client's Launch sign-off: it has to be Approved (it is Changes requested).",
      ],
      [
        "something else was approved, and the column still shows it",
        { ...everything, history: approvedFor("30 of 40 test leads land in the right class") },
        "Get the client's Launch sign-off: it has to be Approved (it is Outdated).",
      ],
    ],
    notApplicable: [
      "the team has set that none is needed",
      but({ project: { launchSignOff: "Not needed" } }),
    ],
    overridden: "passes",
    missing: [
      [
        "the cell is empty",
        but({ project: { launchSignOff: null } }),
        "Get the client's Launch sign-off: it has to be Approved (it is empty).",
      ],
    ],
  },

  "client-ready": {
    met: everything,
    unmet: [
      [
        "the training has no day",
        checksBut("Client readiness", { check: "Training session scheduled", result: "Failed" }),
        "Client readiness: “Training session scheduled” is Failed; each has to be Passed, or Not applicable with a Reason.",
      ],
    ],
    notApplicable: [
      "all are left out, each with its reason",
      checksBut("Client readiness", { result: "Not applicable", reason: "They run it already" }),
    ],
    overridden: "passes",
    missing: [
      [
        "there are no such checks",
        checksBut("Client readiness"),
        "Add the checks of Client readiness to Checks; each has to be Passed, or Not applicable with a Reason.",
      ],
    ],
  },

  "client-reachable": {
    met: but({ contacts: [aContact({ email: null }), aContact({ pageId: "tom" })] }),
    unmet: [
      [
        "mail came back",
        but({ contacts: [aContact({ deliveryProblem: "mailbox full" })] }),
        "Give one of the client's contacts an Email that mail reaches.",
      ],
      [
        "the address is none",
        but({ contacts: [aContact({ email: "cleo" })] }),
        "Give one of the client's contacts an Email that mail reaches.",
      ],
    ],
    notApplicable: [
      "also where letters are off somebody receives the handover",
      but({ project: { clientLetters: "Off" }, contacts: [aContact({ email: "" })] }),
      "Give one of the client's contacts an Email that mail reaches.",
    ],
    overridden: "passes",
    missing: [
      [
        "no contact is linked",
        but({ contacts: [] }),
        "Link the client's people in Contacts: nobody would receive the handover.",
      ],
      [
        "the address is empty",
        but({ contacts: [aContact({ email: null })] }),
        "Give one of the client's contacts an Email that mail reaches.",
      ],
    ],
  },
} as const satisfies Record<string, Case>;
