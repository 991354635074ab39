import type { DateValue } from "../../model.ts";

/** A date inside a formula: the moment in ms and whether it carries a time. */
export type FormulaDate = { ms: number; endMs: number | null; hasTime: boolean };

/** What a formula computes with. An empty value is null. */
export type FormulaValue =
  | null
  | number
  | string
  | boolean
  | { date: FormulaDate }
  | { list: FormulaValue[] };

/** The formula uses what the subset does not have: its value is shown as `unsupported`. */
export class Unsupported extends Error {
  constructor(what: string) {
    super(`formulas here have no ${what}`);
    this.name = "Unsupported";
  }
}

export const isDate = (value: FormulaValue): value is { date: FormulaDate } =>
  typeof value === "object" && value !== null && "date" in value;
export const isList = (value: FormulaValue): value is { list: FormulaValue[] } =>
  typeof value === "object" && value !== null && "list" in value;

const shown = (ms: number, hasTime: boolean): string => {
  const text = new Date(ms).toISOString();
  return hasTime ? text.replace("Z", "+00:00") : text.slice(0, 10);
};

/** A date as answers carry it; formulas know no zone but UTC. */
export const dateValue = ({ ms, endMs, hasTime }: FormulaDate): DateValue => ({
  start: shown(ms, hasTime),
  end: endMs === null ? null : shown(endMs, hasTime),
  time_zone: null,
});

/** The text that `format`, `+` and `join` make of a value. */
export const textOf = (value: FormulaValue): string => {
  if (value === null) return "";
  if (isDate(value)) return dateValue(value.date).start;
  if (isList(value)) return value.list.map(textOf).join(", ");
  return String(value);
};

export const isEmpty = (value: FormulaValue): boolean =>
  value === null ||
  value === "" ||
  value === 0 ||
  value === false ||
  (isList(value) && value.list.length === 0);

export const numberOf = (value: FormulaValue): number => {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value === null) return 0;
  throw new Unsupported(`number of ${JSON.stringify(value)}`);
};
