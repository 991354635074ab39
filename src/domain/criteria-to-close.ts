import { lifecycleKinds } from "../../notion-templates/milestone-kinds.ts";
import { checked } from "./check-judgements.ts";
import type { Criterion } from "./criterion.ts";
import { acknowledged, acknowledgedOrWaited, filled, milestonesApproved } from "./judgements.ts";
import { checkPlaces, onMilestones, onProjects, onRisks, stepPlaces } from "./places.ts";
import { escalationsResolved } from "./register-judgements.ts";
import { allDone, done } from "./schedule-judgements.ts";

/** What has to be true before the delivery is reviewed and its record closed. */
export const criteriaToClose: readonly Criterion[] = [
  {
    id: "handover-received",
    gates: ["Handover"],
    sentence: "Client acknowledges receipt (or 5 business days after handover, whichever is first).",
    judged:
      "Receipt acknowledged is Acknowledged, or the project has been in Handover for five business days",
    source: "process/002 §7 Trigger",
    fixedIn: [onProjects("receiptAcknowledged")],
    overridable: true,
    judge: acknowledgedOrWaited,
  },
  {
    id: "handover-delivered",
    gates: ["Handover"],
    sentence: "Handover package delivered",
    judged: "the milestone Client handover is Done; not applicable where it is Skipped with a Skip reason",
    source: "process/002 §6 Output",
    fixedIn: stepPlaces,
    overridable: true,
    judge: done("Client handover"),
  },
  {
    id: "review-complete",
    gates: ["Review"],
    sentence: "Delivery record is closed only after the review is complete.",
    judged:
      "the milestone Post-delivery review is Done; not applicable where it is Skipped with a Skip reason",
    source: "process/002 §7 Gate",
    fixedIn: stepPlaces,
    overridable: true,
    judge: done("Post-delivery review"),
  },
  {
    id: "receipt-acknowledged",
    gates: ["Review"],
    sentence: "Client has acknowledged receipt",
    judged: "Receipt acknowledged is Acknowledged, however long it takes",
    source: 'process/002 "Quality gate"',
    fixedIn: [onProjects("receiptAcknowledged")],
    overridable: true,
    judge: acknowledged,
  },
  {
    id: "steps-documented",
    gates: ["Review"],
    sentence: "All 7 stages have been completed or explicitly skipped with documented rationale",
    judged:
      "each of the nine milestones of the delivery record is Done, or Skipped with a Skip reason, QA's not",
    source: 'process/002 "Quality gate"',
    fixedIn: stepPlaces,
    overridable: true,
    judge: allDone(lifecycleKinds.map(({ name }) => name)),
  },
  {
    id: "escalations-resolved",
    gates: ["Review"],
    sentence: "All escalations are resolved",
    judged: "each escalation is Resolved or Closed, with a Resolution; not applicable without escalations",
    source: 'process/002 "Quality gate"',
    fixedIn: [onRisks("status"), onRisks("resolution")],
    overridable: true,
    judge: escalationsResolved,
  },
  {
    id: "record-populated",
    gates: ["Review"],
    sentence: "Delivery record is fully populated and closed",
    judged: "Client, In scope, Agreed delivery and Delivered are filled in",
    source: 'process/002 "Quality gate"',
    fixedIn: [
      onProjects("client"),
      onProjects("inScope"),
      onProjects("agreedDelivery"),
      onProjects("delivered"),
    ],
    overridable: true,
    judge: filled(
      { key: "client", ask: (name) => `Write ${name}: whom it was delivered to.` },
      { key: "inScope", ask: (name) => `Write ${name}: what was delivered.` },
      { key: "agreedDelivery", ask: (name) => `Set ${name}: the day that was agreed with the client.` },
      { key: "delivered", ask: (name) => `Set ${name}: the day on which it was delivered.` },
    ),
  },
  {
    id: "milestones-approved",
    gates: ["Review"],
    sentence: "Get explicit approval",
    judged:
      "each milestone's Sign-off is Approved for what it delivers now, or Not needed; not applicable where none is asked for",
    source: 'process/000 "Milestone Review Process"',
    fixedIn: [onMilestones("signOff")],
    overridable: true,
    judge: milestonesApproved,
  },
  {
    id: "handover-checked",
    gates: ["Review"],
    sentence: "Handoff is a deliverable.",
    judged: "the checks of Handover are Passed, or Not applicable with a Reason; without any it is unmet",
    source: "process/001 SOP 6",
    fixedIn: checkPlaces,
    overridable: true,
    judge: checked(["Handover"]),
  },
  {
    id: "done-client",
    gates: ["Review"],
    sentence: "Client can use independently",
    judged: "the checks of Done: client are Passed, or Not applicable with a Reason; without any it is unmet",
    source: 'process/000 "Definition of Done": Client',
    fixedIn: checkPlaces,
    overridable: true,
    judge: checked(["Done: client"]),
  },
  {
    id: "done-business",
    gates: ["Review"],
    sentence: "Final invoice sent and paid",
    judged:
      "the checks of Done: business are Passed, or Not applicable with a Reason; without any it is unmet",
    source: 'process/000 "Definition of Done": Business',
    fixedIn: checkPlaces,
    overridable: true,
    judge: checked(["Done: business"]),
  },
];
