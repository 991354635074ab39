import { validationError } from "../api/errors.ts";
import { parseAt, shouldBe } from "../api/validate.ts";
import type { Json, JsonObject, Property } from "../model.ts";
import { findProperty } from "../properties/find-property.ts";
import { groupedType } from "./grouping.ts";
import { viewTypes } from "./view-types.ts";

/** Types of property that have a place in time (assumed for formulas and rollups, whose results are not looked at). */
const dateTypes = new Set(["date", "created_time", "last_edited_time", "formula", "rollup"]);

const groupFields = ["group_by", "sub_group_by", "x_axis", "stack_by"] as const;
const listFields = ["properties", "table_properties"] as const;
const ownFields = ["cover", "subtasks", "y_axis", "value", "arrows_by"] as const;

type Named = { property_id?: string | null };

const find = (properties: readonly Property[], id: string): Property => {
  const property = findProperty(properties, id);
  if (!property) throw validationError(`Could not find property with name or id: ${id}`);
  return property;
};

const assertGroup = (
  properties: readonly Property[],
  group: Named & { type: string },
  path: string,
): void => {
  const property = find(properties, group.property_id ?? "");
  const wanted = groupedType(group.type);
  if (property.type !== wanted) throw shouldBe(`${path}.type`, `\`"${property.type}"\``, group.type);
};

const assertProperties = (
  properties: readonly Property[],
  configuration: JsonObject,
  dates: readonly string[],
  single: readonly string[],
): void => {
  const path = "body.configuration";
  for (const field of groupFields) {
    const group = configuration[field] as (Named & { type: string }) | null | undefined;
    if (group) assertGroup(properties, group, `${path}.${field}`);
  }
  for (const field of listFields) {
    for (const { property_id: id } of (configuration[field] ?? []) as Named[]) find(properties, id ?? "");
  }
  for (const field of ownFields) {
    const id = (configuration[field] as Named | null | undefined)?.property_id;
    if (id) find(properties, id);
  }
  for (const field of [...dates, ...single]) {
    const id = configuration[field] as string | null | undefined;
    const property = id ? find(properties, id) : undefined;
    if (property && dates.includes(field) && !dateTypes.has(property.type)) {
      throw shouldBe(`${path}.${field}`, "the id of a date property", id);
    }
  }
};

const idFields = new Set(["property_id", "date_property_id", "end_date_property_id", "map_by"]);
const isIdField = (key: string): boolean => idFields.has(key) || key.endsWith("_axis_property_id");

/** Properties may be named or given by id; a view answers their ids as a data source does (assumed). */
const withIds = (value: Json, properties: readonly Property[]): Json => {
  if (Array.isArray(value)) return value.map((item) => withIds(item, properties));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [
    key,
    isIdField(key) && typeof inner === "string"
      ? encodeURIComponent(find(properties, inner).id)
      : withIds(inner, properties),
  ]);
  return Object.fromEntries(entries);
};

const withoutNulls = (configuration: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(configuration).filter(([, value]) => value !== null));

/**
 * A view's configuration after a request: fields that it names replace those before, null takes one away (documented:
 * working-with-views). Every property that it names has to exist, with a type that fits.
 */
export const configured = (
  viewType: string,
  before: Json,
  given: Json,
  properties: readonly Property[],
): JsonObject => {
  const row = viewTypes[viewType];
  if (!row) throw validationError(`Views of type ${viewType} take no configuration.`);
  const configuration = parseAt(row.configuration, given, "body.configuration");
  assertProperties(properties, configuration, row.dates, row.properties);
  const named = withIds(configuration, properties) as JsonObject;
  return withoutNulls({ ...(before as JsonObject | null), ...named });
};
