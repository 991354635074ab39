import { type OwnMilestone, withDeliverySteps } from "./delivery-steps.ts";
import { type Phase, type Plan, type ServiceType, weeks } from "./plan.ts";

const method = 'process/004 "Standardized Project Lifecycle"';

type Line = {
  readonly serviceType: ServiceType;
  /** The heading under which 004 lists what its discovery delivers. */
  readonly discovery: string;
  readonly deliverable: string;
};

/** The five phases with their weeks. */
const phases: readonly Phase[] = [
  weeks("Discovery & Assessment", 2),
  weeks("Design & Architecture", 2),
  weeks("Implementation & Development", 6),
  weeks("Testing & Validation", 2),
  weeks("Launch & Optimization", 1),
];

/** The milestones after discovery. Implementation is three two-week sprints, each with a demonstration. */
const afterDiscovery: readonly OwnMilestone[] = [
  {
    key: "m2",
    name: "Design & Architecture",
    day: 20,
    deliverable:
      "Detailed technical architecture; user experience and interface designs; integration specifications and APIs; security and privacy framework; testing and quality assurance plan; deployment and rollout strategy",
    dependsOn: ["m1"],
    source: `${method} Phase 2 (Week 3-4)`,
  },
  {
    key: "m3",
    name: "Sprint 1 demonstration",
    day: 30,
    deliverable: "What the first two-week sprint built, demonstrated",
    dependsOn: ["m2"],
    source: `${method} Phase 3 (Week 5-10): 2-week sprint cycles, regular client demonstrations`,
  },
  {
    key: "m4",
    name: "Sprint 2 demonstration",
    day: 40,
    deliverable: "What the second two-week sprint built, demonstrated",
    dependsOn: ["m3"],
    source: `${method} Phase 3 (Week 5-10): 2-week sprint cycles, regular client demonstrations`,
  },
  {
    key: "m5",
    name: "Implementation & Development",
    day: 50,
    deliverable: "The complete system, demonstrated; documentation and knowledge transfer",
    dependsOn: ["m4"],
    source: `${method} Phase 3 (Week 5-10)`,
  },
  {
    key: "m6",
    name: "Testing & Validation",
    day: 60,
    deliverable:
      "Success criteria validated; user training program; administrator training and certification",
    dependsOn: ["m5"],
    source: `${method} Phase 4 (Week 11-12)`,
  },
  {
    key: "m7",
    name: "Launch & Optimization",
    day: 65,
    deliverable: "Phased deployment, with adoption and performance monitored",
    dependsOn: ["m6"],
    source: `${method} Phase 5 (Week 13+)`,
  },
];

/**
 * The five phases that the three service lines share; only discovery delivers different things. 004's "Resource Allocation
 * Model" gives averages of 12, 6 and 8 weeks for the same lines; the lifecycle with its weeks counts.
 */
const thirteenWeeks = ({ serviceType, discovery, deliverable }: Line) =>
  ({
    serviceType,
    source: method,
    timeline: "Week 1-2, 3-4, 5-10, 11-12, 13+",
    phases,
    days: 65,
    milestones: withDeliverySteps(
      [
        {
          key: "m1",
          name: "Discovery & Assessment",
          day: 10,
          deliverable,
          dependsOn: [],
          source: `${method} Phase 1 (Week 1-2): ${discovery}`,
        },
        ...afterDiscovery,
      ],
      { built: "m5", tested: "m6", certifiedOn: 60, deploymentOn: 61, launched: "m7", days: 65 },
    ),
    leavesOut: [],
  }) as const satisfies Plan;

export const aiIntelligencePlatform = thirteenWeeks({
  serviceType: "AI intelligence platform",
  discovery: "AI INTELLIGENCE PLATFORM DISCOVERY",
  deliverable:
    "Comprehensive assessment report; implementation roadmap and timeline; technical architecture proposal; success metrics and KPI framework; resource requirements and timeline; risk register and mitigation strategies",
});

export const operationsSuite = thirteenWeeks({
  serviceType: "Operations suite",
  discovery: "OPERATIONS SUITE DISCOVERY",
  deliverable:
    "Process optimization report; automation opportunity matrix; integration architecture design; performance improvement projections; training and change management plan; implementation timeline and milestones",
});

export const governanceFramework = thirteenWeeks({
  serviceType: "Governance framework",
  discovery: "GOVERNANCE FRAMEWORK DISCOVERY",
  deliverable:
    "Governance maturity assessment; compliance gap analysis report; risk management framework proposal; organizational responsibility matrix; policy development roadmap; training and certification plan",
});
