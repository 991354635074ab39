import { withDeliverySteps } from "./delivery-steps.ts";
import { days, type Plan } from "./plan.ts";

const simple = 'process/000 "Simple Automation"';

export const simpleAutomation = {
  serviceType: "Simple automation",
  source: simple,
  timeline: "3-5 days",
  phases: [days("Mapping & design", 1), days("Build & test", 2, 3), days("Deploy & verify", 1)],
  days: 5,
  milestones: withDeliverySteps(
    [
      {
        key: "m1",
        name: "Mapping & design",
        day: 1,
        deliverable: "The automation's steps and fields, mapped",
        dependsOn: [],
        source: `${simple} phase 1`,
      },
      {
        key: "m2",
        name: "Build & test",
        day: 4,
        deliverable: "The automation working in the test environment",
        dependsOn: ["m1"],
        source: `${simple} phase 2`,
      },
      {
        key: "m3",
        name: "Deploy & verify",
        day: 5,
        deliverable: "Functioning automation; quick-start guide; email walkthrough",
        dependsOn: ["m2"],
        source: `${simple} phase 3`,
      },
    ],
    { built: "m2", tested: null, certifiedOn: 4, deploymentOn: 5, launched: "m3", days: 5 },
  ),
  // No screens, no training and no technical documentation are among its deliverables.
  leavesOut: [
    "loading-states",
    "mobile-friendly",
    "technical-docs",
    "health-check",
    "usage-metrics",
    "monitoring-dashboard",
    "training-materials",
    "training-scheduled",
  ],
} as const satisfies Plan;

const complex = 'process/000 "Complex Automation"';

/** The upper ends of its phases come to 17 business days, two more than the document's "2-3 weeks"; the phases count. */
export const complexAutomation = {
  serviceType: "Complex automation",
  source: complex,
  timeline: "2-3 weeks",
  phases: [
    days("Process mapping", 2, 3),
    days("Build core workflow", 5, 7),
    days("Integration with tools", 3, 4),
    days("Testing & refinement", 2, 3),
  ],
  days: 17,
  milestones: withDeliverySteps(
    [
      {
        key: "m1",
        name: "Process mapping",
        day: 3,
        deliverable: "Process flow diagram",
        dependsOn: [],
        source: `${complex} phase 1`,
      },
      {
        key: "m2",
        name: "Build core workflow",
        day: 10,
        deliverable: "The core workflow running in the test environment",
        dependsOn: ["m1"],
        source: `${complex} phase 2`,
      },
      {
        key: "m3",
        name: "Integration with tools",
        day: 14,
        deliverable: "The workflow connected to the client's tools",
        dependsOn: ["m2"],
        source: `${complex} phase 3`,
      },
      {
        key: "m4",
        name: "Testing & refinement",
        day: 17,
        deliverable: "Complete workflow automation; user documentation; training video (Loom)",
        dependsOn: ["m3"],
        source: `${complex} phase 4`,
      },
    ],
    { built: "m3", tested: "m4", certifiedOn: 17, deploymentOn: 17, launched: null, days: 17 },
  ),
  leavesOut: [],
} as const satisfies Plan;
