import { z } from "zod";

/** How a view groups its rows, by the type of the property (documented: SDK types). */
const sort = z.strictObject({ type: z.enum(["manual", "ascending", "descending"]) });
const shared = { property_id: z.string(), sort, hide_empty_groups: z.boolean().optional() };
const dateUnits = z.enum(["relative", "day", "week", "month", "year"]);
const weekStart = z.union([z.literal(0), z.literal(1)]).optional();
const numberRange = {
  range_start: z.number().optional(),
  range_end: z.number().optional(),
  range_size: z.number().optional(),
};
const textUnits = z.enum(["exact", "alphabet_prefix"]);

const formulaGroup = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("date"), group_by: dateUnits, sort, start_day_of_week: weekStart }),
  z.strictObject({ type: z.literal("text"), group_by: textUnits, sort }),
  z.strictObject({ type: z.literal("number"), sort, ...numberRange }),
  z.strictObject({ type: z.literal("checkbox"), sort }),
]);

const plainTypes = [
  "select",
  "multi_select",
  "person",
  "created_by",
  "last_edited_by",
  "relation",
  "checkbox",
];

export const groupBySchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.enum(plainTypes), ...shared }),
  z.strictObject({ type: z.literal("status"), group_by: z.enum(["group", "option"]), ...shared }),
  z.strictObject({
    type: z.enum(["date", "created_time", "last_edited_time"]),
    group_by: dateUnits,
    start_day_of_week: weekStart,
    ...shared,
  }),
  z.strictObject({
    type: z.enum(["text", "title", "url", "email", "phone_number"]),
    group_by: textUnits,
    ...shared,
  }),
  z.strictObject({ type: z.literal("number"), ...shared, ...numberRange }),
  z.strictObject({
    type: z.literal("formula"),
    property_id: z.string(),
    group_by: formulaGroup,
    hide_empty_groups: z.boolean().optional(),
  }),
]);

/** Two types have another name in a grouping than in a schema. */
const propertyTypes: Readonly<Record<string, string>> = { person: "people", text: "rich_text" };

/** The type of property that a grouping is made for. */
export const groupedType = (type: string): string => propertyTypes[type] ?? type;
