import type { PageRecord, Property } from "../model.ts";
import { typeOf } from "../properties/table.ts";
import type { Scope } from "../scope.ts";

const converted = (
  scope: Scope,
  dataSourceId: string,
  page: PageRecord,
  before: Property | null,
  property: Property,
): unknown => {
  const row = typeOf(property);
  if (row.initial)
    return page.template ? undefined : row.initial({ scope, property, dataSourceId, pageId: page.id });
  if (!before || !row.fromText) return undefined;
  const text = typeOf(before).text(page.values[before.id], page, { scope, property: before });
  return row.fromText(text, { scope, property });
};

/** Gives rows and templates their value after a property was added or changed its type, which goes through plain text (notion-api §3). */
export const convertValues = (
  scope: Scope,
  dataSourceId: string,
  before: Property | null,
  property: Property,
): void => {
  if (!before && !typeOf(property).initial) return;
  for (const page of scope.objects.childrenOf("page", dataSourceId)) {
    const { [property.id]: _old, ...values } = page.values;
    const value = converted(scope, dataSourceId, page, before, property);
    scope.objects.put({
      ...page,
      values: value === undefined ? values : { ...values, [property.id]: value },
    });
  }
};
