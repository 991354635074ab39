import type { PageObservation, PropertyObservation } from "../types/notion.ts";
import type { Lane, NotionCalls } from "../types/notion-gateway.ts";
import { type BoundDatabase, databaseOf, type SyncContext } from "./context.ts";

/**
 * Reads a page whole: lists that Notion cut at 25 are read to their end (notion-api §3).
 * @throws NotionError
 */
export const pullPage = async (
  context: SyncContext,
  pageId: string,
  lane: Lane,
): Promise<PageObservation> => {
  const calls = context.notion[lane];
  const page = await calls.retrievePage(pageId);
  const owner = databaseOf(context, page.dataSourceId);
  if (!owner) return page;
  const properties: Record<string, PropertyObservation> = { ...page.properties };
  for (const bound of Object.values(owner.binding.properties)) {
    const seen = properties[bound.propertyId];
    if (seen && !seen.complete) {
      properties[bound.propertyId] = {
        ...seen,
        value: await wholeList(calls, pageId, bound.propertyId),
        complete: true,
      };
    }
  }
  return { ...page, properties };
};

const wholeList = async (
  calls: NotionCalls,
  pageId: string,
  propertyId: string,
): Promise<readonly string[]> => {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const part = await calls.retrievePropertyItems(pageId, propertyId, cursor);
    ids.push(...part.ids);
    cursor = part.cursor ?? undefined;
  } while (cursor !== undefined);
  return [...new Set(ids)].sort();
};

/** The key of a database's relation to projects; null where it has none. */
export const projectRelation = (bound: BoundDatabase): string | null => {
  const found = Object.entries(bound.template.properties).find(
    ([, p]) => p.type === "relation" && p.to === "projects",
  );
  return found && bound.binding.properties[found[0]] ? found[0] : null;
};

/**
 * The rows of a database that belong to one project.
 * @throws NotionError
 */
export const pullRowsOfProject = async (
  context: SyncContext,
  bound: BoundDatabase,
  relation: string,
  projectId: string,
  lane: Lane,
): Promise<readonly PageObservation[]> => {
  const propertyId = bound.binding.properties[relation]?.propertyId ?? "";
  const rows: PageObservation[] = [];
  let cursor: string | undefined;
  do {
    const page = await context.notion[lane].queryRows({
      dataSourceId: bound.binding.dataSourceId,
      filter: { kind: "relation-contains", propertyId, pageId: projectId },
      ...(cursor === undefined ? {} : { cursor }),
    });
    rows.push(...page.rows);
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined);
  return rows;
};
