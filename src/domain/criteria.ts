import type { LifecycleKind } from "../../notion-templates/milestone-kinds.ts";
import type { Criterion } from "./criterion.ts";
import type { ContactKey, MilestoneKey, ProjectKey } from "./fault.ts";
import {
  acknowledged,
  acknowledgedOrWaited,
  certified,
  clientReachable,
  dated,
  done,
  named,
  scheduleAcknowledged,
  scheduled,
  ticked,
} from "./judgements.ts";

/** The milestones that a delivery schedule is built with (process/002 §2 Actions), under their names in the delivery record. */
const scheduleKinds: readonly LifecycleKind[] = [
  "Production start",
  "Production complete",
  "QA submitted",
  "QA certified",
  "Deployment start",
  "Client handover",
];

const projects = (property: ProjectKey) => ({ database: "projects", property }) as const;
const milestones = (property: MilestoneKey) => ({ database: "milestones", property }) as const;
const contacts = (property: ContactKey) => ({ database: "contacts", property }) as const;

const doneIn = [milestones("kind"), milestones("status"), milestones("skipReason")];
const datedIn = [...doneIn, milestones("target")];

/** Every criterion of every gate, in the order of the stages. A row's sentence is quoted from the process document. */
export const criteria: readonly Criterion[] = [
  {
    id: "requirements-signed-off",
    gate: "Intake",
    sentence: "Do not proceed until requirements are unambiguous",
    source: "process/002 §1 Gate",
    fixedIn: [projects("requirementsSignedOff")],
    overridable: true,
    judge: ticked("requirementsSignedOff", "once the requirements leave no question open"),
  },
  {
    id: "timeline-acknowledged",
    gate: "Intake",
    sentence: "client timeline is acknowledged",
    source: "process/002 §1 Gate",
    fixedIn: [projects("timelineAcknowledged")],
    overridable: true,
    judge: ticked("timelineAcknowledged", "once the client has acknowledged the timeline"),
  },
  {
    id: "schedule-complete",
    gate: "Planning",
    sentence: "Build a delivery schedule with milestones",
    source: "process/002 §2 Actions",
    fixedIn: datedIn,
    overridable: true,
    judge: scheduled(scheduleKinds),
  },
  {
    id: "schedule-acknowledged",
    gate: "Planning",
    sentence: "Schedule must be acknowledged by Pablo and Diego before proceeding.",
    source: "process/002 §2 Gate",
    fixedIn: [projects("productionLead"), projects("deploymentLead"), projects("scheduleAcknowledgedBy")],
    overridable: true,
    judge: scheduleAcknowledged(["productionLead", "deploymentLead"]),
  },
  {
    id: "production-complete",
    gate: "In production",
    sentence: "Production must be marked complete by Pablo before advancing to QA.",
    source: "process/002 §3 Gate",
    fixedIn: doneIn,
    overridable: true,
    judge: done("Production complete"),
  },
  {
    id: "qa-lead-named",
    gate: "In production",
    sentence: "Notify Quinn (QA Engineer) that the digital talent is ready for certification",
    source: "process/002 §4 Actions",
    fixedIn: [projects("qaLead")],
    overridable: true,
    judge: named("qaLead"),
  },
  {
    id: "qa-certified",
    gate: "QA",
    sentence: "QA certification must be PASS before proceeding to deployment. No exceptions.",
    source: "process/002 §4 Gate",
    fixedIn: [projects("qaCertification")],
    overridable: false,
    judge: certified,
  },
  {
    id: "deployment-window",
    gate: "QA",
    sentence: "Confirm deployment window with Diego",
    source: "process/002 §5 Actions",
    fixedIn: datedIn,
    overridable: true,
    judge: dated("Deployment start"),
  },
  {
    id: "deployment-complete",
    gate: "Deployment",
    sentence: "Diego confirms successful deployment before proceeding to client handover.",
    source: "process/002 §5 Gate",
    fixedIn: doneIn,
    overridable: true,
    judge: done("Deployment complete"),
  },
  {
    id: "client-reachable",
    gate: "Deployment",
    sentence: "Send handover communication to client",
    source: "process/002 §6 Actions",
    fixedIn: [projects("contacts"), contacts("email")],
    overridable: true,
    judge: clientReachable,
  },
  {
    id: "handover-received",
    gate: "Handover",
    sentence: "Client acknowledges receipt (or 5 business days after handover, whichever is first).",
    source: "process/002 §7 Trigger",
    fixedIn: [projects("receiptAcknowledged")],
    overridable: true,
    judge: acknowledgedOrWaited,
  },
  {
    id: "handover-delivered",
    gate: "Handover",
    sentence: "Handover package delivered",
    source: "process/002 §6 Output",
    fixedIn: doneIn,
    overridable: true,
    judge: done("Client handover"),
  },
  {
    id: "review-complete",
    gate: "Review",
    sentence: "Delivery record is closed only after the review is complete.",
    source: "process/002 §7 Gate",
    fixedIn: doneIn,
    overridable: true,
    judge: done("Post-delivery review"),
  },
  {
    id: "receipt-acknowledged",
    gate: "Review",
    sentence: "Client has acknowledged receipt",
    source: 'process/002 "Quality gate"',
    fixedIn: [projects("receiptAcknowledged")],
    overridable: true,
    judge: acknowledged,
  },
];
