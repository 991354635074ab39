import { withDeliverySteps } from "./delivery-steps.ts";
import { days, type Plan, weeks } from "./plan.ts";

const standard = 'process/000 "Standard Integration"';

/** Its phases come to 7 business days, two more than the document's "1 week"; the phases count. */
export const standardIntegration = {
  serviceType: "Standard integration",
  source: standard,
  timeline: "1 week",
  phases: [
    days("API research & auth setup", 2),
    days("Data mapping & transformation", 2),
    days("Testing & error handling", 2),
    days("Monitoring setup", 1),
  ],
  days: 7,
  milestones: withDeliverySteps(
    [
      {
        key: "m1",
        name: "API research & auth setup",
        day: 2,
        deliverable: "Both systems reached with working credentials",
        dependsOn: [],
        source: `${standard} phase 1`,
      },
      {
        key: "m2",
        name: "Data mapping & transformation",
        day: 4,
        deliverable: "Field mapping documentation",
        dependsOn: ["m1"],
        source: `${standard} phase 2`,
      },
      {
        key: "m3",
        name: "Testing & error handling",
        day: 6,
        deliverable: "Test results report",
        dependsOn: ["m2"],
        source: `${standard} phase 3`,
      },
      {
        key: "m4",
        name: "Monitoring setup",
        day: 7,
        deliverable: "Bi-directional sync operational; error handling & alerts configured",
        dependsOn: ["m3"],
        source: `${standard} phase 4`,
      },
    ],
    { built: "m2", tested: "m3", certifiedOn: 6, deploymentOn: 7, launched: "m4", days: 7 },
  ),
  // No screens and no training are among its deliverables.
  leavesOut: ["loading-states", "mobile-friendly", "training-materials", "training-scheduled"],
} as const satisfies Plan;

const complex = 'process/000 "Complex Integration"';

/** The upper ends of its phases come to 23 business days, three more than the document's "3-4 weeks"; the phases count. */
export const complexIntegration = {
  serviceType: "Complex integration",
  source: complex,
  timeline: "3-4 weeks",
  phases: [
    weeks("Technical discovery", 1),
    weeks("Middleware/adapter development", 1, 2),
    weeks("Data migration & testing", 1),
    days("Cutover & monitoring", 2, 3),
  ],
  days: 23,
  milestones: withDeliverySteps(
    [
      {
        key: "m1",
        name: "Technical discovery",
        day: 5,
        deliverable: "Technical architecture documentation",
        dependsOn: [],
        source: `${complex} phase 1`,
      },
      {
        key: "m2",
        name: "Middleware/adapter development",
        day: 15,
        deliverable: "The integration layer working in the test environment",
        dependsOn: ["m1"],
        source: `${complex} phase 2`,
      },
      {
        key: "m3",
        name: "Data migration & testing",
        day: 20,
        deliverable: "Migration report (success rate, errors)",
        dependsOn: ["m2"],
        source: `${complex} phase 3`,
      },
      {
        key: "m4",
        name: "Cutover & monitoring",
        day: 23,
        deliverable: "Integration layer built and deployed; rollback plan documented",
        dependsOn: ["m3"],
        source: `${complex} phase 4`,
      },
    ],
    { built: "m2", tested: "m3", certifiedOn: 20, deploymentOn: 21, launched: "m4", days: 23 },
  ),
  leavesOut: [],
} as const satisfies Plan;
