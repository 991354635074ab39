import { z } from "zod";
import { findView } from "../access.ts";
import { notFound } from "../api/errors.ts";
import { type Operation, operation } from "../api/operation.ts";
import { pagingShape } from "../api/schemas.ts";
import type { JsonObject, ViewRecord } from "../model.ts";
import { listOf, paginate } from "../query/paginate.ts";
import type { Scope } from "../scope.ts";
import { exactTime, minuteMs } from "../time.ts";
import { rowsOf } from "../views/rows.ts";

/** How long results of a view are kept (documented: notion-api §2, "about 15 minutes"). */
const keptMs = 15 * minuteMs;

/** A query answers at most so many rows over all its pages, those of views too (documented: notion-api §4). */
const queryLimit = 10_000;

const kind = "view_query";
type Stored = { viewId: string; pageIds: string[]; isIncomplete: boolean };

const { start_cursor, page_size } = pagingShape;
type Paging = { start_cursor?: string | null | undefined; page_size?: number | undefined };

const pageOf = ({ pageIds, isIncomplete }: Stored, paging: Paging) => {
  const { items, nextCursor } = paginate(pageIds, paging, (id) => id);
  const list = listOf(
    "page",
    items.map((id) => ({ object: "page", id })),
    nextCursor,
  );
  const status = { type: "incomplete", incomplete_reason: "query_result_limit_reached" };
  return { ...list, ...(isIncomplete ? { request_status: status } : {}) };
};

const create = (scope: Scope, view: ViewRecord, paging: Paging): JsonObject => {
  const rows = rowsOf(scope, view);
  const pageIds = rows.slice(0, queryLimit).map(({ id }) => id);
  const stored: Stored = { viewId: view.id, pageIds, isIncomplete: rows.length > queryLimit };
  const [id, expiresAt] = [scope.newId(), scope.now + keptMs];
  scope.expiring.put(id, { kind, now: scope.now, expiresAt, body: stored });
  const { type: _type, page: _page, ...list }: JsonObject = pageOf(stored, paging);
  return {
    ...list,
    object: "view_query",
    id,
    view_id: view.id,
    expires_at: exactTime(expiresAt),
    total_count: pageIds.length,
  };
};

const results = (scope: Scope, view: ViewRecord, queryId: string, paging: Paging): JsonObject => {
  const stored = scope.expiring.get(queryId, kind, scope.now) as Stored | undefined;
  if (stored?.viewId !== view.id) throw notFound("view_query", queryId);
  return pageOf(stored, paging);
};

export const viewQueryOperations: readonly Operation[] = [
  operation({
    name: "views.queries.create",
    method: "POST",
    path: "/views/:view_id/queries",
    body: z.strictObject({ page_size }),
    handle: (scope, { params: { view_id = "" }, body }) => create(scope, findView(scope, view_id), body),
  }),
  operation({
    name: "views.queries.results",
    method: "GET",
    path: "/views/:view_id/queries/:query_id",
    query: z.strictObject({ start_cursor, page_size }),
    handle: (scope, { params: { view_id = "", query_id = "" }, query }) =>
      results(scope, findView(scope, view_id), query_id, query),
  }),
  operation({
    name: "views.queries.delete",
    method: "DELETE",
    path: "/views/:view_id/queries/:query_id",
    // Also for a query that is not there or has expired (documented: reference/delete-view-query).
    handle(scope, { params: { view_id = "", query_id = "" } }) {
      findView(scope, view_id);
      scope.expiring.remove(query_id, kind);
      return { object: "view_query", id: query_id, deleted: true };
    },
  }),
];
