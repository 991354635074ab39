import type { Property } from "../model.ts";
import type { Scope } from "../scope.ts";

/** Takes an option that is gone out of the rows and templates that had it; that is no edit of theirs. */
export const clearOption = (
  scope: Scope,
  dataSourceId: string,
  property: Property,
  optionId: string,
): void => {
  for (const page of scope.objects.childrenOf("page", dataSourceId)) {
    const value = page.values[property.id];
    const isAmong = Array.isArray(value) && value.includes(optionId);
    if (value !== optionId && !isAmong) continue;
    const { [property.id]: _gone, ...values } = page.values;
    const left = isAmong ? value.filter((id) => id !== optionId) : [];
    scope.objects.put({ ...page, values: left.length > 0 ? { ...values, [property.id]: left } : values });
  }
};
