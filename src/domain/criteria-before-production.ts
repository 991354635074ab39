import { lifecycleKinds } from "../../notion-templates/milestone-kinds.ts";
import type { Stage } from "../../notion-templates/stages.ts";
import { checked } from "./check-judgements.ts";
import type { Criterion } from "./criterion.ts";
import { delayAgreed, filled, oneOwner, ticked } from "./judgements.ts";
import { checkPlaces, onAsks, onContacts, onMilestones, onProjects, onRisks, stepPlaces } from "./places.ts";
import { highRisksOwned, noBlockingAsk, registered } from "./register-judgements.ts";
import { inOrder, planned, scheduleAcknowledged } from "./schedule-judgements.ts";
import { stageMoves } from "./stage-moves.ts";

/** Every stage that has a gate. */
const everyGate: readonly Stage[] = stageMoves
  .filter(({ kind }) => kind === "forward")
  .map(({ from }) => from);

/** The nine milestones of the delivery record (process/002 "Delivery record template"). */
const everyStep = lifecycleKinds.map(({ name }) => name);

/** What has to be true before anything is built: what process/002 asks for, then what process/001 wants written by then. */
export const criteriaBeforeProduction: readonly Criterion[] = [
  {
    id: "requirements-signed-off",
    gates: ["Intake"],
    sentence: "Do not proceed until requirements are unambiguous",
    judged: "Requirements signed off is ticked",
    source: "process/002 §1 Gate",
    fixedIn: [onProjects("requirementsSignedOff")],
    overridable: true,
    judge: ticked("requirementsSignedOff", "once the requirements leave no question open"),
  },
  {
    id: "no-blocking-ask",
    gates: everyGate,
    sentence: "Identify any ambiguities or risks and resolve with Client Intake Manager before proceeding",
    judged: "no ask with Blocks ticked is open; an empty State counts as open; not applicable without asks",
    source: "process/002 §1 Actions",
    fixedIn: [onAsks("state")],
    overridable: true,
    judge: noBlockingAsk,
  },
  {
    id: "timeline-acknowledged",
    gates: ["Intake"],
    sentence: "client timeline is acknowledged",
    judged: "Timeline acknowledged is ticked",
    source: "process/002 §1 Gate",
    fixedIn: [onProjects("timelineAcknowledged")],
    overridable: true,
    judge: ticked("timelineAcknowledged", "once the client has acknowledged the timeline"),
  },
  {
    id: "schedule-complete",
    gates: ["Planning"],
    sentence: "Build a delivery schedule with milestones",
    judged:
      "the nine milestones of the delivery record are there, once each; one may be Skipped with a Skip reason, QA's not",
    source: "process/002 §2 Actions",
    fixedIn: stepPlaces,
    overridable: true,
    judge: planned(everyStep),
  },
  {
    id: "schedule-in-order",
    gates: ["Planning"],
    sentence: "Published delivery schedule with milestones and risk register.",
    judged:
      "every open milestone has a Target, in the order of the record and of Depends on, between Start and Agreed delivery; not applicable where none is open",
    source: "process/002 §2 Output",
    fixedIn: [
      onMilestones("target"),
      onMilestones("actual"),
      onMilestones("dependsOn"),
      onMilestones("project"),
      onProjects("start"),
      onProjects("agreedDelivery"),
    ],
    overridable: true,
    judge: inOrder(everyStep),
  },
  {
    id: "schedule-acknowledged",
    gates: ["Planning"],
    sentence: "Schedule must be acknowledged by Pablo and Diego before proceeding.",
    judged: "the Production lead and the Deployment lead are in Schedule acknowledged by; one may be both",
    source: "process/002 §2 Gate",
    fixedIn: [
      onProjects("productionLead"),
      onProjects("deploymentLead"),
      onProjects("scheduleAcknowledgedBy"),
    ],
    overridable: true,
    judge: scheduleAcknowledged(["productionLead", "deploymentLead"]),
  },
  {
    id: "risk-register",
    gates: ["Planning"],
    sentence: "Identify dependencies and risks",
    judged: "there is at least one risk, and each open one has a Mitigation; an empty register is unmet",
    source: "process/002 §2 Actions",
    fixedIn: [onRisks("title"), onRisks("mitigation")],
    overridable: true,
    judge: registered,
  },
  {
    id: "high-risks-owned",
    gates: ["Planning"],
    sentence: "Who decides what to do?",
    judged:
      "each open risk is weighed, and one with a Score of 6 or more has an Owner; unweighed is unmet; not applicable without open risks",
    source: 'process/001 "A risk register"',
    fixedIn: [onRisks("likelihood"), onRisks("impact"), onRisks("owner")],
    overridable: true,
    judge: highRisksOwned,
  },
  {
    id: "delay-agreed",
    gates: ["Planning"],
    sentence: "Define escalation triggers: what delays are acceptable, what requires CTO escalation",
    judged: "Escalate after is 0 or more",
    source: "process/002 §2 Actions",
    fixedIn: [onProjects("escalateAfter")],
    overridable: true,
    judge: delayAgreed,
  },
  {
    id: "scope-written",
    gates: ["Planning"],
    sentence: "Define in-scope and out-of-scope explicitly",
    judged: "In scope and Out of scope are written",
    source: "process/001 SOP 2",
    fixedIn: [onProjects("inScope"), onProjects("outOfScope")],
    overridable: true,
    judge: filled(
      { key: "inScope", ask: (name) => `Write ${name}: what will be delivered.` },
      { key: "outOfScope", ask: (name) => `Write ${name}: what will not be delivered.` },
    ),
  },
  {
    id: "success-criteria-written",
    gates: ["Planning"],
    sentence: "Success criteria: what the client will call a win in two weeks",
    judged: "Success criteria are written",
    source: 'process/001 "Client onboarding checklist"',
    fixedIn: [onProjects("successCriteria")],
    overridable: true,
    judge: filled({
      key: "successCriteria",
      ask: (name) => `Write ${name}: what the client will call a win.`,
    }),
  },
  {
    id: "acceptance-criteria-written",
    gates: ["Planning"],
    sentence: "acceptance criteria written before implementation",
    judged: "Acceptance criteria are written",
    source: "process/001 SOP 4",
    fixedIn: [onProjects("acceptanceCriteria")],
    overridable: true,
    judge: filled({
      key: "acceptanceCriteria",
      ask: (name) => `Write ${name}: what has to hold for the work to be accepted.`,
    }),
  },
  {
    id: "client-owner",
    gates: ["Planning"],
    sentence: "Single owner: one accountable client owner who can make decisions",
    judged: "exactly one contact of the project is Primary, with an address that mail reaches",
    source: 'process/001 "Client onboarding checklist"',
    fixedIn: [onProjects("contacts"), onContacts("role"), onContacts("email")],
    overridable: true,
    judge: oneOwner,
  },
  {
    id: "onboarding-checked",
    gates: ["Planning"],
    sentence: "Before you write code, get the basics in place.",
    judged: "the checks of Onboarding are Passed, or Not applicable with a Reason; without any it is unmet",
    source: 'process/001 "Client onboarding checklist"',
    fixedIn: checkPlaces,
    overridable: true,
    judge: checked(["Onboarding"]),
  },
];
