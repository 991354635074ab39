import type {
  CommentObjectResponse,
  DataSourceViewObjectResponse,
  DeletedViewQueryResponse,
  DeleteViewResponse,
  GetAsyncTaskResponse,
  GetViewQueryResultsResponse,
  ListDatabaseViewsResponse,
  ViewQueryResponse,
} from "@notionhq/client";
import { z } from "zod";

/**
 * What the official document is too old for, as the SDK's types have it. `satisfies` keeps each schema inside its type;
 * they are closed, so that a field too many is found as well.
 */

const id = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const time = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
const user = z.strictObject({ object: z.literal("user"), id });
const sort = z.strictObject({ type: z.enum(["manual", "ascending", "descending"]) });

const group = {
  property_id: z.string(),
  property_name: z.string().exactOptional(),
  hide_empty_groups: z.boolean().exactOptional(),
};
const range = {
  range_start: z.number().exactOptional(),
  range_end: z.number().exactOptional(),
  range_size: z.number().exactOptional(),
};
const period = z.enum(["relative", "day", "week", "month", "year"]);
const weekStart = z.union([z.literal(0), z.literal(1)]).exactOptional();
const spelling = z.enum(["exact", "alphabet_prefix"]);
const groupBy = z.union([
  z.strictObject({ ...group, type: z.enum(["select", "multi_select"]), sort }),
  z.strictObject({ ...group, type: z.literal("status"), group_by: z.enum(["group", "option"]), sort }),
  z.strictObject({ ...group, type: z.enum(["person", "created_by", "last_edited_by"]), sort }),
  z.strictObject({ ...group, type: z.literal("relation"), sort }),
  z.strictObject({
    ...group,
    type: z.enum(["date", "created_time", "last_edited_time"]),
    group_by: period,
    sort,
    start_day_of_week: weekStart,
  }),
  z.strictObject({
    ...group,
    type: z.enum(["text", "title", "url", "email", "phone_number"]),
    group_by: spelling,
    sort,
  }),
  z.strictObject({ ...group, ...range, type: z.literal("number"), sort }),
  z.strictObject({ ...group, type: z.literal("checkbox"), sort }),
  z.strictObject({
    ...group,
    type: z.literal("formula"),
    group_by: z.union([
      z.strictObject({ type: z.literal("date"), group_by: period, sort, start_day_of_week: weekStart }),
      z.strictObject({ type: z.literal("text"), group_by: spelling, sort }),
      z.strictObject({ ...range, type: z.literal("number"), sort }),
      z.strictObject({ type: z.literal("checkbox"), sort }),
    ]),
  }),
]);

const shownProperties = z
  .array(
    z.strictObject({
      property_id: z.string(),
      property_name: z.string().exactOptional(),
      visible: z.boolean().exactOptional(),
      width: z.number().exactOptional(),
      wrap: z.boolean().exactOptional(),
      status_show_as: z.enum(["select", "checkbox"]).exactOptional(),
      card_property_width_mode: z.enum(["full_line", "inline"]).exactOptional(),
      date_format: z
        .enum(["full", "short", "month_day_year", "day_month_year", "year_month_day", "relative"])
        .exactOptional(),
      time_format: z.enum(["12_hour", "24_hour", "hidden"]).exactOptional(),
    }),
  )
  .exactOptional();
const cards = {
  properties: shownProperties,
  cover: z
    .strictObject({
      type: z.enum(["page_cover", "page_content", "page_content_first", "property"]),
      property_id: z.string().exactOptional(),
    })
    .exactOptional(),
  cover_size: z.enum(["small", "medium", "large"]).exactOptional(),
  cover_aspect: z.enum(["contain", "cover"]).exactOptional(),
  card_layout: z.enum(["list", "compact"]).exactOptional(),
};
const aggregation = z.strictObject({
  aggregator: z.enum([
    ...(["count", "count_values", "sum", "average", "median", "min", "max", "range", "unique"] as const),
    ...(["empty", "not_empty", "percent_empty", "percent_not_empty", "checked", "unchecked"] as const),
    ...(["percent_checked", "percent_unchecked", "earliest_date", "latest_date", "date_range"] as const),
  ]),
  property_id: z.string().exactOptional(),
});
const height = z.enum(["small", "medium", "large", "extra_large"]);
const bool = z.boolean().exactOptional();

