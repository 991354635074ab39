import { multiAgentSystem, singlePurposeAgent } from "./agents.ts";
import { complexAutomation, simpleAutomation } from "./automations.ts";
import { advancedAnalyticsDashboard, basicDashboard } from "./dashboards.ts";
import { complexIntegration, standardIntegration } from "./integrations.ts";
import type { Plan, ServiceType } from "./plan.ts";
import { aiIntelligencePlatform, governanceFramework, operationsSuite } from "./thirteen-weeks.ts";

/** The plan of each service type. */
export const plans = {
  "Single-purpose agent": singlePurposeAgent,
  "Multi-agent system": multiAgentSystem,
  "Simple automation": simpleAutomation,
  "Complex automation": complexAutomation,
  "Standard integration": standardIntegration,
  "Complex integration": complexIntegration,
  "Basic dashboard": basicDashboard,
  "Advanced analytics dashboard": advancedAnalyticsDashboard,
  "AI intelligence platform": aiIntelligencePlatform,
  "Operations suite": operationsSuite,
  "Governance framework": governanceFramework,
} as const satisfies Record<ServiceType, Plan>;
