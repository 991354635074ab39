import type { Database } from "../ports.ts";
import type { DatabaseKey } from "../types/schema.ts";

/** Properties that are named as broken on one page. */
export const brokenOn = (database: Database, pageId: string): string[] =>
  database
    .exec("SELECT property FROM problems WHERE code = 'schema_broken' AND page_id = ?", pageId)
    .map((row) => String(row.property));

export const clearBroken = (database: Database, pageId: string, property: string): void => {
  database.exec(
    "DELETE FROM problems WHERE code = 'schema_broken' AND page_id = ? AND property = ?",
    pageId,
    property,
  );
};

/** Pages that were read with a property missing or of another type, with their database. */
export const brokenPages = (database: Database): { pageId: string; database: DatabaseKey }[] =>
  database
    .exec(
      "SELECT DISTINCT page_id, database FROM problems WHERE code = 'schema_broken' AND page_id IS NOT NULL",
    )
    .map((row) => ({ pageId: String(row.page_id), database: String(row.database) as DatabaseKey }));

/** Databases that Notion shows no more, as a whole. */
export const brokenDatabases = (database: Database): DatabaseKey[] =>
  database
    .exec(
      "SELECT database FROM problems WHERE code = 'schema_broken' AND page_id IS NULL AND property IS NULL",
    )
    .map((row) => String(row.database) as DatabaseKey);

/** One property, or a database as a whole, that is not as its template says, and what to click. */
export type BrokenPart = {
  readonly database: DatabaseKey;
  readonly property: string | null;
  readonly detail: string;
};

/** Everything that is broken in the schema, each once; what the schema itself showed comes before what a page did. */
export const brokenParts = (database: Database): BrokenPart[] =>
  database
    .exec(
      `SELECT database, property, detail, min(page_id IS NOT NULL) FROM problems WHERE code = 'schema_broken'
       GROUP BY database, property`,
    )
    .map((row) => ({
      database: String(row.database) as DatabaseKey,
      property: row.property as string | null,
      detail: String(row.detail),
    }));
