import { checked } from "./check-judgements.ts";
import type { Criterion } from "./criterion.ts";
import { certified, clientReachable, filled, launchSignedOff, named } from "./judgements.ts";
import { checkPlaces, onContacts, onMilestones, onProjects, onRisks, stepPlaces } from "./places.ts";
import { noCriticalIssue } from "./register-judgements.ts";
import { dated, done } from "./schedule-judgements.ts";

/** What has to be true before the work is certified, deployed and handed over. */
export const criteriaBeforeLaunch: readonly Criterion[] = [
  {
    id: "production-complete",
    gates: ["In production"],
    sentence: "Production must be marked complete by Pablo before advancing to QA.",
    judged:
      "the milestone Production complete is Done; not applicable where it is Skipped with a Skip reason",
    source: "process/002 §3 Gate",
    fixedIn: stepPlaces,
    overridable: true,
    judge: done("Production complete"),
  },
  {
    id: "qa-lead-named",
    gates: ["In production"],
    sentence: "Notify Quinn (QA Engineer) that the digital talent is ready for certification",
    judged: "there is a QA lead",
    source: "process/002 §4 Actions",
    fixedIn: [onProjects("qaLead")],
    overridable: true,
    judge: named("qaLead"),
  },
  {
    id: "qa-certified",
    gates: ["QA"],
    sentence: "QA certification must be PASS before proceeding to deployment. No exceptions.",
    judged: "QA certification is PASS, given since the work last went back from QA",
    source: "process/002 §4 Gate",
    fixedIn: [onProjects("qaCertification")],
    overridable: false,
    judge: certified,
  },
  {
    id: "checkpoints-passed",
    gates: ["QA", "Review"],
    sentence: "Every delivery must pass these checkpoints before going to client:",
    judged:
      "the checks of the six checkpoints are Passed, or Not applicable with a Reason; a checkpoint without any is unmet",
    source: 'process/000 "Quality Checkpoints", "Definition of Done": Technical',
    fixedIn: checkPlaces,
    overridable: true,
    judge: checked([
      "Functional testing",
      "Integration testing",
      "User experience",
      "Documentation",
      "Security and compliance",
      "Monitoring and alerts",
    ]),
  },
  {
    id: "no-critical-issue",
    gates: ["QA", "Deployment", "Review"],
    sentence: "0 critical bugs",
    judged: "no open issue is Critical; one without a Severity is unmet; not applicable without issues",
    source: 'process/000 "Checkpoint 1: Functional Testing"',
    fixedIn: [onRisks("severity"), onRisks("status")],
    overridable: true,
    judge: noCriticalIssue,
  },
  {
    id: "fallback-described",
    gates: ["QA"],
    sentence: "rollback / fallback behavior for failure cases",
    judged: "Fallback plan is written",
    source: "process/001 SOP 4",
    fixedIn: [onProjects("fallbackPlan")],
    overridable: true,
    judge: filled({
      key: "fallbackPlan",
      ask: (name) => `Write ${name}: what happens if it fails after launch.`,
    }),
  },
  {
    id: "deployment-window",
    gates: ["QA"],
    sentence: "Confirm deployment window with Diego",
    judged:
      "the milestone Deployment start has a Target; not applicable where it is Skipped with a Skip reason",
    source: "process/002 §5 Actions",
    fixedIn: [...stepPlaces, onMilestones("target")],
    overridable: true,
    judge: dated("Deployment start"),
  },
  {
    id: "deployment-complete",
    gates: ["Deployment"],
    sentence: "Diego confirms successful deployment before proceeding to client handover.",
    judged:
      "the milestone Deployment complete is Done; not applicable where it is Skipped with a Skip reason",
    source: "process/002 §5 Gate",
    fixedIn: stepPlaces,
    overridable: true,
    judge: done("Deployment complete"),
  },
  {
    id: "launch-signed-off",
    gates: ["Deployment"],
    sentence: "Your final sign-off",
    judged:
      "Launch sign-off is Approved for the acceptance criteria and the certification as they are; not applicable where it is Not needed",
    source: 'process/000 "Pre-Launch"',
    fixedIn: [onProjects("launchSignOff")],
    overridable: true,
    judge: launchSignedOff,
  },
  {
    id: "client-ready",
    gates: ["Deployment", "Review"],
    sentence: "Client Readiness:",
    judged:
      "the checks of Client readiness are Passed, or Not applicable with a Reason; without any it is unmet",
    source: 'process/000 "Quality Checklist (Master)", "Definition of Done": Technical',
    fixedIn: checkPlaces,
    overridable: true,
    judge: checked(["Client readiness"]),
  },
  {
    id: "client-reachable",
    gates: ["Deployment"],
    sentence: "Send handover communication to client",
    judged: "a contact of the project has an address that mail reaches",
    source: "process/002 §6 Actions",
    fixedIn: [onProjects("contacts"), onContacts("email")],
    overridable: true,
    judge: clientReachable,
  },
];
