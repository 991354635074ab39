import { databases } from "../../notion-templates/databases.ts";
import { markDirty } from "../store/dirty.ts";
import { setMeta } from "../store/meta.ts";
import { brokenPages, clearDatabaseProblems, raiseProblem } from "../store/problems.ts";
import type { Bindings, SchemaProblem } from "../types/bindings.ts";
import { NotionError } from "../types/errors.ts";
import type { RelationTargets } from "../types/notion.ts";
import type { DatabaseKey } from "../types/schema.ts";
import { bind } from "./bind.ts";
import { boundDatabase, type SyncContext } from "./context.ts";

/** How often the live schema is compared with the templates when no event asks for it. */
const checkMs = 6 * 3_600_000;

/**
 * Compares every database's live schema with its template: renamed properties and options are followed by their ids,
 * what is missing or retyped is named in /status, and pages that were read with a broken property are read again.
 * @throws NotionError
 */
export const checkSchema = async (context: SyncContext): Promise<void> => {
  const targets: RelationTargets = Object.fromEntries(
    Object.entries(context.bindings()).map(([key, binding]) => [key, binding.dataSourceId]),
  );
  const bindings: { -readonly [K in DatabaseKey]?: Bindings[K] } = { ...context.bindings() };
  const problems: SchemaProblem[] = [];
  for (const key of Object.keys(databases) as DatabaseKey[]) {
    const found = await compare(context, key, targets);
    if (found?.binding) bindings[key] = found.binding;
    problems.push(...(found?.problems ?? []));
  }
  const now = context.clock.now();
  context.database.transaction(() => {
    context.saveBindings(bindings);
    for (const key of Object.keys(databases) as DatabaseKey[]) clearDatabaseProblems(context.database, key);
    for (const { database, property, click } of problems) {
      raiseProblem(
        context.database,
        { code: "schema_broken", pageId: null, database, property, detail: click },
        now,
      );
    }
    for (const pageId of brokenPages(context.database)) {
      markDirty(context.database, { pageId, urgent: false, author: null }, now);
    }
    setMeta(context.database, "schema_due", String(now + checkMs));
  });
};

const compare = async (context: SyncContext, key: DatabaseKey, targets: RelationTargets) => {
  const bound = boundDatabase(context, key);
  if (!bound) return null;
  const away = (click: string) => ({
    binding: null,
    problems: [{ kind: "unreachable", database: key, property: null, click }] as const,
  });
  try {
    const live = await context.notion.pull.retrieveDataSource(bound.binding.dataSourceId);
    if (live.inTrash) return away(`Restore the database "${bound.template.title}" from Notion's trash.`);
    return bind(bound.template, live, bound.binding, targets);
  } catch (error) {
    if (!(error instanceof NotionError) || error.code !== "notion_not_found") throw error;
    return away(
      `Open the database "${bound.template.title}" in Notion, choose Connections and add Milepost.`,
    );
  }
};
