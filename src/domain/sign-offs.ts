import { databases } from "../../notion-templates/databases.ts";
import type { History, Transition } from "../types/loop.ts";
import type { DatabaseTemplate } from "../types/schema.ts";
import { certificationOf } from "./certification.ts";
import { effectiveOf } from "./history.ts";
import type { Milestone, Project } from "./record.ts";
import { withValues } from "./with-values.ts";
import { coverOf } from "./workflow.ts";

type Row = Readonly<Record<string, unknown>> & { readonly pageId: string };

/**
 * The question or the approval that a sign-off shows though its content has changed since (design §7); null where it stands.
 * One that was there before Milepost looked covers whatever there is.
 */
const overtaken = (
  template: DatabaseTemplate,
  property: string,
  row: Row,
  history: History,
): Transition | null => {
  const last = effectiveOf(history, row.pageId, property).at(-1);
  if (!last || last.to !== row[property] || (last.to !== "Approved" && last.to !== "Requested")) return null;
  return last.covers === null || last.covers === coverOf(template, property, row) ? null : last;
};

/** A milestone's question or approval that is about something else by now. */
export const overtakenSignOff = (milestone: Milestone, history: History): Transition | null =>
  overtaken(databases.milestones, "signOff", milestone, history);

/** The project as its launch is signed off: work that went back is not certified, also while the column still shows it. */
export const launchOf = (project: Project, history: History): Project =>
  withValues(project, { qaCertification: certificationOf(project, history) });

/** The launch's question or approval that is about something else by now. */
export const overtakenLaunch = (project: Project, history: History): Transition | null =>
  overtaken(databases.projects, "launchSignOff", launchOf(project, history), history);

/** The launch's sign-off as it counts: one about something else is outdated, also while the column still shows it. */
export const launchApprovalOf = (project: Project, history: History): Project["launchSignOff"] =>
  overtakenLaunch(project, history) ? "Outdated" : project.launchSignOff;

/** A milestone's sign-off as it counts. */
export const approvalOf = (milestone: Milestone, history: History): Milestone["signOff"] =>
  overtakenSignOff(milestone, history) ? "Outdated" : milestone.signOff;
