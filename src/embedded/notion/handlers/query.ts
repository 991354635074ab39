import { createHash } from "node:crypto";
import { z } from "zod";
import { findDataSource, isRowVisible, isTrashed } from "../access.ts";
import { onlyDataSource } from "../api/legacy.ts";
import { type Operation, operation } from "../api/operation.ts";
import { pagingShape } from "../api/schemas.ts";
import type { Json, JsonObject } from "../model.ts";
import { compileFilter } from "../query/filter.ts";
import { listOf, paginate, sessionOf } from "../query/paginate.ts";
import { shuffled, sortPages, sortsSchema } from "../query/sort.ts";
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

/** Tells queries apart: a cursor belongs to the query that gave it. Assumed: Notion calls it opaque. */
const markOf = (query: Json): string =>
  createHash("sha256").update(JSON.stringify(query)).digest("hex").slice(0, 12);

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
      : [...scope.index.rows(source.id)].filter(
          (page) => (page.inTrash || sourceTrashed) === wantsTrash && isRowVisible(scope, page) && test(page),
        );
  // Without a sort each query has its own order, which its cursors carry on.
  const mark = `.${markOf([source.id, body.filter, body.sorts, wantsTrash])}`;
  const session =
    sessionOf(body, (given) => given.endsWith(mark)) ??
    `${Math.floor(scope.random() * 2 ** 32).toString(36)}${mark}`;
  const sorted = body.sorts?.length
    ? sortPages(scope, properties, rows, body.sorts)
    : shuffled(rows, Number.parseInt(session, 36) || 0);
  const { items, nextCursor } = paginate(sorted.slice(0, queryLimit), body, (page) => page.id, session);
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
  operation({
    name: "databases.query",
    method: "POST",
    path: "/databases/:database_id/query",
    until: "2022-06-28",
    source: "documented: upgrade guide 2025-09-03",
    query: querySchema,
    body: bodySchema,
    handle: (scope, { params: { database_id = "" }, query, body }) =>
      run(scope, onlyDataSource(scope, database_id).id, body, query.filter_properties),
  }),
];
