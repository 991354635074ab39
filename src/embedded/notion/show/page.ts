import { isTrashed } from "../access.ts";
import { validationError } from "../api/errors.ts";
import type { JsonObject, PageRecord, Property, RichText } from "../model.ts";
import { findProperty } from "../properties/find-property.ts";
import { typeOf } from "../properties/table.ts";
import type { Core, Scope } from "../scope.ts";
import { minuteTime } from "../time.ts";
import { showParent } from "./parent.ts";
import { plainText } from "./rich-text.ts";
import { pageUrl } from "./urls.ts";
import { partialUser } from "./user.ts";

/** The one property of a page outside a data source. */
const titleProperty: Property = { id: "title", name: "title", type: "title", description: null, config: {} };

/** The properties that a page has: its data source's, or the title alone. */
export const propertiesOf = (scope: Scope, page: PageRecord): readonly Property[] =>
  page.parent.type === "data_source_id" ? scope.objects.properties(page.parent.id) : [titleProperty];

export const titleOf = (page: PageRecord, core: Core): string =>
  plainText((page.values.title ?? []) as RichText, core);

const chosenProperties = (properties: readonly Property[], keys: readonly string[] | undefined) => {
  if (!keys || keys.length === 0) return properties;
  const chosen = new Set<Property>();
  for (const key of keys) {
    const property = findProperty(properties, key);
    if (!property) throw validationError(`Could not find property with name or id: ${key}`);
    chosen.add(property);
  }
  return properties.filter((property) => chosen.has(property));
};

/** A page object; `keys` (names or ids, of `filter_properties`) limits its properties. */
export const showPage = (scope: Scope, page: PageRecord, keys?: readonly string[]): JsonObject => {
  const properties = chosenProperties(propertiesOf(scope, page), keys).map((property) => [
    property.name,
    {
      id: encodeURIComponent(property.id),
      type: property.type,
      ...typeOf(property).show(page.values[property.id], page, { scope, property }),
    },
  ]);
  return {
    object: "page",
    id: page.id,
    created_time: minuteTime(page.createdAt),
    last_edited_time: minuteTime(page.editedAt),
    created_by: partialUser(page.createdBy),
    last_edited_by: partialUser(page.editedBy),
    cover: page.cover,
    icon: page.icon,
    parent: showParent(page.parent, scope),
    in_trash: isTrashed(scope, page),
    is_archived: page.isArchived ?? false,
    is_locked: page.isLocked,
    properties: Object.fromEntries(properties),
    url: pageUrl(page.id),
    public_url: null,
  };
};
