import { withDeliverySteps } from "./delivery-steps.ts";
import { days, type Plan, weeks } from "./plan.ts";

const basic = 'process/000 "Basic Dashboard"';

/** Its phases come to 7 business days, two more than the document's "1 week"; the phases count. */
export const basicDashboard = {
  serviceType: "Basic dashboard",
  source: basic,
  timeline: "1 week",
  phases: [
    days("Requirements & data source mapping", 1),
    days("UI design & build", 3),
    days("Data pipeline setup", 2),
    days("Testing & refinement", 1),
  ],
  days: 7,
  milestones: withDeliverySteps(
    [
      {
        key: "m1",
        name: "Requirements & data source mapping",
        day: 1,
        deliverable: "The metrics and where their data comes from, mapped",
        dependsOn: [],
        source: `${basic} phase 1`,
      },
      {
        key: "m2",
        name: "UI design & build",
        day: 4,
        deliverable: "The dashboard with sample data",
        dependsOn: ["m1"],
        source: `${basic} phase 2`,
      },
      {
        key: "m3",
        name: "Data pipeline setup",
        day: 6,
        deliverable: "Data refresh schedule documented",
        dependsOn: ["m2"],
        source: `${basic} phase 3`,
      },
      {
        key: "m4",
        name: "Testing & refinement",
        day: 7,
        deliverable: "Live dashboard with real-time data; user guide (how to read metrics)",
        dependsOn: ["m3"],
        source: `${basic} phase 4`,
      },
    ],
    { built: "m3", tested: "m4", certifiedOn: 7, deploymentOn: 7, launched: null, days: 7 },
  ),
  // It takes no webhooks; no training and no technical documentation are among its deliverables.
  leavesOut: ["webhooks", "technical-docs", "health-check", "training-materials", "training-scheduled"],
} as const satisfies Plan;

const advanced = 'process/000 "Advanced Analytics Dashboard"';

/** The upper ends of its phases come to 25 business days, five more than the document's "3-4 weeks"; the phases count. */
export const advancedAnalyticsDashboard = {
  serviceType: "Advanced analytics dashboard",
  source: advanced,
  timeline: "3-4 weeks",
  phases: [
    weeks("Data modeling & KPI definition", 1),
    weeks("Backend pipeline & ML models", 1, 2),
    weeks("Frontend visualization", 1),
    days("Testing & iteration", 3, 5),
  ],
  days: 25,
  milestones: withDeliverySteps(
    [
      {
        key: "m1",
        name: "Data modeling & KPI definition",
        day: 5,
        deliverable: "Data model documentation",
        dependsOn: [],
        source: `${advanced} phase 1`,
      },
      {
        key: "m2",
        name: "Backend pipeline & ML models",
        day: 15,
        deliverable: "Pipeline and models giving results on the client's data",
        dependsOn: ["m1"],
        source: `${advanced} phase 2`,
      },
      {
        key: "m3",
        name: "Frontend visualization",
        day: 20,
        deliverable: "The dashboard in the test environment",
        dependsOn: ["m2"],
        source: `${advanced} phase 3`,
      },
      {
        key: "m4",
        name: "Testing & iteration",
        day: 25,
        deliverable:
          "Interactive dashboard deployed; insight interpretation guide; training session (1 hour)",
        dependsOn: ["m3"],
        source: `${advanced} phase 4`,
      },
    ],
    { built: "m3", tested: "m4", certifiedOn: 25, deploymentOn: 25, launched: null, days: 25 },
  ),
  leavesOut: ["webhooks"],
} as const satisfies Plan;
