import type { databases } from "../../notion-templates/databases.ts";
import type { RowOf } from "../types/schema.ts";

export type Project = RowOf<typeof databases.projects>;
export type Milestone = RowOf<typeof databases.milestones>;
export type ChangeRequest = RowOf<typeof databases.changeRequests>;
export type Risk = RowOf<typeof databases.risks>;
export type Update = RowOf<typeof databases.updates>;
export type Contact = RowOf<typeof databases.contacts>;
export type Check = RowOf<typeof databases.checks>;
export type Ask = RowOf<typeof databases.asks>;
export type DecisionRow = RowOf<typeof databases.decisions>;
export type DayOff = RowOf<typeof databases.daysOff>;
export type OfficeRow = RowOf<typeof databases.office>;

/**
 * A project with everything related to it, as accepted. Where it is not complete, `gaps` says in words for a person which
 * database or page could not be read; nothing is decided on it then (design §8).
 */
export type DeliveryRecord = {
  readonly project: Project;
  readonly milestones: readonly Milestone[];
  readonly changeRequests: readonly ChangeRequest[];
  readonly risks: readonly Risk[];
  readonly checks: readonly Check[];
  readonly asks: readonly Ask[];
  readonly decisions: readonly DecisionRow[];
  readonly updates: readonly Update[];
  /** The project's own; an update may go to others too. */
  readonly contacts: readonly Contact[];
  readonly complete: boolean;
  readonly gaps: readonly string[];
};
