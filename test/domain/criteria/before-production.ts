import {
  aCheck,
  aContact,
  aKnownRisk,
  aMilestone,
  anAsk,
  aRisk,
  aSchedule,
  day,
  passedChecks,
  people,
} from "../../support/records.ts";
import { but, type Case, everything, openBut } from "./case.ts";

const onboarding = (changes: Parameters<typeof aCheck>[0]) =>
  but({
    checks: [
      ...passedChecks().filter(({ checkpoint }) => checkpoint !== "Onboarding"),
      aCheck({ check: "Access list", checkpoint: "Onboarding", ...changes }),
    ],
  });

const skipped = { status: "Skipped", target: null } as const;

/** Leaving Intake and Planning: process/002 §1 and §2, process/001. */
export const beforeProduction = {
  "requirements-signed-off": {
    met: everything,
    unmet: [
      [
        "the box is not ticked",
        but({ project: { requirementsSignedOff: false } }),
        "Tick Requirements signed off once the requirements leave no question open.",
      ],
    ],
    notApplicable: [
      "a small service has requirements too",
      but({ project: { requirementsSignedOff: false, serviceType: "Simple automation" } }),
      "Tick Requirements signed off once the requirements leave no question open.",
    ],
    overridden: "passes",
    missing: [
      [
        "a new project has nothing but its name",
        but({ project: { requirementsSignedOff: false, inScope: "", client: "" } }),
        "Tick Requirements signed off once the requirements leave no question open.",
      ],
    ],
  },

  "no-blocking-ask": {
    met: but({ asks: [anAsk({ blocks: true, state: "Answered" }), anAsk({ blocks: false, state: "Open" })] }),
    unmet: [
      [
        "one is open",
        but({ asks: [anAsk({ blocks: true, state: "Open" }), anAsk({ blocks: true, state: "Withdrawn" })] }),
        "Get the answer to “Access to the CRM”, which blocks the work, and set its State to Answered.",
      ],
      [
        "two are open",
        but({ asks: [anAsk({ blocks: true }), anAsk({ blocks: true, title: "Which CRM?" })] }),
        "Get the answer to “Access to the CRM”, which blocks the work, and set its State to Answered.",
        "Get the answer to “Which CRM?”, which blocks the work, and set its State to Answered.",
      ],
    ],
    notApplicable: ["nothing was asked", but({ asks: [] })],
    overridden: "passes",
    missing: [
      [
        "an empty State counts as Open, and it has no title",
        but({ asks: [anAsk({ blocks: true, state: null, title: " " })] }),
        "Get the answer to “Untitled ask”, which blocks the work, and set its State to Answered.",
      ],
    ],
  },

  "timeline-acknowledged": {
    met: everything,
    unmet: [
      [
        "the box is not ticked",
        but({ project: { timelineAcknowledged: false } }),
        "Tick Timeline acknowledged once the client has acknowledged the timeline.",
      ],
    ],
    notApplicable: [
      "a timeline without an agreed day is acknowledged too",
      but({ project: { timelineAcknowledged: false, agreedDelivery: null } }),
      "Tick Timeline acknowledged once the client has acknowledged the timeline.",
    ],
    overridden: "passes",
    missing: [
      [
        "no date is there to acknowledge",
        but({ project: { timelineAcknowledged: false, start: null, agreedDelivery: null } }),
        "Tick Timeline acknowledged once the client has acknowledged the timeline.",
      ],
    ],
  },

  "scope-written": {
    met: everything,
    unmet: [
      [
        "what is left out is not said",
        but({ project: { outOfScope: " " } }),
        "Write Out of scope: what will not be delivered.",
      ],
    ],
    notApplicable: ["“none” is a boundary, and met", but({ project: { outOfScope: "none" } }), "met"],
    overridden: "passes",
    missing: [
      [
        "both are empty",
        but({ project: { inScope: "", outOfScope: "" } }),
        "Write In scope: what will be delivered.",
        "Write Out of scope: what will not be delivered.",
      ],
    ],
  },

  "success-criteria-written": {
    met: everything,
    unmet: [
      [
        "there are only spaces",
        but({ project: { successCriteria: "  " } }),
        "Write Success criteria: what the client will call a win.",
      ],
    ],
    notApplicable: [
      "“none agreed” is an answer, and met",
      but({ project: { successCriteria: "none agreed" } }),
      "met",
    ],
    overridden: "passes",
    missing: [
      [
        "the cell is empty",
        but({ project: { successCriteria: "" } }),
        "Write Success criteria: what the client will call a win.",
      ],
    ],
  },

  "acceptance-criteria-written": {
    met: everything,
    unmet: [
      [
        "there is only a line break",
        but({ project: { acceptanceCriteria: "\n" } }),
        "Write Acceptance criteria: what has to hold for the work to be accepted.",
      ],
    ],
    notApplicable: [
      "success criteria do not stand in for them",
      but({ project: { acceptanceCriteria: "", successCriteria: "36 of 40 leads" } }),
      "Write Acceptance criteria: what has to hold for the work to be accepted.",
    ],
    overridden: "passes",
    missing: [
      [
        "the cell is empty",
        but({ project: { acceptanceCriteria: "" } }),
        "Write Acceptance criteria: what has to hold for the work to be accepted.",
      ],
    ],
  },

  "client-owner": {
    met: but({
      contacts: [aContact(), aContact({ pageId: "tom", name: "Tom", role: ["Billing"], email: null })],
    }),
    unmet: [
      [
        "mail does not reach who decides",
        but({ contacts: [aContact({ deliveryProblem: "mailbox full" })] }),
        "Give “Cleo”, who decides for the client, an Email that mail reaches.",
      ],
      [
        "two decide",
        but({ contacts: [aContact(), aContact({ pageId: "tom", name: "Tom" })] }),
        "Keep one contact with the Role Primary: “Cleo” and “Tom” have it.",
      ],
      [
        "nobody decides",
        but({ contacts: [aContact({ role: ["Technical"] }), aContact({ pageId: "tom", role: [] })] }),
        "Give the Role Primary to the one of the client's contacts who decides.",
      ],
      [
        "the address is none",
        but({ contacts: [aContact({ name: "", email: "cleo at acme" })] }),
        "Give “Unnamed contact”, who decides for the client, an Email that mail reaches.",
      ],
    ],
    notApplicable: [
      "work for the own house has somebody who decides too",
      but({ contacts: [], project: { client: "Ourselves" } }),
      "Link the client's people in Contacts: one of them decides for the client.",
    ],
    overridden: "passes",
    missing: [
      [
        "no contact is linked",
        but({ contacts: [] }),
        "Link the client's people in Contacts: one of them decides for the client.",
      ],
      [
        "the address is empty",
        but({ contacts: [aContact({ email: null })] }),
        "Give “Cleo”, who decides for the client, an Email that mail reaches.",
      ],
    ],
  },

  "onboarding-checked": {
    met: everything,
    unmet: [
      [
        "one is not checked yet",
        onboarding({ result: "Not checked" }),
        "Onboarding: “Access list” is Not checked; each has to be Passed, or Not applicable with a Reason.",
      ],
      [
        "one failed",
        onboarding({ result: "Failed" }),
        "Onboarding: “Access list” is Failed; each has to be Passed, or Not applicable with a Reason.",
      ],
      [
        "one is left out without a reason",
        onboarding({ result: "Not applicable", reason: " " }),
        "Write the Reason why “Access list” is Not applicable.",
      ],
    ],
    notApplicable: [
      "all are left out, each with its reason",
      onboarding({ result: "Not applicable", reason: "The systems are our own" }),
    ],
    overridden: "passes",
    missing: [
      [
        "there are no checks",
        but({ checks: [] }),
        "Add the checks of Onboarding to Checks; each has to be Passed, or Not applicable with a Reason.",
      ],
      [
        "an empty Result counts as Not checked, and it has no name",
        onboarding({ result: null, check: "" }),
        "Onboarding: “Untitled check” is Not checked; each has to be Passed, or Not applicable with a Reason.",
      ],
    ],
  },

  "schedule-complete": {
    met: openBut({ "Deployment start": { ...skipped, skipReason: "Runs at the client's" } }),
    unmet: [
      [
        "two steps are missing",
        but({
          milestones: aSchedule().filter(
            ({ kind }) => kind !== "QA certified" && kind !== "Deployment start",
          ),
        }),
        "Add the milestones QA certified and Deployment start to this project, with a Target.",
      ],
      [
        "one step is there twice",
        but({ milestones: [...aSchedule(), aMilestone("QA submitted", { pageId: "twin" })] }),
        "Keep one milestone QA submitted: there are 2.",
      ],
      [
        "a step is skipped without a reason",
        openBut({ "Deployment start": { ...skipped, skipReason: " " } }),
        "Deployment start is skipped: write its Skip reason.",
      ],
      [
        "QA is skipped, with a reason",
        openBut({ "QA certified": { ...skipped, skipReason: "No time" } }),
        "QA certified cannot be skipped: QA has no exceptions. Set its Status back.",
      ],
    ],
    notApplicable: [
      "every step is skipped with a reason: QA's cannot be",
      but({ milestones: aSchedule().map((one) => ({ ...one, ...skipped, skipReason: "A talk only" })) }),
      "QA submitted cannot be skipped: QA has no exceptions. Set its Status back.",
      "QA certified cannot be skipped: QA has no exceptions. Set its Status back.",
    ],
    overridden: "passes",
    missing: [
      [
        "there are no milestones",
        but({ milestones: [] }),
        "Add the milestones Intake handoff, Production start, Production complete, QA submitted, QA certified, Deployment start, Deployment complete, Client handover and Post-delivery review to this project, with a Target.",
      ],
      [
        "one has no Kind",
        but({
          milestones: aSchedule().map((one) =>
            one.kind === "Production start" ? { ...one, kind: null } : one,
          ),
        }),
        "Add the milestone Production start to this project, with a Target.",
      ],
    ],
  },

  "schedule-in-order": {
    met: openBut({ "Production complete": { target: day("2026-03-30") } }),
    unmet: [
      [
        "two steps are in the wrong order",
        openBut({ "Production complete": { target: day("2026-04-01") } }),
        "Put each Target in order: QA submitted (2026-03-30) comes before Production complete (2026-04-01).",
      ],
      [
        "a milestone comes before the one that it waits for",
        but({
          milestones: [
            ...aSchedule(),
            aMilestone("Plan milestone", { pageId: "m1", name: "Design", target: day("2026-03-19") }),
            aMilestone("Plan milestone", {
              ...{ pageId: "m2", name: "Build", target: day("2026-03-18"), dependsOn: ["m1"] },
            }),
          ],
        }),
        "Put each Target in order: “Build” (2026-03-18) depends on “Design” (2026-03-19).",
      ],
      [
        "two wait for each other",
        but({
          milestones: [
            ...aSchedule(),
            aMilestone("Plan milestone", {
              ...{ pageId: "m1", name: "Design", target: day("2026-03-18"), dependsOn: ["m2"] },
            }),
            aMilestone("Plan milestone", {
              ...{ pageId: "m2", name: "Build", target: day("2026-03-18"), dependsOn: ["m1"] },
            }),
          ],
        }),
        "“Build” and “Design” depend on each other in a circle: they cannot be forecast.",
      ],
      [
        "the agreed delivery lies before the handover",
        openBut({}, { agreedDelivery: day("2026-04-24") }),
        "Agreed delivery (2026-04-24) lies before the Target of “Client handover”.",
      ],
      [
        "it begins after it ends",
        openBut({}, { start: day("2026-05-11"), agreedDelivery: day("2026-05-04") }),
        "Agreed delivery (2026-05-04) lies before Start (2026-05-11).",
        ...[
          "Put dates in order: the Target of “Intake handoff” (2026-03-09) lies before Start (2026-05-11).",
          "Put dates in order: the Target of “Production start” (2026-03-16) lies before Start (2026-05-11).",
          "Put dates in order: the Target of “Production complete” (2026-03-23) lies before Start (2026-05-11).",
          "Put dates in order: the Target of “QA submitted” (2026-03-30) lies before Start (2026-05-11).",
          "Put dates in order: the Target of “QA certified” (2026-04-06) lies before Start (2026-05-11).",
          "Put dates in order: the Target of “Deployment start” (2026-04-13) lies before Start (2026-05-11).",
          "Put dates in order: the Target of “Deployment complete” (2026-04-20) lies before Start (2026-05-11).",
          "Put dates in order: the Target of “Client handover” (2026-04-27) lies before Start (2026-05-11).",
          "Put dates in order: the Target of “Post-delivery review” (2026-05-04) lies before Start (2026-05-11).",
        ],
      ],
    ],
    notApplicable: ["nothing is open any more", everything],
    overridden: "passes",
    missing: [
      [
        "two have no date, or one that is none",
        openBut({ "Production start": { target: null }, "QA certified": { target: day("soon") } }),
        "Set the Target of “Production start” and “QA certified”.",
      ],
      [
        "nobody has dated anything",
        but({ milestones: aSchedule().map((one) => ({ ...one, target: null })) }),
        "Set the Target of “Intake handoff”, “Production start”, “Production complete” and 6 more.",
      ],
    ],
  },

  "schedule-acknowledged": {
    met: but({
      project: {
        productionLead: [people.manager],
        deploymentLead: [people.manager],
        scheduleAcknowledgedBy: [people.manager],
      },
    }),
    unmet: [
      [
        "one lead has not acknowledged it",
        but({ project: { scheduleAcknowledgedBy: [people.production, "somebody"] } }),
        "Add the Deployment lead to Schedule acknowledged by once they have agreed to the schedule.",
      ],
    ],
    notApplicable: [
      "where nobody leads the deployment somebody has to",
      but({ project: { deploymentLead: [] } }),
      "Name the Deployment lead.",
    ],
    overridden: "passes",
    missing: [
      [
        "nobody is named",
        but({ project: { productionLead: [], deploymentLead: [], scheduleAcknowledgedBy: [] } }),
        "Name the Production lead.",
        "Name the Deployment lead.",
      ],
      [
        "nobody has acknowledged it",
        but({ project: { scheduleAcknowledgedBy: [] } }),
        "Add the Production lead to Schedule acknowledged by once they have agreed to the schedule.",
        "Add the Deployment lead to Schedule acknowledged by once they have agreed to the schedule.",
      ],
    ],
  },

  "risk-register": {
    met: but({ risks: [aKnownRisk(), aRisk({ status: "Closed", mitigation: "" })] }),
    unmet: [
      [
        "two open ones have no mitigation",
        but({
          risks: [
            aKnownRisk({ mitigation: "" }),
            aKnownRisk({ title: "Access comes late", mitigation: " " }),
          ],
        }),
        "Write the Mitigation of “The CRM limits requests” and “Access comes late”.",
      ],
    ],
    notApplicable: [
      "an issue is no risk",
      but({ risks: [aRisk({ kind: "Issue" })] }),
      "Add this project's risks to Risks, each with a Mitigation.",
    ],
    overridden: "passes",
    missing: [
      [
        "the register is empty",
        but({ risks: [] }),
        "Add this project's risks to Risks, each with a Mitigation.",
      ],
      [
        "one without a Kind is taken for a risk",
        but({ risks: [aRisk({ kind: null, title: "" })] }),
        "Write the Mitigation of “Untitled risk”.",
      ],
    ],
  },

  "high-risks-owned": {
    met: but({ risks: [aRisk({ likelihood: "High", impact: "Medium", owner: [people.production] })] }),
    unmet: [
      [
        "a high one has no owner; a lower one needs none",
        but({
          risks: [
            aRisk({ likelihood: "High", impact: "Medium" }),
            aRisk({ likelihood: "High", impact: "Low" }),
          ],
        }),
        "Name the Owner of “The CRM limits requests”: it is a high risk (Score 6).",
      ],
      [
        "the highest",
        but({ risks: [aRisk({ likelihood: "High", impact: "High" })] }),
        "Name the Owner of “The CRM limits requests”: it is a high risk (Score 9).",
      ],
    ],
    notApplicable: [
      "no risk is open",
      but({ risks: [aRisk({ likelihood: "High", impact: "High", status: "Closed" })] }),
    ],
    overridden: "passes",
    missing: [
      [
        "it is not weighed",
        but({ risks: [aRisk({ likelihood: "High", impact: null })] }),
        "Set Likelihood and Impact of “The CRM limits requests”: until then nobody knows whether the risk is high.",
      ],
    ],
  },

  "delay-agreed": {
    met: but({ project: { escalateAfter: 0 } }),
    unmet: [
      [
        "a delay below nothing is none",
        but({ project: { escalateAfter: -1 } }),
        "Set Escalate after to the business days of delay that are acceptable, 0 or more.",
      ],
    ],
    notApplicable: [
      "where none is acceptable, it is 0, and met",
      but({ project: { escalateAfter: 0 } }),
      "met",
    ],
    overridden: "passes",
    missing: [
      [
        "the cell is empty",
        but({ project: { escalateAfter: null } }),
        "Set Escalate after to the business days of delay that are acceptable, 0 or more.",
      ],
    ],
  },
} as const satisfies Record<string, Case>;
