import type { MirrorPage, Values } from "../store/pages.ts";
import type { DatabaseBinding } from "../types/bindings.ts";
import type { PageObservation, PropertyWrite } from "../types/notion.ts";
import type { DatabaseTemplate, PropertyTemplate, RowOf } from "../types/schema.ts";
import type { DomainValue, Value } from "../types/values.ts";

/** One observed page in template keys. */
export type ObservedRow = {
  readonly values: Values;
  /** Keys whose property is missing in Notion or has another type than the template says. */
  readonly broken: readonly string[];
  /** Keys whose list Notion cut; the values hold what was shown. */
  readonly cut: readonly string[];
};

/** Translates Notion's property ids into template keys. A property that is not as the template says gets no value. */
export const readRow = (
  template: DatabaseTemplate,
  binding: DatabaseBinding,
  observation: PageObservation,
): ObservedRow => {
  const values: Record<string, Value> = {};
  const broken: string[] = [];
  const cut: string[] = [];
  for (const [key, property] of Object.entries(template.properties)) {
    const bound = binding.properties[key];
    const seen = bound && observation.properties[bound.propertyId];
    if (!seen || seen.type !== property.type) broken.push(key);
    else values[key] = seen.value;
    if (seen && !seen.complete) cut.push(key);
  }
  return { values, broken, cut };
};

const isChoice = (property: PropertyTemplate): boolean =>
  property.type === "select" || property.type === "status";

/** Option id → template name; null for an option that the template does not know. */
const optionName = (binding: DatabaseBinding, key: string, id: string): string | null =>
  Object.entries(binding.properties[key]?.options ?? {}).find(([, optionId]) => optionId === id)?.[0] ?? null;

/** One canonical value in the rules' words: option ids become the template's names. */
export const toDomain = (
  template: DatabaseTemplate,
  binding: DatabaseBinding,
  key: string,
  value: Value,
): DomainValue => {
  const property = template.properties[key];
  if (!property || value === null) return value;
  if (isChoice(property)) return optionName(binding, key, String(value));
  if (property.type !== "multi_select") return value;
  return (value as readonly string[]).flatMap((id) => optionName(binding, key, id) ?? []);
};

/** The reverse of `toDomain`. A name that Notion no longer has becomes null, as an empty property. */
export const toCanonical = (
  template: DatabaseTemplate,
  binding: DatabaseBinding,
  key: string,
  value: DomainValue,
): Value => {
  const property = template.properties[key];
  const options = binding.properties[key]?.options ?? {};
  if (!property || value === null) return value;
  if (isChoice(property)) return options[String(value)] ?? null;
  if (property.type === "multi_select")
    return (value as readonly string[]).flatMap((name) => options[name] ?? []).sort();
  return Array.isArray(value) ? [...(value as readonly string[])].sort() : value;
};

/** What an empty property of each type reads as. */
export const emptyValue = (property: PropertyTemplate): Value => {
  switch (property.type) {
    case "title":
    case "rich_text":
      return "";
    case "people":
    case "relation":
    case "multi_select":
      return [];
    case "checkbox":
      return false;
    default:
      return null;
  }
};

/** The typed row of a mirrored page, from its local (accepted) values. */
export const toRow = <T extends DatabaseTemplate>(
  template: T,
  binding: DatabaseBinding,
  page: Pick<MirrorPage, "pageId" | "createdTime" | "url" | "local">,
): RowOf<T> => {
  const row: Record<string, unknown> = { pageId: page.pageId, createdTime: page.createdTime, url: page.url };
  for (const [key, property] of Object.entries(template.properties)) {
    row[key] = toDomain(template, binding, key, page.local[key] ?? emptyValue(property));
  }
  // The loop above fills every key of the template by its type, which the compiler cannot see.
  return row as RowOf<T>;
};

/** Template keys and canonical values as property writes. */
export const toWrites = (
  template: DatabaseTemplate,
  binding: DatabaseBinding,
  values: Values,
): PropertyWrite[] =>
  Object.entries(values).flatMap(([key, value]) => {
    const bound = binding.properties[key];
    return bound && template.properties[key]
      ? [{ propertyId: bound.propertyId, type: bound.type, value }]
      : [];
  });

/** The relations of a row that records are loaded through. */
export const relationsOf = (template: DatabaseTemplate, values: Values): Record<string, readonly string[]> =>
  Object.fromEntries(
    Object.entries(template.properties)
      .filter(([, property]) => property.type === "relation")
      .map(([key]) => [key, (values[key] as readonly string[] | null | undefined) ?? []]),
  );
