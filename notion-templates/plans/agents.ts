import { withDeliverySteps } from "./delivery-steps.ts";
import { days, type Plan, weeks } from "./plan.ts";

const example = 'process/000 "Example: Lead Qualification AI Agent"';

/**
 * process/000 "Single-Purpose Agent". Its milestones are those of the document's own example, on the days given there
 * ("Week 1, Day 7" is business day 5); they end a day before the upper ends of its phases, and they count.
 */
export const singlePurposeAgent = {
  serviceType: "Single-purpose agent",
  source: 'process/000 "Single-Purpose Agent"',
  timeline: "1-2 weeks",
  phases: [
    days("Requirements & design", 2),
    days("Core logic development", 3, 4),
    days("Integration testing", 2, 3),
    days("Refinement & deployment", 2),
  ],
  days: 10,
  milestones: withDeliverySteps(
    [
      {
        key: "m1",
        name: "M1: Design",
        day: 3,
        deliverable: "Architecture doc + workflow diagram",
        dependsOn: [],
        source: `${example}: Week 1, Day 3`,
      },
      {
        key: "m2",
        name: "M2: Core Build",
        day: 5,
        deliverable: "Working bot in test environment",
        dependsOn: ["m1"],
        source: `${example}: Week 1, Day 7`,
      },
      {
        key: "m3",
        name: "M3: Integration",
        day: 8,
        deliverable: "End-to-end test successful",
        dependsOn: ["m2"],
        source: `${example}: Week 2, Day 3`,
      },
      {
        key: "m4",
        name: "M4: Training & Docs",
        day: 10,
        deliverable: "Training video + user guide",
        dependsOn: ["m3"],
        source: `${example}: Week 2, Day 5`,
      },
      {
        key: "m5",
        name: "M5: Launch",
        day: 10,
        deliverable: "Deployed system + launch report",
        dependsOn: ["m4"],
        source: `${example}: Week 2, Day 7`,
      },
    ],
    { built: "m3", tested: null, certifiedOn: 10, deploymentOn: 10, launched: "m5", days: 10 },
  ),
  leavesOut: [],
} as const satisfies Plan;

const multiAgent = 'process/000 "Multi-Agent System"';

export const multiAgentSystem = {
  serviceType: "Multi-agent system",
  source: multiAgent,
  timeline: "3-5 weeks",
  phases: [
    weeks("Architecture design", 1),
    weeks("Agent development", 2),
    weeks("Integration & orchestration", 1),
    weeks("Testing & optimization", 1),
  ],
  days: 25,
  milestones: withDeliverySteps(
    [
      {
        key: "m1",
        name: "Architecture design",
        day: 5,
        deliverable: "Architecture diagram and flow documentation",
        dependsOn: [],
        source: `${multiAgent} phase 1`,
      },
      {
        key: "m2",
        name: "Agent development",
        day: 15,
        deliverable: "Each agent working in the test environment",
        dependsOn: ["m1"],
        source: `${multiAgent} phase 2`,
      },
      {
        key: "m3",
        name: "Integration & orchestration",
        day: 20,
        deliverable: "The agents working together, end to end",
        dependsOn: ["m2"],
        source: `${multiAgent} phase 3`,
      },
      {
        key: "m4",
        name: "Testing & optimization",
        day: 25,
        deliverable:
          "Multi-agent system deployed and operational; user guide for each agent interaction point; admin training (2 hours); support handoff materials",
        dependsOn: ["m3"],
        source: `${multiAgent} phase 4`,
      },
    ],
    { built: "m3", tested: "m4", certifiedOn: 25, deploymentOn: 25, launched: null, days: 25 },
  ),
  leavesOut: [],
} as const satisfies Plan;
