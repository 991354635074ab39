import { databases } from "../../../notion-templates/databases.ts";
import { officeOf } from "../../../src/domain/office.ts";
import { coverOf } from "../../../src/domain/workflow.ts";
import {
  aDayOff,
  aFinishedRecord,
  aHistory,
  aMilestone,
  anOfficeRow,
  aRisk,
  aSchedule,
  day,
  tuesdayAtTen,
} from "../../support/records.ts";
import { checksBut } from "./before-launch.ts";
import { but, type Case, everything } from "./case.ts";

const inHandover = (receiptAcknowledged: "Requested" | "Acknowledged" | null) =>
  but({ project: { stage: "Handover", receiptAcknowledged } });
const cameIn = aHistory({ from: "Deployment", to: "Handover", at: tuesdayAtTen });
// Tuesday 2026-03-10: Wed 11, Thu 12, Fri 13, Mon 16, Tue 17. Paris is at UTC+1.
const fiveDaysLater = Date.UTC(2026, 2, 16, 23);

const withFridayOff = officeOf(anOfficeRow(), "UTC", [
  aDayOff({ day: day("2026-03-13"), appliesTo: "Acme" }),
]);
const heldFriday = aHistory(
  ...cameIn.transitions,
  { from: "Handover", to: "On hold", at: Date.UTC(2026, 2, 13, 9) },
  { from: "On hold", to: "Handover", at: Date.UTC(2026, 2, 16, 9) },
);

const doneBut = (changes: Parameters<typeof aSchedule>[0]) =>
  but({
    milestones: aSchedule(changes).map((one) =>
      one.kind !== null && changes && Object.hasOwn(changes, one.kind) ? one : { ...one, status: "Done" },
    ),
  });

const skipReason = "Part of another project";
const escalation = (changes: Parameters<typeof aRisk>[0]) =>
  but({ risks: [aRisk({ kind: "Escalation", title: "The key expired", ...changes })] });

const design = aMilestone("Plan milestone", {
  ...{ pageId: "design", name: "Design", status: "Done", signOff: "Approved", deliverable: "Flow" },
});
const approvedDesign = (deliverable: string) => ({
  ...but({ milestones: [...aFinishedRecord().milestones, design] }),
  history: aHistory({
    ...{ pageId: "design", property: "signOff", from: "Requested", to: "Approved" },
    covers: coverOf(databases.milestones, "signOff", { ...design, deliverable }),
  }),
});
const withDesign = (changes: Parameters<typeof aMilestone>[1]) =>
  but({ milestones: [{ ...design, ...changes }] });

