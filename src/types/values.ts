/** A Notion date. `start` and `end` are `YYYY-MM-DD` or ISO date-times as Notion gave them; `zone` is an IANA name or null. */
export type DateValue = { readonly start: string; readonly end: string | null; readonly zone: string | null };

/**
 * The canonical value of one property, the same after every round trip through Notion (reliability §2.1, law C0).
 * Texts are plain text; select and status are an option id; multi-select, people and relations are sorted ids.
 * An empty text is "", an empty list is [], every other empty value is null.
 */
export type Value = null | string | number | boolean | readonly string[] | DateValue;

/** A property as the rules know it: option names of the template, ids of pages and people. */
export type DomainValue = null | string | number | boolean | readonly string[] | DateValue;

/** Whether two canonical values are the same. */
export const sameValue = (a: Value, b: Value): boolean => a === b || canonicalJson(a) === canonicalJson(b);

const canonicalJson = (value: Value): string =>
  value !== null && typeof value === "object" && !Array.isArray(value) && "start" in value
    ? JSON.stringify([value.start, value.end, value.zone])
    : JSON.stringify(value);
