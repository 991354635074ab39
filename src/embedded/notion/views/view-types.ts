import { z } from "zod";
import type { JsonObject } from "../model.ts";
import { groupBySchema } from "./grouping.ts";

/** One row of the table of view types. */
export type ViewType = {
  configuration: z.ZodType<JsonObject>;
  /** Fields of the configuration that name one property; `dates` only one that holds a date. */
  dates: readonly string[];
  properties: readonly string[];
  source: string;
};

const shownProperty = z.strictObject({
  property_id: z.string(),
  /** Answered by the API and taken back. */
  property_name: z.string().optional(),
  visible: z.boolean().optional(),
  width: z.number().optional(),
  wrap: z.boolean().optional(),
  status_show_as: z.enum(["select", "checkbox"]).optional(),
  card_property_width_mode: z.enum(["full_line", "inline"]).optional(),
  date_format: z
    .enum(["full", "short", "month_day_year", "day_month_year", "year_month_day", "relative"])
    .optional(),
  time_format: z.enum(["12_hour", "24_hour", "hidden"]).optional(),
});
const properties = z.array(shownProperty).nullish();
const group = groupBySchema.nullish();
const flag = z.boolean().nullish();
const height = z.enum(["small", "medium", "large", "extra_large"]).nullish();

const cards = {
  properties,
  cover: z
    .strictObject({
      type: z.enum(["page_cover", "page_content", "property"]),
      property_id: z.string().optional(),
    })
    .nullish(),
  cover_size: z.enum(["small", "medium", "large"]).nullish(),
  cover_aspect: z.enum(["contain", "cover"]).nullish(),
  card_layout: z.enum(["list", "compact"]).nullish(),
};

const subtasks = z.strictObject({
  property_id: z.string().optional(),
  display_mode: z.enum(["show", "hidden", "flattened", "disabled"]).optional(),
  filter_scope: z.enum(["parents", "parents_and_subitems", "subitems"]).optional(),
  toggle_column_id: z.string().optional(),
});

const aggregators = [
  ...["count", "count_values", "sum", "average", "median", "min", "max", "range", "unique", "empty"],
  ...["not_empty", "percent_empty", "percent_not_empty", "checked", "unchecked", "percent_checked"],
  ...["percent_unchecked", "earliest_date", "latest_date", "date_range"],
];
const aggregation = z
  .strictObject({ aggregator: z.enum(aggregators), property_id: z.string().optional() })
  .nullish();
const lineColors = [
  ...["gray", "lightgray", "brown", "yellow", "orange", "green", "blue", "purple", "pink", "red"],
];
const themes = [
  ...["gray", "blue", "yellow", "green", "purple", "teal", "orange", "pink", "red", "auto", "colorful"],
];
const referenceLine = z.strictObject({
  id: z.string().optional(),
  value: z.number(),
  label: z.string(),
  color: z.enum(lineColors),
  dash_style: z.enum(["solid", "dash"]),
});

const viewType = (
  type: string,
  fields: Record<string, z.ZodType>,
  named: Partial<Pick<ViewType, "dates" | "properties">> = {},
): [string, ViewType] => [
  type,
  {
    configuration: z.strictObject({ type: z.literal(type), ...fields }),
    dates: [],
    properties: [],
    source: "documented (SDK types)",
    ...named,
  },
];

/** What each type of view is configured with. Dashboards, whose parts are other views, are not there. */
export const viewTypes: Readonly<Record<string, ViewType>> = Object.fromEntries([
  viewType("table", {
    properties,
    group_by: group,
    subtasks: subtasks.nullish(),
    wrap_cells: z.boolean().optional(),
    frozen_column_index: z.number().optional(),
    show_vertical_lines: z.boolean().optional(),
  }),
  viewType("board", { ...cards, group_by: groupBySchema, sub_group_by: group }),
  viewType(
    "timeline",
    {
      date_property_id: z.string(),
      end_date_property_id: z.string().nullish(),
      properties,
      show_table: flag,
      table_properties: properties,
      preference: z
        .strictObject({
          zoom_level: z.enum(["hours", "day", "week", "bi_week", "month", "quarter", "year", "5_years"]),
          center_timestamp: z.number().optional(),
        })
        .nullish(),
      arrows_by: z.strictObject({ property_id: z.string().nullish() }).nullish(),
      color_by: flag,
    },
    { dates: ["date_property_id", "end_date_property_id"] },
  ),
  viewType(
    "calendar",
    {
      date_property_id: z.string(),
      properties,
      view_range: z.enum(["week", "month"]).nullish(),
      show_weekends: flag,
    },
    { dates: ["date_property_id"] },
  ),
  viewType("gallery", cards),
  viewType("list", { properties }),
  viewType("map", { height, map_by: z.string().nullish(), properties }, { properties: ["map_by"] }),
  viewType("form", {
    is_form_closed: flag,
    anonymous_submissions: flag,
    submission_permissions: z.enum(["none", "comment_only", "reader", "read_and_write", "editor"]).nullish(),
  }),
  viewType(
    "chart",
    {
      chart_type: z.enum(["column", "bar", "line", "donut", "number"]),
      x_axis: group,
      y_axis: aggregation,
      x_axis_property_id: z.string().nullish(),
      y_axis_property_id: z.string().nullish(),
      value: aggregation,
      sort: z.enum(["manual", "x_ascending", "x_descending", "y_ascending", "y_descending"]).nullish(),
      color_theme: z.enum(themes).nullish(),
      height,
      hide_empty_groups: flag,
      legend_position: z.enum(["off", "bottom", "side"]).nullish(),
      show_data_labels: flag,
      axis_labels: z.enum(["none", "x_axis", "y_axis", "both"]).nullish(),
      grid_lines: z.enum(["none", "horizontal", "vertical", "both"]).nullish(),
      cumulative: flag,
      smooth_line: flag,
      hide_line_fill_area: flag,
      group_style: z.enum(["normal", "percent", "side_by_side"]).nullish(),
      y_axis_min: z.number().nullish(),
      y_axis_max: z.number().nullish(),
      donut_labels: z.enum(["none", "value", "name", "name_and_value"]).nullish(),
      hide_title: flag,
      stack_by: group,
      reference_lines: z.array(referenceLine).nullish(),
      caption: z.string().nullish(),
      color_by_value: flag,
    },
    { properties: ["x_axis_property_id", "y_axis_property_id"] },
  ),
]);
