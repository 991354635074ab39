import { databases } from "../../notion-templates/databases.ts";
import type { Office } from "../domain/office.ts";
import { scheduleIn } from "../domain/schedule-of.ts";
import { type ScheduleProblem, scheduleProblems } from "../domain/schedule-problems.ts";
import { replacePageProblems } from "../store/page-problems.ts";
import type { Problem } from "../store/problems.ts";
import { Quarantined } from "../types/quarantined.ts";
import type { EngineContext } from "./context.ts";
import type { LoadedRecord } from "./load.ts";

/** What cannot be as it is written. What is only not filled in yet the gates ask for. */
const told: Readonly<Partial<Record<ScheduleProblem["kind"], string>>> = {
  "no-date": "is no day",
  "far-away": "is more than ten years away",
  "day-off": "is a day off",
  period: "is a period, of which the first day counts",
  reversed: "lies before what has to come first",
  circle: "goes in a circle",
  "not-in-project": "names a milestone of another project",
  "two-projects": "names two projects",
  "actual-missing": "is empty although it is Done, and when that was is not known",
  "actual-to-come": "is still to come",
  "status-behind": "is not Done although its Actual is set",
};

/**
 * Names in /status every page and property of a project's schedule that a person has to put right, until it is. Decided is
 * meanwhile on what can be read. What it answers stores it.
 */
export const scheduleTrouble = (
  context: EngineContext,
  { record, history }: LoadedRecord,
  office: Office,
): (() => void) => {
  const now = context.clock.now();
  const { stage } = record.project;
  const found = stage === "Complete" || stage === "Cancelled" ? [] : read(record, history, office, now);
  if (found === null) return () => undefined;
  const pageIds = [record.project.pageId, ...record.milestones.map(({ pageId }) => pageId)];
  return () => replacePageProblems(context.database, "schedule_unclear", pageIds, found, now);
};

/** Null while something of it cannot be read. */
const read = (
  record: LoadedRecord["record"],
  history: LoadedRecord["history"],
  office: Office,
  now: number,
): readonly Problem[] | null => {
  if (!record.complete) return null;
  try {
    const schedule = scheduleIn({ record, history, office, now });
    return scheduleProblems(record, schedule, office.timeZone).flatMap(({ kind, places }) => {
      const [place] = places;
      const words = told[kind];
      if (!place || words === undefined) return [];
      const { pageId, database, property } = place;
      const template = databases[database];
      const name = Object.entries(template.properties).find(([key]) => key === property)?.[1].name;
      const detail = `${name ?? property} of ${template.title} ${words}`;
      return [{ code: "schedule_unclear", pageId, database, property, detail }];
    });
  } catch (error) {
    if (!(error instanceof Quarantined)) throw error;
    return null;
  }
};