/** Leaving Handover and Review: process/002 §6, §7 and "Quality gate", the definition of done of process/000. */
export const toClose = {
  "handover-received": {
    met: { ...inHandover("Acknowledged"), history: cameIn },
    unmet: [
      [
        "neither the client has answered nor the time has passed",
        { ...inHandover("Requested"), history: cameIn, now: fiveDaysLater - 1 },
        "Set Receipt acknowledged to Acknowledged when the client has confirmed receipt, or wait until 2026-03-17.",
      ],
      [
        "the client did not work on one of the days, and that does not count",
        { ...inHandover("Requested"), history: cameIn, now: fiveDaysLater, office: withFridayOff },
        "Set Receipt acknowledged to Acknowledged when the client has confirmed receipt, or wait until 2026-03-18.",
      ],
      [
        "the project was on hold on one of the days, and that does not count",
        { ...inHandover("Requested"), history: heldFriday, now: fiveDaysLater },
        "Set Receipt acknowledged to Acknowledged when the client has confirmed receipt, or wait until 2026-03-18.",
      ],
      [
        "it has not come into Handover yet",
        but({ project: { stage: "Deployment", receiptAcknowledged: "Not yet" } }),
        "Set Receipt acknowledged to Acknowledged when the client has confirmed receipt, or wait five business days in Handover.",
      ],
    ],
    notApplicable: [
      "five business days have passed: met",
      { ...inHandover("Requested"), history: cameIn, now: fiveDaysLater },
      "met",
    ],
    overridden: "passes",
    missing: [
      [
        "the cell is empty, and nobody knows since when it is in Handover",
        inHandover(null),
        "Set Receipt acknowledged to Acknowledged when the client has confirmed receipt, or wait five business days in Handover.",
      ],
    ],
  },

  "handover-delivered": {
    met: everything,
    unmet: [
      [
        "an Actual does not stand in for Done",
        doneBut({ "Client handover": { status: "In progress", actual: day("2026-03-09") } }),
        "Set the Status of the milestone Client handover to Done when it is done (it is In progress).",
      ],
      [
        "it is skipped without a reason",
        doneBut({ "Client handover": { status: "Skipped" } }),
        "Client handover is skipped: write its Skip reason.",
      ],
    ],
    notApplicable: [
      "it is skipped with a reason",
      doneBut({ "Client handover": { status: "Skipped", skipReason } }),
    ],
    overridden: "passes",
    missing: [
      [
        "there is no such milestone",
        but({ milestones: [] }),
        "Add the milestone Client handover to this project, and set its Status to Done when it is done.",
      ],
      [
        "its Status is empty",
        doneBut({ "Client handover": { status: null } }),
        "Set the Status of the milestone Client handover to Done when it is done (it is empty).",
      ],
    ],
  },

  "review-complete": {
    met: everything,
    unmet: [
      [
        "an Actual does not stand in for Done",
        doneBut({ "Post-delivery review": { status: "In review", actual: day("2026-03-09") } }),
        "Set the Status of the milestone Post-delivery review to Done when it is done (it is In review).",
      ],
      [
        "it is skipped without a reason",
        doneBut({ "Post-delivery review": { status: "Skipped" } }),
        "Post-delivery review is skipped: write its Skip reason.",
      ],
    ],
    notApplicable: [
      "it is skipped with a reason",
      doneBut({ "Post-delivery review": { status: "Skipped", skipReason } }),
    ],
    overridden: "passes",
    missing: [
      [
        "there is no such milestone",
        but({ milestones: [] }),
        "Add the milestone Post-delivery review to this project, and set its Status to Done when it is done.",
      ],
      [
        "its Status is empty",
        doneBut({ "Post-delivery review": { status: null } }),
        "Set the Status of the milestone Post-delivery review to Done when it is done (it is empty).",
      ],
    ],
  },

  "receipt-acknowledged": {
    met: everything,
    unmet: [
      [
        "the client has not answered, whatever time has passed",
        { ...inHandover("Requested"), history: cameIn, now: fiveDaysLater },
        "Set Receipt acknowledged to Acknowledged when the client has confirmed receipt.",
      ],
      [
        "nobody has asked",
        but({ project: { receiptAcknowledged: "Not yet" } }),
        "Set Receipt acknowledged to Acknowledged when the client has confirmed receipt.",
      ],
    ],
    notApplicable: [
      "a skipped handover is received too",
      but({
        project: { receiptAcknowledged: "Not yet" },
        milestones: [aMilestone("Client handover", { status: "Skipped", skipReason })],
      }),
      "Set Receipt acknowledged to Acknowledged when the client has confirmed receipt.",
    ],
    overridden: "passes",
    missing: [
      [
        "the cell is empty",
        but({ project: { receiptAcknowledged: null } }),
        "Set Receipt acknowledged to Acknowledged when the client has confirmed receipt.",
      ],
    ],
  },

  "steps-documented": {
    met: doneBut({ "Deployment start": { status: "Skipped", skipReason } }),
    unmet: [
      [
        "one was never finished, one is skipped without a reason",
        doneBut({ "QA submitted": { status: "In progress" }, "Deployment start": { status: "Skipped" } }),
        "Set the Status of the milestone QA submitted to Done when it is done (it is In progress).",
        "Deployment start is skipped: write its Skip reason.",
      ],
      [
        "QA is skipped, with a reason",
        doneBut({ "QA certified": { status: "Skipped", skipReason } }),
        "QA certified cannot be skipped: QA has no exceptions. Set its Status back.",
      ],
    ],
    notApplicable: [
      "each step that may be is skipped with its reason: met",
      doneBut({
        "Intake handoff": { status: "Skipped", skipReason },
        "Deployment start": { status: "Skipped", skipReason },
        "Deployment complete": { status: "Skipped", skipReason },
      }),
      "met",
    ],
    overridden: "passes",
    missing: [
      [
        "one was never made, another has no Status",
        but({
          milestones: aFinishedRecord()
            .milestones.filter(({ kind }) => kind !== "Intake handoff")
            .map((one) => (one.kind === "Production start" ? { ...one, status: null } : one)),
        }),
        "Add the milestone Intake handoff to this project, and set its Status to Done when it is done.",
        "Set the Status of the milestone Production start to Done when it is done (it is empty).",
      ],
    ],
  },

  "escalations-resolved": {
    met: escalation({ status: "Resolved", resolution: "Keys have an owner now" }),
    unmet: [
      [
        "one is open",
        escalation({ status: "Mitigating" }),
        "Resolve the escalation “The key expired” (its Status is Mitigating).",
      ],
    ],
    notApplicable: [
      "nothing was escalated; an open issue is none",
      but({ risks: [aRisk({ kind: "Issue" })] }),
    ],
    overridden: "passes",
    missing: [
      [
        "it does not say how it ended",
        escalation({ status: "Closed", resolution: " " }),
        "Write the Resolution of the escalation “The key expired”.",
      ],
      [
        "its Status is empty, and it has no title",
        escalation({ status: null, title: "" }),
        "Resolve the escalation “Untitled escalation” (its Status is empty).",
      ],
    ],
  },

  "record-populated": {
    met: everything,
    unmet: [
      [
        "it was delivered, but nobody says when",
        but({ project: { delivered: null } }),
        "Set Delivered: the day on which it was delivered.",
      ],
    ],
    notApplicable: [
      "also work for the own house names its client",
      but({ project: { client: " " } }),
      "Write Client: whom it was delivered to.",
    ],
    overridden: "passes",
    missing: [
      [
        "all of it is empty",
        but({ project: { client: "", inScope: "", agreedDelivery: null, delivered: null } }),
        "Write Client: whom it was delivered to.",
        "Write In scope: what was delivered.",
        "Set Agreed delivery: the day that was agreed with the client.",
        "Set Delivered: the day on which it was delivered.",
      ],
    ],
  },

  "milestones-approved": {
    met: approvedDesign("Flow"),
    unmet: [
      [
        "the client has not answered",
        withDesign({ signOff: "Requested" }),
        "Get the client's Sign-off of “Design”: it has to be Approved (it is Requested).",
      ],
      [
        "something else was approved, and the column still shows it",
        approvedDesign("A drawing"),
        "Get the client's Sign-off of “Design”: it has to be Approved (it is Outdated).",
      ],
    ],
    notApplicable: [
      "no milestone needs one, and a skipped one needs none",
      but({
        milestones: [aMilestone("Client handover"), { ...design, status: "Skipped", signOff: "Requested" }],
      }),
    ],
    overridden: "passes",
    missing: [
      [
        "nobody has asked the client",
        withDesign({ signOff: "To request", name: "" }),
        "Get the client's Sign-off of “Plan milestone”: it has to be Approved (it is To request).",
      ],
    ],
  },

  "handover-checked": {
    met: everything,
    unmet: [
      [
        "the runbook is not checked",
        checksBut("Handover", { check: "Runbook (debug, rollback, escalation)", result: "Not checked" }),
        "Handover: “Runbook (debug, rollback, escalation)” is Not checked; each has to be Passed, or Not applicable with a Reason.",
      ],
    ],
    notApplicable: [
      "all are left out, each with its reason",
      checksBut("Handover", { result: "Not applicable", reason: "We run it for them" }),
    ],
    overridden: "passes",
    missing: [
      [
        "there are no such checks",
        checksBut("Handover"),
        "Add the checks of Handover to Checks; each has to be Passed, or Not applicable with a Reason.",
      ],
    ],
  },

  "done-client": {
    met: everything,
    unmet: [
      [
        "the client cannot do it alone yet",
        checksBut("Done: client", { check: "Client can use independently", result: "Failed" }),
        "Done: client: “Client can use independently” is Failed; each has to be Passed, or Not applicable with a Reason.",
      ],
    ],
    notApplicable: [
      "all are left out, each with its reason",
      checksBut("Done: client", { result: "Not applicable", reason: "We run it for them" }),
    ],
    overridden: "passes",
    missing: [
      [
        "there are no such checks",
        checksBut("Done: client"),
        "Add the checks of Done: client to Checks; each has to be Passed, or Not applicable with a Reason.",
      ],
    ],
  },

  "done-business": {
    met: everything,
    unmet: [
      [
        "the case study is left out without a reason",
        checksBut("Done: business", { check: "Case study documented", result: "Not applicable" }),
        "Write the Reason why “Case study documented” is Not applicable.",
      ],
    ],
    notApplicable: [
      "all are left out, each with its reason",
      checksBut("Done: business", { result: "Not applicable", reason: "Under a promise of secrecy" }),
    ],
    overridden: "passes",
    missing: [
      [
        "there are no such checks",
        checksBut("Done: business"),
        "Add the checks of Done: business to Checks; each has to be Passed, or Not applicable with a Reason.",
      ],
    ],
  },
} as const satisfies Record<string, Case>;
