import type { CreateDatabaseParameters } from "@notionhq/client";
import { NotionError } from "../types/errors.ts";
import type { RelationTargets } from "../types/notion.ts";
import type { DatabaseTemplate, OptionTemplate, PropertyTemplate, PropertyType } from "../types/schema.ts";
import { textRequest } from "./rich-text.ts";

type SchemaRequests = NonNullable<NonNullable<CreateDatabaseParameters["initial_data_source"]>["properties"]>;
type SchemaRequest = SchemaRequests[string];

/** The request for a new database with every property of `keys`, in the template's order. */
export const databaseRequest = (
  parentPageId: string,
  template: DatabaseTemplate,
  keys: readonly string[],
  targets: RelationTargets,
): CreateDatabaseParameters => ({
  parent: { type: "page_id", page_id: parentPageId },
  title: textRequest(template.title),
  description: textRequest(template.description),
  icon: { type: "emoji", emoji: template.icon as EmojiRequest },
  initial_data_source: { properties: propertyRequests(template, keys, targets) },
});

/** The SDK lists every emoji of one Unicode version as a type; a template holds any string, and Notion is the judge. */
export type EmojiRequest = Extract<
  NonNullable<CreateDatabaseParameters["icon"]>,
  { type?: "emoji"; emoji: unknown }
>["emoji"];

/** The schema of the named properties (template keys), by their display names. */
export const propertyRequests = (
  template: DatabaseTemplate,
  keys: readonly string[],
  targets: RelationTargets,
): SchemaRequests =>
  Object.fromEntries(
    keys.map((key) => {
      const property = propertyOf(template, key);
      return [property.name, { ...typeRequest(property, targets), description: property.description }];
    }),
  );

/** The keys of the properties that can be made now: a relation needs the data source at its other end. */
export const creatableKeys = (template: DatabaseTemplate, targets: RelationTargets): string[] =>
  Object.entries(template.properties)
    .filter(([, property]) => property.type !== "relation" || targets[property.to] !== undefined)
    .map(([key]) => key);

export const propertyOf = (template: DatabaseTemplate, key: string): PropertyTemplate => {
  const property = template.properties[key];
  if (!property) throw new NotionError("notion_refused", `${template.key} has no property ${key}, not sent`);
  return property;
};

const typeRequest = (property: PropertyTemplate, targets: RelationTargets): SchemaRequest => {
  switch (property.type) {
    case "number":
      return { number: { format: property.format } };
    case "select":
      return { select: { options: property.options.map(optionRequest) } };
    case "multi_select":
      return { multi_select: { options: property.options.map(optionRequest) } };
    case "status":
      return { status: { options: property.options.map(statusRequest) } };
    case "relation":
      return { relation: relationRequest(property, targets) };
    default:
      return plainRequests[property.type];
  }
};

type PlainType = Exclude<PropertyType, "number" | "select" | "multi_select" | "status" | "relation">;

const plainRequests: Readonly<Record<PlainType, SchemaRequest>> = {
  title: { title: {} },
  rich_text: { rich_text: {} },
  date: { date: {} },
  people: { people: {} },
  checkbox: { checkbox: {} },
  url: { url: {} },
  email: { email: {} },
  phone_number: { phone_number: {} },
};

type OptionRequest = { name: string; color?: NonNullable<OptionTemplate["color"]> };

const optionRequest = ({ name, color }: OptionTemplate): OptionRequest => ({
  name,
  ...(color === undefined ? {} : { color }),
});

/** `group` is taken since 2026-06-22 and missing from the SDK's types (reference/notion-api §2). */
const statusRequest = (option: OptionTemplate): OptionRequest & { group?: string } => ({
  ...optionRequest(option),
  ...(option.group === undefined ? {} : { group: option.group }),
});

const relationRequest = (
  { to, twin }: Extract<PropertyTemplate, { type: "relation" }>,
  targets: RelationTargets,
): Extract<SchemaRequest, { relation: unknown }>["relation"] => {
  const target = targets[to];
  if (target === undefined)
    throw new NotionError("notion_refused", `a relation to ${to}, which does not exist yet, not sent`);
  return { data_source_id: target, type: "dual_property", dual_property: { synced_property_name: twin } };
};
