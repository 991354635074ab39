import type { History } from "../types/loop.ts";
import { effectiveOf } from "./history.ts";
import { leavesQaBackwards } from "./lifecycle.ts";
import type { Project } from "./record.ts";

/**
 * QA's verdict as it counts. Work that went back from QA is to be certified again (process/002 §4: "Re-submit to QA after
 * remediation"), so what was certified before the move is Pending, also while the column still shows it.
 */
export const certificationOf = (project: Project, history: History): Project["qaCertification"] => {
  const stages = effectiveOf(history, project.pageId, "stage");
  const wentBack = stages.findLast(({ from, to }) => leavesQaBackwards(from, to));
  if (!wentBack || project.qaCertification === null) return project.qaCertification;
  const renewed = effectiveOf(history, project.pageId, "qaCertification").some(
    // A verdict in the moment of the move came with the same edit and is not a new one; Pending then is our own reset.
    ({ at, to }) => at > wentBack.at || (at === wentBack.at && to === "Pending"),
  );
  return renewed ? project.qaCertification : "Pending";
};
