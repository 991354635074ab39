import type { z } from "zod";
import { findDataSource, isRowVisible, isTrashed } from "../access.ts";
import type { Json, JsonObject, PageRecord, ViewRecord } from "../model.ts";
import { compileFilter } from "../query/filter.ts";
import { sortPages, type sortsSchema } from "../query/sort.ts";
import type { Scope } from "../scope.ts";

/** Quick filters as one filter: each is a condition on the property that its key names. */
export const quickFilterOf = (quickFilters: Json): JsonObject | null => {
  const conditions = Object.entries((quickFilters ?? {}) as Record<string, JsonObject>);
  if (conditions.length === 0) return null;
  return { and: conditions.map(([property, condition]) => ({ property, ...condition })) };
};

/** The rows that a view shows, in its order: its filter and its quick filters hold (that both count is assumed). */
export const rowsOf = (scope: Scope, view: ViewRecord): readonly PageRecord[] => {
  const source = findDataSource(scope, view.dataSourceId);
  if (isTrashed(scope, source)) return [];
  const properties = scope.objects.properties(source.id);
  const filters = [view.filter as JsonObject | null, quickFilterOf(view.quickFilters)];
  const tests = filters.flatMap((filter) => (filter ? [compileFilter(scope, properties, filter)] : []));
  const rows = [...scope.index.rows(source.id)].filter(
    (page) => !page.inTrash && isRowVisible(scope, page) && tests.every((test) => test(page)),
  );
  return sortPages(scope, properties, rows, (view.sorts ?? []) as z.infer<typeof sortsSchema>);
};