const chart = z.strictObject({
  type: z.literal("chart"),
  chart_type: z.enum(["column", "bar", "line", "donut", "number"]),
  x_axis: groupBy.nullable().exactOptional(),
  y_axis: aggregation.nullable().exactOptional(),
  x_axis_property_id: z.string().exactOptional(),
  y_axis_property_id: z.string().exactOptional(),
  value: aggregation.exactOptional(),
  sort: z.enum(["manual", "x_ascending", "x_descending", "y_ascending", "y_descending"]).exactOptional(),
  color_theme: z
    .enum([
      ...(["gray", "blue", "yellow", "green", "purple", "teal"] as const),
      ...(["orange", "pink", "red", "auto", "colorful"] as const),
    ])
    .exactOptional(),
  height: height.exactOptional(),
  hide_empty_groups: bool,
  legend_position: z.enum(["off", "bottom", "side"]).exactOptional(),
  show_data_labels: bool,
  axis_labels: z.enum(["none", "x_axis", "y_axis", "both"]).exactOptional(),
  grid_lines: z.enum(["none", "horizontal", "vertical", "both"]).exactOptional(),
  cumulative: bool,
  smooth_line: bool,
  hide_line_fill_area: bool,
  group_style: z.enum(["normal", "percent", "side_by_side"]).exactOptional(),
  y_axis_min: z.number().nullable().exactOptional(),
  y_axis_max: z.number().nullable().exactOptional(),
  donut_labels: z.enum(["none", "value", "name", "name_and_value"]).exactOptional(),
  hide_title: bool,
  stack_by: groupBy.nullable().exactOptional(),
  reference_lines: z
    .array(
      z.strictObject({
        id: z.string(),
        value: z.number(),
        label: z.string(),
        color: z.enum([
          ...(["gray", "lightgray", "brown", "yellow", "orange"] as const),
          ...(["green", "blue", "purple", "pink", "red"] as const),
        ]),
        dash_style: z.enum(["solid", "dash"]),
      }),
    )
    .nullable()
    .exactOptional(),
  caption: z.string().nullable().exactOptional(),
  color_by_value: bool,
});

