import { databases } from "../../notion-templates/databases.ts";
import type { History } from "../types/loop.ts";
import type { DatabaseTemplate } from "../types/schema.ts";
import { effectiveOf } from "./history.ts";
import type { Milestone, Project } from "./record.ts";
import { coverOf } from "./workflow.ts";

/**
 * Whether an approval still covers what it was given for (design §7). One that was there before Milepost looked covers
 * whatever there is.
 */
const stillCovers = (
  template: DatabaseTemplate,
  property: string,
  row: Project | Milestone,
  history: History,
): boolean => {
  const approved = effectiveOf(history, row.pageId, property).findLast(({ to }) => to === "Approved");
  const covered = approved?.covers ?? null;
  return covered === null || covered === coverOf(template, property, row);
};

/** The launch's sign-off as it counts: an approval of something else is outdated, also while the column still shows it. */
export const launchApprovalOf = (project: Project, history: History): Project["launchSignOff"] =>
  project.launchSignOff === "Approved" && !stillCovers(databases.projects, "launchSignOff", project, history)
    ? "Outdated"
    : project.launchSignOff;

/** A milestone's sign-off as it counts. */
export const approvalOf = (milestone: Milestone, history: History): Milestone["signOff"] =>
  milestone.signOff === "Approved" && !stillCovers(databases.milestones, "signOff", milestone, history)
    ? "Outdated"
    : milestone.signOff;
