import { z } from "zod";
import { findDataSource, isTrashed } from "../access.ts";
import { type Operation, operation } from "../api/operation.ts";
import { pagingShape } from "../api/schemas.ts";
import type { JsonObject } from "../model.ts";
import { compileFilter } from "../query/filter.ts";
import { listOf, paginate } from "../query/paginate.ts";
import { sortPages, sortsSchema } from "../query/sort.ts";
import type { Scope } from "../scope.ts";
import { showPage } from "../show/page.ts";

/** A query answers at most so many rows over all its pages (notion-api §4). */
const queryLimit = 10_000;

const querySchema = z.strictObject({ filter_properties: z.array(z.string()).max(100).optional() });
const bodySchema = z.strictObject({
  ...pagingShape,
  filter: z.looseObject({}).optional(),
  sorts: sortsSchema.optional(),
  in_trash: z.boolean().optional(),
  is_archived: z.boolean().optional(),
  result_type: z.enum(["page", "data_source"]).optional(),
});

const incomplete = {
  request_status: { type: "incomplete", incomplete_reason: "query_result_limit_reached" },
};

const run = (
  scope: Scope,
  dataSourceId: string,
  body: z.infer<typeof bodySchema>,
  keys: string[] | undefined,
): JsonObject => {
  const source = findDataSource(scope, dataSourceId);
  const properties = scope.objects.properties(source.id);
  const wantsTrash = body.in_trash ?? body.is_archived ?? false;
  const test = body.filter ? compileFilter(scope, properties, body.filter) : () => true;
  const sourceTrashed = isTrashed(scope, source);
  const rows =
    body.result_type === "data_source"
      ? []
      : [...scope.objects.rows(source.id).values()].filter(
          (page) => (page.inTrash || sourceTrashed) === wantsTrash && test(page),
        );
  const sorted = sortPages(scope, properties, rows, body.sorts ?? []);
  const { items, nextCursor } = paginate(sorted.slice(0, queryLimit), body, (page) => page.id);
  const results = items.map((page) => showPage(scope, page, keys));
  return {
    ...listOf("page_or_data_source", results, nextCursor),
    ...(sorted.length > queryLimit ? incomplete : {}),
  };
};

export const queryOperations: readonly Operation[] = [
  operation({
    name: "data_sources.query",
    method: "POST",
    path: "/data_sources/:data_source_id/query",
    query: querySchema,
    body: bodySchema,
    handle: (scope, { params: { data_source_id = "" }, query, body }) =>
      run(scope, data_source_id, body, query.filter_properties),
  }),
];
