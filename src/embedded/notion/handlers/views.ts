import { z } from "zod";
import { databaseOf, findDatabase, findDataSource, findView } from "../access.ts";
import { validationError } from "../api/errors.ts";
import { type Operation, operation } from "../api/operation.ts";
import { idSchema, pagingShape } from "../api/schemas.ts";
import { parseAt, shouldBe } from "../api/validate.ts";
import type { JsonObject, ViewRecord } from "../model.ts";
import { findProperty } from "../properties/find-property.ts";
import { compileFilter } from "../query/filter.ts";
import { listOf, paginate } from "../query/paginate.ts";
import { sortPages, sortsSchema } from "../query/sort.ts";
import type { Scope } from "../scope.ts";
import { showView } from "../show/database.ts";
import { createView } from "../write/views.ts";

const groupBySchema = z.looseObject({
  type: z.string(),
  property_id: z.string(),
  sort: z.strictObject({ type: z.enum(["manual", "ascending", "descending"]) }),
});
const shownPropertiesSchema = z.array(z.looseObject({ property_id: z.string() })).nullish();

/** The configuration that each view type takes, and its fields that name a property. */
const viewTypes: Readonly<
  Record<string, { configuration: z.ZodType<JsonObject>; properties: readonly string[] }>
> = {
  table: {
    configuration: z.strictObject({
      type: z.literal("table"),
      properties: shownPropertiesSchema,
      group_by: groupBySchema.nullish(),
      subtasks: z.looseObject({}).nullish(),
      wrap_cells: z.boolean().optional(),
      frozen_column_index: z.number().optional(),
      show_vertical_lines: z.boolean().optional(),
    }),
    properties: [],
  },
  board: {
    configuration: z.strictObject({
      type: z.literal("board"),
      group_by: groupBySchema,
      sub_group_by: groupBySchema.nullish(),
      properties: shownPropertiesSchema,
      cover: z.looseObject({}).nullish(),
      cover_size: z.enum(["small", "medium", "large"]).nullish(),
      cover_aspect: z.enum(["contain", "cover"]).nullish(),
      card_layout: z.enum(["list", "compact"]).nullish(),
    }),
    properties: [],
  },
  timeline: {
    configuration: z.strictObject({
      type: z.literal("timeline"),
      date_property_id: z.string(),
      end_date_property_id: z.string().nullish(),
      properties: shownPropertiesSchema,
      show_table: z.boolean().nullish(),
      table_properties: shownPropertiesSchema,
      preference: z.looseObject({ zoom_level: z.string() }).nullish(),
      arrows_by: z.looseObject({ property_id: z.string().nullish() }).nullish(),
      color_by: z.boolean().nullish(),
    }),
    properties: ["date_property_id", "end_date_property_id"],
  },
  calendar: {
    configuration: z.strictObject({
      type: z.literal("calendar"),
      date_property_id: z.string(),
      properties: shownPropertiesSchema,
      view_range: z.enum(["week", "month"]).nullish(),
      show_weekends: z.boolean().nullish(),
    }),
    properties: ["date_property_id"],
  },
  list: {
    configuration: z.strictObject({ type: z.literal("list"), properties: shownPropertiesSchema }),
    properties: [],
  },
};

const createSchema = z.strictObject({
  data_source_id: idSchema,
  database_id: idSchema.optional(),
  name: z.string(),
  type: z.enum(Object.keys(viewTypes)),
  filter: z.looseObject({}).optional(),
  sorts: sortsSchema.optional(),
  quick_filters: z.record(z.string(), z.looseObject({})).optional(),
  configuration: z.looseObject({ type: z.string() }).optional(),
});
type CreateInput = z.infer<typeof createSchema>;

const propertyIds = (configuration: JsonObject, fields: readonly string[]): unknown[] => {
  const group = configuration.group_by as { property_id?: unknown } | null | undefined;
  const shown = (configuration.properties ?? []) as { property_id: unknown }[];
  return [
    group?.property_id,
    ...fields.map((field) => configuration[field]),
    ...shown.map((one) => one.property_id),
  ];
};

const assertConfiguration = (scope: Scope, input: CreateInput): void => {
  const row = viewTypes[input.type];
  const { configuration } = input;
  if (!row || !configuration) return;
  parseAt(row.configuration, configuration, "body.configuration");
  const properties = scope.objects.properties(input.data_source_id);
  for (const id of propertyIds(configuration, row.properties)) {
    if (typeof id === "string" && !findProperty(properties, id)) {
      throw validationError(`Could not find property with name or id: ${id}`);
    }
  }
};

/** Filter and sorts are checked as a query would check them, then kept as given. */
const create = (scope: Scope, input: CreateInput): JsonObject => {
  const source = findDataSource(scope, input.data_source_id);
  const database = databaseOf(scope, source.id);
  if (input.database_id && input.database_id !== database.id) {
    throw validationError(`Data source ${source.id} does not belong to database ${input.database_id}.`);
  }
  const properties = scope.objects.properties(source.id);
  if (input.filter) compileFilter(scope, properties, input.filter);
  sortPages(scope, properties, [], input.sorts ?? []);
  assertConfiguration(scope, input);
  const view = createView(scope, {
    databaseId: database.id,
    dataSourceId: source.id,
    name: input.name,
    viewType: input.type,
    filter: input.filter ?? null,
    sorts: input.sorts ?? null,
    quickFilters: input.quick_filters ?? null,
    configuration: input.configuration ?? null,
  });
  return showView(scope, view);
};

const listSchema = z.strictObject({
  ...pagingShape,
  database_id: idSchema.optional(),
  data_source_id: idSchema.optional(),
});

const viewsOf = (scope: Scope, query: z.infer<typeof listSchema>): ViewRecord[] => {
  if (query.database_id) return scope.objects.childrenOf("view", findDatabase(scope, query.database_id).id);
  if (!query.data_source_id) throw shouldBe("query.database_id", "defined", undefined);
  const source = findDataSource(scope, query.data_source_id);
  return scope.objects
    .childrenOf("view", databaseOf(scope, source.id).id)
    .filter((view) => view.dataSourceId === source.id);
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
];
