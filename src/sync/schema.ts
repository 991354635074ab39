import { databases } from "../../notion-templates/databases.ts";
import { brokenPages } from "../store/broken-parts.ts";
import { markDirty } from "../store/dirty.ts";
import { setMeta } from "../store/meta.ts";
import { takeUpWrites } from "../store/pages.ts";
import { replaceSchemaProblems } from "../store/problems.ts";
import { markAllRecords } from "../store/records.ts";
import type { Bindings, SchemaProblem } from "../types/bindings.ts";
import { NotionError } from "../types/errors.ts";
import type { RelationTargets } from "../types/notion.ts";
import type { DatabaseKey } from "../types/schema.ts";
import { bind } from "./bind.ts";
import { boundDatabase, type SyncContext } from "./context.ts";

/** How often the live schema is compared with the templates when no event asks for it; sooner while something is to be mended. */
const checkMs = { whole: 3_600_000, broken: 10 * 60_000 } as const;

/**
 * Compares every database's live schema with its template: renamed properties and options are followed by their ids,
 * what is missing or retyped is named in /status, and once that is mended the pages that were read so are read again.
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
  context.database.transaction(() => {
    context.saveBindings(bindings);
    keep(context, problems);
  });
};

const keep = ({ database, clock }: SyncContext, problems: readonly SchemaProblem[]): void => {
  const now = clock.now();
  const named = namedOnce(problems);
  // A record was not decided while its schema was broken.
  if (replaceSchemaProblems(database, named, now)) {
    markAllRecords(database);
    takeUpWrites(database);
  }
  const broken = new Set<DatabaseKey>(problems.map((problem) => problem.database));
  for (const page of brokenPages(database)) {
    if (!broken.has(page.database))
      markDirty(database, { pageId: page.pageId, urgent: false, author: null }, now);
  }
  setMeta(database, "schema_due", String(now + (problems.length > 0 ? checkMs.broken : checkMs.whole)));
};

/** One entry a property: several options of one column may be missing. */
const namedOnce = (problems: readonly SchemaProblem[]) => {
  const places = new Map<string, Omit<SchemaProblem, "kind" | "click"> & { readonly detail: string }>();
  for (const { database, property, click } of problems) {
    const key = `${database}.${property}`;
    const before = places.get(key);
    places.set(key, { database, property, detail: before ? `${before.detail} ${click}` : click });
  }
  return [...places.values()];
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
