import { databases } from "../../notion-templates/databases.ts";
import type { ActionContext, Rows } from "../ledger/context.ts";
import { markDirty } from "../store/dirty.ts";
import { boundDatabase } from "../sync/context.ts";
import { pullPage } from "../sync/pull.ts";
import { fence, quarantineOf } from "../sync/quarantine.ts";
import { readRow, toCanonical, toRow, toWrites } from "../sync/row.ts";
import { NotionError } from "../types/errors.ts";
import type { PageObservation } from "../types/notion.ts";
import { Quarantined } from "../types/quarantined.ts";
import type { DatabaseKey, RowOf } from "../types/schema.ts";
import type { EngineContext } from "./context.ts";
import { loadOffice } from "./load.ts";

/** What carrying out actions needs of the loop's context. */
export const actionContext = (context: EngineContext): ActionContext => ({
  ...context,
  office: () => loadOffice(context),
  rows: rowsOf(context),
});

const rowsOf = (context: EngineContext): Rows => ({
  read: async (key, pageId) => {
    const page = await visiblePage(context, pageId);
    const row = page && typedRow(context, key, page);
    if (row === null)
      markDirty(context.database, { pageId, urgent: true, author: null }, context.clock.now());
    return row;
  },
  binding: (key) => boundDatabase(context, key)?.binding ?? null,
  writes: (key, values) => {
    const bound = boundDatabase(context, key);
    if (bound === null) return [];
    const { template, binding } = bound;
    const broken = quarantineOf(context.database).properties(key);
    for (const name of Object.keys(values)) {
      const detail = broken.get(name);
      if (detail !== undefined) throw new Quarantined(detail);
    }
    const canonical = Object.entries(values).map(([name, value]) => [
      name,
      toCanonical(template, binding, name, value),
    ]);
    return toWrites(template, binding, Object.fromEntries(canonical));
  },
});

/** Null where Notion has the page in the trash or does not show it. */
const visiblePage = async (context: EngineContext, pageId: string): Promise<PageObservation | null> => {
  try {
    const page = await pullPage(context, pageId, "verdict");
    return page.inTrash ? null : page;
  } catch (error) {
    if (error instanceof NotionError && error.code === "notion_not_found") return null;
    throw error;
  }
};

/** Null also where a property is missing or of another type: it would read as empty, and Off would not show. */
const typedRow = <K extends DatabaseKey>(
  context: EngineContext,
  key: K,
  page: PageObservation,
): RowOf<(typeof databases)[K]> | null => {
  const bound = boundDatabase(context, key);
  if (bound === null || bound.binding.dataSourceId !== page.dataSourceId) return null;
  const { values, broken } = readRow(databases[key], bound.binding, page);
  const row = toRow(databases[key], bound.binding, { ...page, local: values });
  const justBroken = broken.map((property) => [property, `${key}.${property}`] as const);
  return fence(row, new Map([...justBroken, ...quarantineOf(context.database).properties(key)]));
};