const configuration = z.union([
  z.strictObject({
    type: z.literal("table"),
    properties: shownProperties,
    group_by: groupBy.exactOptional(),
    subtasks: z
      .strictObject({
        property_id: z.string().exactOptional(),
        display_mode: z.enum(["show", "hidden", "flattened", "disabled"]).exactOptional(),
        filter_scope: z.enum(["parents", "parents_and_subitems", "subitems"]).exactOptional(),
        toggle_column_id: z.string().exactOptional(),
      })
      .exactOptional(),
    wrap_cells: bool,
    frozen_column_index: z.number().exactOptional(),
    show_vertical_lines: bool,
  }),
  z.strictObject({
    ...cards,
    type: z.literal("board"),
    group_by: groupBy,
    sub_group_by: groupBy.exactOptional(),
  }),
  z.strictObject({ ...cards, type: z.literal("gallery") }),
  z.strictObject({ type: z.literal("list"), properties: shownProperties }),
  z.strictObject({
    type: z.literal("calendar"),
    date_property_id: z.string(),
    date_property_name: z.string().exactOptional(),
    properties: shownProperties,
    view_range: z.enum(["week", "month"]).exactOptional(),
    show_weekends: bool,
  }),
  z.strictObject({
    type: z.literal("timeline"),
    date_property_id: z.string(),
    date_property_name: z.string().exactOptional(),
    end_date_property_id: z.string().exactOptional(),
    end_date_property_name: z.string().exactOptional(),
    properties: shownProperties,
    show_table: bool,
    table_properties: shownProperties,
    preference: z
      .strictObject({
        zoom_level: z.enum(["hours", "day", "week", "bi_week", "month", "quarter", "year", "5_years"]),
        center_timestamp: z.number().exactOptional(),
      })
      .exactOptional(),
    arrows_by: z.strictObject({ property_id: z.string().nullable().exactOptional() }).exactOptional(),
    color_by: bool,
  }),
  z.strictObject({
    type: z.literal("map"),
    height: height.exactOptional(),
    map_by: z.string().exactOptional(),
    map_by_property_name: z.string().exactOptional(),
    properties: shownProperties,
  }),
  z.strictObject({
    type: z.literal("form"),
    is_form_closed: bool,
    anonymous_submissions: bool,
    submission_permissions: z
      .enum(["none", "comment_only", "reader", "read_and_write", "editor"])
      .exactOptional(),
  }),
  z.strictObject({
    type: z.literal("dashboard"),
    rows: z.array(
      z.strictObject({
        id: z.string(),
        widgets: z.array(
          z.strictObject({
            id: z.string(),
            view_id: z.string(),
            width: z.number().exactOptional(),
            row_index: z.number().exactOptional(),
          }),
        ),
        height: z.number().exactOptional(),
      }),
    ),
  }),
  chart,
]) satisfies z.ZodType<NonNullable<DataSourceViewObjectResponse["configuration"]>>;

const timestamp = z.enum(["created_time", "last_edited_time"]);
const direction = z.enum(["ascending", "descending"]);
const simpleFilter = z.union([z.looseObject({ property: z.string() }), z.looseObject({ timestamp })]);
const compound = <T extends z.ZodType>(part: T) =>
  z.strictObject({ or: z.array(part).exactOptional(), and: z.array(part).exactOptional() });
const filter = z.union([simpleFilter, compound(z.union([simpleFilter, compound(simpleFilter)]))]);
const viewType = z.enum([
  ...(["table", "board", "list", "calendar", "timeline"] as const),
  ...(["gallery", "form", "chart", "map", "dashboard"] as const),
]);
const parent = z.strictObject({ type: z.literal("database_id"), database_id: id });

/** The SDK types a quick filter's condition as an object without any field, which none is (notion-api §2). */
const quickFilters = z.record(z.string(), z.looseObject({}) as unknown as z.ZodType<Record<string, never>>);

const view = z.strictObject({
  object: z.literal("view"),
  id,
  parent,
  name: z.string(),
  type: viewType,
  created_time: time,
  last_edited_time: time,
  url: z.url(),
  data_source_id: id.nullable().exactOptional(),
  created_by: user.nullable().exactOptional(),
  last_edited_by: user.nullable().exactOptional(),
  filter: filter.nullable().exactOptional(),
  sorts: z
    .array(
      z.union([
        z.strictObject({ property: z.string(), direction }),
        z.strictObject({ timestamp, direction }),
      ]),
    )
    .nullable()
    .exactOptional(),
  quick_filters: quickFilters.nullable().exactOptional(),
  configuration: configuration.nullable().exactOptional(),
  dashboard_view_id: z.string().exactOptional(),
}) satisfies z.ZodType<DataSourceViewObjectResponse>;

const partialView = z.strictObject({
  object: z.literal("view"),
  id,
  parent,
  type: viewType,
}) satisfies z.ZodType<DeleteViewResponse>;

const requestStatus = z
  .strictObject({
    type: z.literal("incomplete"),
    incomplete_reason: z.literal("query_result_limit_reached"),
  })
  .exactOptional();

