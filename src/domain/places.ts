import type { AskKey, CheckKey, ContactKey, MilestoneKey, ProjectKey, RiskKey } from "./fault.ts";

/** Where something can be fixed: a property, whichever page it is on. For the tables of criteria. */
export const onProjects = (property: ProjectKey) => ({ database: "projects", property }) as const;
export const onMilestones = (property: MilestoneKey) => ({ database: "milestones", property }) as const;
export const onContacts = (property: ContactKey) => ({ database: "contacts", property }) as const;
export const onRisks = (property: RiskKey) => ({ database: "risks", property }) as const;
const onChecks = (property: CheckKey) => ({ database: "checks", property }) as const;
export const onAsks = (property: AskKey) => ({ database: "asks", property }) as const;

/** Where a step of the delivery record is added, set to Done or skipped. */
export const stepPlaces = [onMilestones("kind"), onMilestones("status"), onMilestones("skipReason")] as const;

/** Where a check is added, passed or left out with a reason. */
export const checkPlaces = [onChecks("checkpoint"), onChecks("result"), onChecks("reason")] as const;
