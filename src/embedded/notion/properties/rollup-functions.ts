import type { DateValue, JsonObject, Property } from "../model.ts";
import { parseIso } from "../query/moments.ts";

/** One related page's value of the property that is rolled up. */
export type RolledUp = {
  property: Property;
  /** As the page shows it, without `id`: `{ type, [type]: … }`. */
  shown: JsonObject;
};

type Result =
  | { type: "number"; number: number | null }
  | { type: "date"; date: DateValue | null }
  | { type: "array"; array: JsonObject[] };
type RollupFunction = { source: string; of(values: readonly RolledUp[]): Result | null };

const inner = ({ property, shown }: RolledUp): unknown => shown[property.type];

const isEmpty = (value: RolledUp): boolean => {
  const content = inner(value);
  if (content === null || content === undefined || content === "" || content === false) return true;
  if (Array.isArray(content)) return content.length === 0;
  if (value.property.type !== "formula") return false;
  const { type, ...result } = content as JsonObject;
  return !result[String(type)];
};

/** The number of a number property or of a formula that gives one. */
const numberIn = (value: RolledUp): number | null => {
  const content = inner(value);
  if (typeof content === "number") return content;
  const nested = (content as JsonObject | null)?.number;
  return typeof nested === "number" ? nested : null;
};

const dateIn = (value: RolledUp): DateValue | null => {
  const content = inner(value);
  if (typeof content === "string" && value.property.type.endsWith("_time")) {
    return { start: content, end: null, time_zone: null };
  }
  if (value.property.type === "date") return content as DateValue | null;
  return value.property.type === "formula"
    ? (((content as JsonObject).date ?? null) as DateValue | null)
    : null;
};

/** What `count_values` and `unique` count: each choice, person or page of a list on its own. */
const parts = (value: RolledUp): string[] => {
  if (isEmpty(value)) return [];
  const content = inner(value);
  const isText = value.property.type === "title" || value.property.type === "rich_text";
  if (isText) return [(content as JsonObject[]).map((item) => item.plain_text).join("")];
  return Array.isArray(content) ? content.map((item) => JSON.stringify(item)) : [JSON.stringify(content)];
};

const number = (value: number | null): Result => ({ type: "number", number: value });
const documented = "documented: reference/property-object, rollup functions";
const count = (of: (values: readonly RolledUp[]) => number | null): RollupFunction => ({
  source: documented,
  of: (values) => number(of(values)),
});
/** Shares of all related pages, between 0 and 1. */
const share = (test: (value: RolledUp) => boolean): RollupFunction => ({
  source: `${documented}; the answer's scale (0 to 1) is assumed`,
  of: (values) => number(values.length === 0 ? null : values.filter(test).length / values.length),
});
const ofNumbers = (compute: (numbers: number[]) => number, empty: number | null): RollupFunction => ({
  source: documented,
  of: (values) => {
    const numbers = values.flatMap((value) => numberIn(value) ?? []);
    return number(numbers.length === 0 ? empty : compute(numbers));
  },
});
const ofDates = (compute: (dates: DateValue[]) => DateValue | null): RollupFunction => ({
  source: documented,
  of: (values) => {
    const dates = values.flatMap((value) => dateIn(value) ?? []);
    const inOrder = dates.sort((one, other) => parseIso(one.start) - parseIso(other.start));
    return { type: "date", date: compute(inOrder) };
  },
});
/** Kinds of result that the subset does not compute. */
const unsupported: RollupFunction = { source: "assumed: shown as unsupported", of: () => null };

const median = (numbers: number[]): number => {
  const inOrder = [...numbers].sort((one, other) => one - other);
  const middle = Math.floor(inOrder.length / 2);
  const [low = 0, high = 0] = [inOrder[inOrder.length % 2 === 0 ? middle - 1 : middle], inOrder[middle]];
  return (low + high) / 2;
};
const total = (numbers: number[]): number => numbers.reduce((sum, value) => sum + value, 0);
const endOf = (date: DateValue): string => date.end ?? date.start;
const latestEnd = (dates: DateValue[]): string | null => {
  const [last] = dates.map(endOf).sort((one, other) => parseIso(other) - parseIso(one));
  return last ?? null;
};
const single = (start: string | null): DateValue | null =>
  start === null ? null : { start, end: null, time_zone: null };

const isChecked = (value: RolledUp): boolean => inner(value) === true;

/** A list in an answer ends where references end (notion-api §3). */
const shownValues = 25;
const distinct = (values: readonly RolledUp[]): JsonObject[] => [
  ...new Map(values.map(({ shown }) => [JSON.stringify(shown), shown])).values(),
];

/** Every rollup function of the API. */
export const rollupFunctions: Readonly<Record<string, RollupFunction>> = {
  count: count((values) => values.length),
  count_values: count((values) => values.flatMap(parts).length),
  empty: count((values) => values.filter(isEmpty).length),
  not_empty: count((values) => values.filter((value) => !isEmpty(value)).length),
  unique: count((values) => new Set(values.flatMap(parts)).size),
  checked: count((values) => values.filter(isChecked).length),
  unchecked: count((values) => values.filter((value) => !isChecked(value)).length),
  percent_empty: share(isEmpty),
  percent_not_empty: share((value) => !isEmpty(value)),
  percent_checked: share(isChecked),
  percent_unchecked: share((value) => !isChecked(value)),
  sum: ofNumbers(total, 0),
  average: ofNumbers((numbers) => total(numbers) / numbers.length, null),
  median: ofNumbers(median, null),
  min: ofNumbers((numbers) => Math.min(...numbers), null),
  max: ofNumbers((numbers) => Math.max(...numbers), null),
  range: ofNumbers((numbers) => Math.max(...numbers) - Math.min(...numbers), null),
  earliest_date: ofDates(([first]) => single(first?.start ?? null)),
  latest_date: ofDates((dates) => single(latestEnd(dates))),
  date_range: ofDates((dates) => {
    const [first] = dates;
    return first ? { start: first.start, end: latestEnd(dates), time_zone: null } : null;
  }),
  show_original: {
    source: documented,
    of: (values) => ({ type: "array", array: values.slice(0, shownValues).map(({ shown }) => shown) }),
  },
  show_unique: {
    source: documented,
    of: (values) => ({ type: "array", array: distinct(values).slice(0, shownValues) }),
  },
  count_per_group: unsupported,
  percent_per_group: unsupported,
};
