import { validationError } from "../api/errors.ts";
import { parseAt, shouldBe } from "../api/validate.ts";
import type { JsonObject, PageRecord, Property } from "../model.ts";
import { findProperty } from "../properties/find-property.ts";
import type { WriteContext } from "../properties/property-type.ts";
import { typeOf } from "../properties/table.ts";
import type { Scope } from "../scope.ts";
import { propertiesOf } from "../show/page.ts";

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const storedValue = (input: unknown, context: WriteContext): unknown => {
  const { property } = context;
  const row = typeOf(property);
  const path = `body.properties.${property.name}`;
  if (!row.write) {
    throw validationError(
      `${property.name} is a ${property.type} property, which is computed and cannot be written.`,
    );
  }
  if (!isObject(input)) throw shouldBe(path, "an object", input);
  if (!(property.type in input))
    throw validationError(`${property.name} is expected to be ${property.type}.`);
  const unknown = Object.keys(input).find((key) => key !== property.type && key !== "type" && key !== "id");
  if (unknown) throw shouldBe(`${path}.${unknown}`, "not present", input[unknown]);
  return row.write.store(
    parseAt(row.write.schema, input[property.type], `${path}.${property.type}`),
    context,
  );
};

/** Brings the other side of a two-way relation in step. Back-links do not count as an edit of the other page. */
const syncTwin = (
  scope: Scope,
  pageId: string,
  property: Property,
  before: unknown,
  after: unknown,
): void => {
  const twinId = property.config.target?.twinId;
  if (!twinId) return;
  const was = new Set((before ?? []) as string[]);
  const is = new Set((after ?? []) as string[]);
  for (const targetId of new Set([...was, ...is])) {
    if (was.has(targetId) === is.has(targetId)) continue;
    const target = scope.objects.getAs("page", targetId);
    if (!target) continue;
    const links = ((target.values[twinId] ?? []) as string[]).filter((id) => id !== pageId);
    if (is.has(targetId)) links.push(pageId);
    scope.objects.put({ ...target, values: { ...target.values, [twinId]: links } });
  }
};

export type ValueChange = { property: Property; before: unknown; after: unknown };

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The changes that a request's `properties` make to a page: validated, stored form, unchanged ones left out. */
export const valueChanges = (scope: Scope, page: PageRecord, input: JsonObject): ValueChange[] => {
  const dataSourceId = page.parent.type === "data_source_id" ? page.parent.id : null;
  return Object.entries(input).flatMap(([key, value]) => {
    const property = findProperty(propertiesOf(scope, page), key);
    if (!property) throw validationError(`${key} is not a property that exists.`);
    const before = page.values[property.id];
    const after = storedValue(value, { scope, property, dataSourceId, pageId: page.id });
    return same(before, after) ? [] : [{ property, before, after }];
  });
};

/** The values that a new row has without being given any. */
export const initialChanges = (scope: Scope, page: PageRecord): ValueChange[] => {
  const dataSourceId = page.parent.type === "data_source_id" ? page.parent.id : null;
  return propertiesOf(scope, page).flatMap((property) => {
    const after = typeOf(property).initial?.({ scope, property, dataSourceId, pageId: page.id });
    return after === undefined ? [] : [{ property, before: undefined, after }];
  });
};

/** Stores a page with these changes and answers its new state. */
export const applyChanges = (scope: Scope, page: PageRecord, changes: readonly ValueChange[]): PageRecord => {
  const values = { ...page.values };
  for (const { property, after } of changes) {
    if (after === undefined) delete values[property.id];
    else values[property.id] = after;
  }
  scope.objects.put({ ...page, values });
  for (const { property, before, after } of changes) syncTwin(scope, page.id, property, before, after);
  return scope.objects.getAs("page", page.id) ?? page;
};
