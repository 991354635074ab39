import { livePages, pagesRelatedTo, type Values } from "../store/pages.ts";
import { markRecord } from "../store/records.ts";
import type { DatabaseKey } from "../types/schema.ts";
import type { SyncContext } from "./context.ts";

/**
 * Marks the records that draw on a page for deciding; what is about no project may be about the office. `versions` are the page's values before and after a change, so that
 * a milestone that moves to another project marks both.
 */
export const markRecordsOf = (
  context: SyncContext,
  key: DatabaseKey,
  pageId: string,
  versions: readonly Values[],
): void => {
  const projects = new Set(versions.flatMap((values) => projectsOf(context, key, pageId, values)));
  for (const projectId of projects) markRecord(context.database, projectId);
};

const projectsOf = (
  context: SyncContext,
  key: DatabaseKey,
  pageId: string,
  values: Values,
): readonly string[] => {
  const allOf = (of: "office" | "projects"): readonly string[] =>
    livePages(context.database, of).map((page) => page.pageId);
  const related = (values.project as readonly string[] | null | undefined) ?? [];
  switch (key) {
    case "projects":
      return [pageId];
    case "contacts":
      return pagesRelatedTo(context.database, "projects", "contacts", pageId).map((page) => page.pageId);
    case "daysOff":
      return [...allOf("office"), ...allOf("projects")];
    case "office":
      return [pageId, ...allOf("projects")];
    case "updates":
      return related.length === 0 ? allOf("office") : related;
    default:
      return related;
  }
};
