import type { Database, SqlRow } from "../ports.ts";
import type { DatabaseKey } from "../types/schema.ts";
import type { MirrorPage, PageState, Values } from "./pages.ts";

/** What a record needs of a mirrored page: its accepted values, not what Notion was seen to hold. */
export type RecordPage = Pick<MirrorPage, "pageId" | "database" | "state" | "createdTime" | "url" | "local">;

const columns = "page_id, database, state, created_time, url, local";

const parse = (row: SqlRow): RecordPage => ({
  pageId: String(row.page_id),
  database: String(row.database) as DatabaseKey,
  state: String(row.state) as PageState,
  createdTime: Number(row.created_time),
  url: String(row.url),
  local: JSON.parse(String(row.local)) as Values,
});

/** A project's page and every page of its record that names it, of all databases, oldest first; trashed ones are left out. */
export const pagesOfRecord = (database: Database, projectId: string): RecordPage[] =>
  database
    .exec(
      `SELECT ${columns} FROM pages WHERE state <> 'trashed' AND page_id IN
         (SELECT ? UNION SELECT page_id FROM relations WHERE target = ? AND property = 'project')
       ORDER BY created_time, page_id`,
      projectId,
      projectId,
    )
    .map(parse);

/** Live pages of a database that name no project, oldest first. */
export const pagesOfNoRecord = (database: Database, key: DatabaseKey): RecordPage[] =>
  database
    .exec(
      `SELECT ${columns} FROM pages WHERE database = ? AND state = 'live' AND NOT EXISTS
         (SELECT 1 FROM relations r WHERE r.page_id = pages.page_id AND r.property = 'project')
       ORDER BY created_time, page_id`,
      key,
    )
    .map(parse);

/** Live pages of a database in which a property is not empty, oldest first. */
export const pagesWith = (database: Database, key: DatabaseKey, property: string): RecordPage[] =>
  database
    .exec(
      `SELECT ${columns} FROM pages WHERE database = ? AND state = 'live' AND local ->> ? IS NOT NULL
       ORDER BY created_time, page_id`,
      key,
      property,
    )
    .map(parse);

/** The mirrored ones of these pages, in their order. */
export const pagesNamed = (database: Database, pageIds: readonly string[]): RecordPage[] => {
  if (pageIds.length === 0) return [];
  const found = database
    .exec(
      `SELECT ${columns} FROM pages WHERE page_id IN (SELECT value FROM json_each(?))`,
      JSON.stringify(pageIds),
    )
    .map(parse);
  return pageIds.flatMap((pageId) => found.find((page) => page.pageId === pageId) ?? []);
};

/** What every live project is called by: its Code and its client, as they are written. */
export const projectNames = (
  database: Database,
): { readonly pageId: string; readonly code: string; readonly client: string }[] =>
  database
    .exec(
      `SELECT page_id, json_extract(local, '$.code') AS code, json_extract(local, '$.client') AS client
       FROM pages WHERE database = 'projects' AND state = 'live'`,
    )
    .map((row) => ({
      pageId: String(row.page_id),
      code: String(row.code ?? ""),
      client: String(row.client ?? ""),
    }));
