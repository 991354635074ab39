import { z } from "zod";
import { findPage } from "../access.ts";
import { notFound } from "../api/errors.ts";
import { type Operation, operation } from "../api/operation.ts";
import { pagingShape } from "../api/schemas.ts";
import type { JsonObject, PageRecord } from "../model.ts";
import { findProperty } from "../properties/find-property.ts";
import { typeOf } from "../properties/table.ts";
import { listOf, paginate } from "../query/paginate.ts";
import type { Scope } from "../scope.ts";
import { propertiesOf } from "../show/page.ts";

/** A property's value in pages; `computed` stands beside the list for what is computed from it. */
const propertyList = (
  page: PageRecord,
  id: string,
  type: string,
  computed: JsonObject,
  results: JsonObject[],
  nextCursor: string | null,
): JsonObject => {
  const next =
    nextCursor && `https://api.notion.com/v1/pages/${page.id}/properties/${id}?start_cursor=${nextCursor}`;
  return {
    ...listOf("property_item", results, nextCursor),
    property_item: { id, next_url: next, type, [type]: computed },
  };
};

const propertyItem = (
  scope: Scope,
  pageId: string,
  key: string,
  query: z.infer<typeof pagingSchema>,
): JsonObject => {
  const page = findPage(scope, pageId);
  const property = findProperty(propertiesOf(scope, page), key);
  if (!property) throw notFound("property", key);
  const { type } = property;
  const head = { object: "property_item", id: encodeURIComponent(property.id), type };
  const row = typeOf(property);
  const value = page.values[property.id];
  const context = { scope, property };
  if (row.list) {
    const { items, head: computed } = row.list(value, page, context);
    const numbered = items.map((item, index) => ({ item, index }));
    const { items: slice, nextCursor } = paginate(numbered, query, ({ index }) => String(index));
    const results = slice.map(({ item }) => ({ object: "property_item", id: head.id, ...item }));
    return propertyList(page, head.id, type, computed, results, nextCursor);
  }
  if (!row.items) return { ...head, ...row.show(value, page, context) };
  const places = row.items(value, context).map((item, index) => ({ item, index }));
  const { items, nextCursor } = paginate(places, query, ({ index }) => String(index));
  const results = items.map(({ item }) => ({ ...head, [type]: item }));
  return propertyList(page, head.id, type, {}, results, nextCursor);
};
const pagingSchema = z.strictObject(pagingShape);

export const pagePropertyOperations: readonly Operation[] = [
  operation({
    name: "pages.properties.retrieve",
    method: "GET",
    path: "/pages/:page_id/properties/:property_id",
    query: pagingSchema,
    handle: (scope, { params: { page_id = "", property_id = "" }, query }) =>
      propertyItem(scope, page_id, property_id, query),
  }),
];
