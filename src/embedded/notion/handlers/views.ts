import { z } from "zod";
import { databaseOf, findDatabase, findDataSource, findView } from "../access.ts";
import { notFound, validationError } from "../api/errors.ts";
import { type Operation, operation } from "../api/operation.ts";
import { idSchema, pagingShape } from "../api/schemas.ts";
import { shouldBe } from "../api/validate.ts";
import type { Json, JsonObject, Property, ViewRecord } from "../model.ts";
import { compileFilter } from "../query/filter.ts";
import { listOf, paginate } from "../query/paginate.ts";
import { sortPages, sortsSchema } from "../query/sort.ts";
import type { Scope } from "../scope.ts";
import { showView } from "../show/database.ts";
import { configured } from "../views/configuration.ts";
import { quickFilterOf } from "../views/rows.ts";
import { viewTypes } from "../views/view-types.ts";
import { createView, deleteView, updateView } from "../write/views.ts";

const conditionSchema = z.looseObject({});
const createSchema = z.strictObject({
  data_source_id: idSchema,
  database_id: idSchema.optional(),
  name: z.string(),
  type: z.enum(Object.keys(viewTypes)),
  filter: z.looseObject({}).optional(),
  sorts: sortsSchema.optional(),
  quick_filters: z.record(z.string(), conditionSchema).optional(),
  configuration: z.looseObject({ type: z.string() }).optional(),
  position: z
    .union([
      z.strictObject({ type: z.literal("start") }),
      z.strictObject({ type: z.literal("end") }),
      z.strictObject({ type: z.literal("after_view"), view_id: idSchema }),
    ])
    .optional(),
});
type CreateInput = z.infer<typeof createSchema>;

const rankOf = (view: ViewRecord): number => view.rank ?? view.seq;

/** A database's views as its tabs stand. */
const viewsIn = (scope: Scope, databaseId: string): ViewRecord[] =>
  scope.objects
    .childrenOf("view", databaseId)
    .filter((view) => !view.inTrash)
    .sort((one, other) => rankOf(one) - rankOf(other));

/** The rank of a view that stands at a place; null at the end, where new ones stand by themselves. */
const rankAt = (views: readonly ViewRecord[], position: CreateInput["position"]): number | null => {
  const ranks = views.map(rankOf);
  if (!position || position.type === "end") return null;
  if (position.type === "start") return (ranks[0] ?? 0) - 1;
  const place = views.findIndex(({ id }) => id === position.view_id);
  const before = ranks[place];
  if (before === undefined) throw notFound("view", position.view_id);
  const after = ranks[place + 1];
  return after === undefined ? null : (before + after) / 2;
};

/** Filters and sorts are checked as a query would check them, then kept as given. */
const assertQuery = (
  scope: Scope,
  properties: readonly Property[],
  { filter, sorts, quick_filters: quick }: Pick<CreateInput, "filter" | "sorts" | "quick_filters">,
): void => {
  if (filter) compileFilter(scope, properties, filter);
  sortPages(scope, properties, [], sorts ?? []);
  const condition = quickFilterOf(quick ?? null);
  if (condition) compileFilter(scope, properties, condition);
};

const create = (scope: Scope, input: CreateInput): JsonObject => {
  const source = findDataSource(scope, input.data_source_id);
  const database = databaseOf(scope, source.id);
  if (input.database_id && input.database_id !== database.id) {
    throw validationError(`Data source ${source.id} does not belong to database ${input.database_id}.`);
  }
  const properties = scope.objects.properties(source.id);
  assertQuery(scope, properties, input);
  const { configuration: given } = input;
  const configuration = given ? configured(input.type, null, given, properties) : null;
  const rank = rankAt(viewsIn(scope, database.id), input.position);
  const view = createView(scope, {
    databaseId: database.id,
    dataSourceId: source.id,
    name: input.name,
    viewType: input.type,
    filter: input.filter ?? null,
    sorts: input.sorts ?? null,
    quickFilters: input.quick_filters ?? null,
    configuration,
    ...(rank === null ? {} : { rank }),
  });
  return showView(scope, view);
};

const updateSchema = z.strictObject({
  name: z.string().optional(),
  filter: z.looseObject({}).nullish(),
  sorts: sortsSchema.nullish(),
  quick_filters: z.record(z.string(), conditionSchema.nullable()).nullish(),
  configuration: z.looseObject({ type: z.string() }).optional(),
});
type UpdateInput = z.infer<typeof updateSchema>;

/** Quick filters are replaced one by one; null takes one, or all of them, away. */
const mergedQuickFilters = (before: Json, given: UpdateInput["quick_filters"]): JsonObject | null => {
  if (!given) return null;
  const merged = { ...(before as JsonObject | null), ...given };
  const kept = Object.entries(merged).filter(([, condition]) => condition !== null);
  return kept.length > 0 ? Object.fromEntries(kept) : null;
};

const update = (scope: Scope, view: ViewRecord, input: UpdateInput): JsonObject => {
  const properties = scope.objects.properties(view.dataSourceId);
  const { name, filter, sorts, configuration, quick_filters: given } = input;
  const quickFilters = given === undefined ? view.quickFilters : mergedQuickFilters(view.quickFilters, given);
  assertQuery(scope, properties, {
    filter: filter ?? undefined,
    sorts: sorts ?? undefined,
    quick_filters: quickFilters as CreateInput["quick_filters"],
  });
  const change = {
    ...(name === undefined ? {} : { name }),
    ...(filter === undefined ? {} : { filter }),
    ...(sorts === undefined ? {} : { sorts }),
    quickFilters,
    ...(configuration
      ? { configuration: configured(view.viewType, view.configuration, configuration, properties) }
      : {}),
  };
  return showView(scope, updateView(scope, view, change));
};

const listSchema = z.strictObject({
  ...pagingShape,
  database_id: idSchema.optional(),
  data_source_id: idSchema.optional(),
});

const viewsOf = (scope: Scope, query: z.infer<typeof listSchema>): ViewRecord[] => {
  if (query.database_id) return viewsIn(scope, findDatabase(scope, query.database_id).id);
  if (!query.data_source_id) throw shouldBe("query.database_id", "defined", undefined);
  const source = findDataSource(scope, query.data_source_id);
  return viewsIn(scope, databaseOf(scope, source.id).id).filter((view) => view.dataSourceId === source.id);
};

export const viewOperations: readonly Operation[] = [
  operation({
    name: "views.create",
    method: "POST",
    path: "/views",
    body: createSchema,
    handle: (scope, { body }) => create(scope, body),
  }),
  operation({
    name: "views.list",
    method: "GET",
    path: "/views",
    query: listSchema,
    handle(scope, { query }) {
      const { items, nextCursor } = paginate(viewsOf(scope, query), query, (view) => view.id);
      return listOf(
        "view",
        items.map(({ id }) => ({ object: "view", id })),
        nextCursor,
      );
    },
  }),
  operation({
    name: "views.retrieve",
    method: "GET",
    path: "/views/:view_id",
    handle: (scope, { params: { view_id = "" } }) => showView(scope, findView(scope, view_id)),
  }),
  operation({
    name: "views.update",
    method: "PATCH",
    path: "/views/:view_id",
    body: updateSchema,
    handle: (scope, { params: { view_id = "" }, body }) => update(scope, findView(scope, view_id), body),
  }),
  operation({
    name: "views.delete",
    method: "DELETE",
    path: "/views/:view_id",
    handle(scope, { params: { view_id = "" } }) {
      const view = findView(scope, view_id);
      deleteView(scope, view);
      const { object, id, parent, type } = showView(scope, view);
      return { object, id, parent, type };
    },
  }),
];
