import { databases } from "../../notion-templates/databases.ts";
import type { Situation } from "../domain/criterion.ts";
import { projectName } from "../domain/fault.ts";
import { effectiveOf } from "../domain/history.ts";
import { allOf } from "../domain/in-words.ts";
import { launchOf, overtakenLaunch } from "../domain/sign-offs.ts";
import { changedSince } from "../domain/workflow.ts";
import type { Action } from "../types/action.ts";
import type { Transition } from "../types/loop.ts";
import { noteAction } from "./note-action.ts";
import type { Rule } from "./rule.ts";
import { valuesFor } from "./schedule-values.ts";

/** The launch's sign-off is Outdated once what was asked about or approved has changed, and the page says so. */
export const launchSignOffRule: Rule = {
  id: "launch-sign-off",
  since: "0.1.0",
  decide: (situation) => {
    const { project } = situation.record;
    const isOvertaken = overtakenLaunch(project, situation.history) !== null;
    return {
      values: isOvertaken ? valuesFor("projects", project.pageId, { launchSignOff: "Outdated" }) : [],
      actions: outdatedNote(situation),
      wakeAt: null,
    };
  },
};

/** The note's cause is what was overtaken, so that it is the same before and after the column shows it. */
const outdatedNote = ({ record, history }: Situation): readonly Action[] => {
  const { project } = record;
  const by = overtakenLaunch(project, history) ?? setOutdated(project.pageId, history);
  if (by === null) return [];
  const launch = launchOf(project, history);
  const names = changedSince(databases.projects, "launchSignOff", launch, by.covers ?? "[]");
  const what = names.length === 0 ? "What it covers" : allOf(names);
  const before = by.to === "Requested" ? "the client was asked" : "the launch was approved";
  const text = `${what} changed after ${before}, so ${projectName("launchSignOff")} is Outdated. Ask the client anew.`;
  return noteAction(history, by, [{ text }]);
};

/** What Milepost has set to Outdated; null where the column shows anything else. */
const setOutdated = (projectId: string, history: Situation["history"]): Transition | null => {
  const moves = effectiveOf(history, projectId, "launchSignOff");
  const last = moves.at(-1);
  return last?.to === "Outdated" && last.by.kind === "service" ? (moves.at(-2) ?? null) : null;
};