const viewList = z.strictObject({
  object: z.literal("list"),
  results: z.array(z.strictObject({ object: z.literal("view"), id })),
  next_cursor: z.string().nullable(),
  has_more: z.boolean(),
  type: z.literal("view"),
  view: z.strictObject({}),
  request_status: requestStatus,
}) satisfies z.ZodType<ListDatabaseViewsResponse>;

const pageReferences = z.array(z.strictObject({ object: z.string(), id }));
const viewQuery = z.strictObject({
  object: z.literal("view_query"),
  id,
  view_id: id,
  expires_at: time,
  total_count: z.number().int().min(0),
  results: pageReferences,
  next_cursor: z.string().nullable(),
  has_more: z.boolean(),
  request_status: requestStatus,
}) satisfies z.ZodType<ViewQueryResponse>;

const viewQueryResults = z.strictObject({
  object: z.literal("list"),
  results: z.array(z.strictObject({ object: z.literal("page"), id })),
  next_cursor: z.string().nullable(),
  has_more: z.boolean(),
  type: z.literal("page"),
  page: z.strictObject({}),
  request_status: requestStatus,
}) satisfies z.ZodType<GetViewQueryResultsResponse>;

const deletedViewQuery = z.strictObject({
  object: z.literal("view_query"),
  id,
  deleted: z.boolean(),
}) satisfies z.ZodType<DeletedViewQueryResponse>;

const partialComment = z.strictObject({ object: z.literal("comment"), id });
const comment = z.strictObject({
  object: z.literal("comment"),
  id,
  parent: z.union([
    z.strictObject({ type: z.literal("page_id"), page_id: id }),
    z.strictObject({ type: z.literal("block_id"), block_id: id }),
  ]),
  discussion_id: id,
  created_time: time,
  last_edited_time: time,
  created_by: user,
  // Rich text as a whole is held against the official document wherever else it appears.
  rich_text: z.array(
    z.looseObject({ plain_text: z.string() }) as unknown as z.ZodType<
      CommentObjectResponse["rich_text"][number]
    >,
  ),
  display_name: z.strictObject({
    type: z.enum(["custom", "user", "integration"]),
    resolved_name: z.string().nullable(),
  }),
  attachments: z.array(z.never()).exactOptional(),
}) satisfies z.ZodType<CommentObjectResponse>;

const task = {
  object: z.literal("async_task"),
  id: z.string(),
  status_url: z.string(),
  created_time: time,
  operation: z.strictObject({ surface: z.enum(["rest", "mcp"]), name: z.string() }),
};
const asyncTask = z.union([
  z.strictObject({
    ...task,
    status: z.enum(["queued", "running", "retrying"]),
    poll_after_seconds: z.number(),
  }),
  z.strictObject({
    ...task,
    status: z.literal("succeeded"),
    result: z.record(z.string(), z.json()),
  }),
  z.strictObject({
    ...task,
    status: z.literal("failed"),
    error: z.looseObject({ object: z.literal("error"), message: z.string() }) as unknown as z.ZodType<
      Extract<GetAsyncTaskResponse, { status: "failed" }>["error"]
    >,
  }),
]) satisfies z.ZodType<GetAsyncTaskResponse>;

/** Successful answers by method and path of our operation table, ids without their names. */
export const sdkSchemas: Readonly<Record<string, z.ZodType>> = {
  "POST /views": z.union([view, partialView]),
  "GET /views": viewList,
  "GET /views/:id": view,
  "PATCH /views/:id": z.union([view, partialView]),
  "DELETE /views/:id": z.union([view, partialView]),
  "POST /views/:id/queries": viewQuery,
  "GET /views/:id/queries/:id": viewQueryResults,
  "DELETE /views/:id/queries/:id": deletedViewQuery,
  "PATCH /comments/:id": z.union([comment, partialComment]),
  "DELETE /comments/:id": z.union([comment, partialComment]),
  "GET /async_tasks/:id": asyncTask,
};

/** 202: the operation goes on; `allow_async` was given. */
export const acceptedSchema = asyncTask;
