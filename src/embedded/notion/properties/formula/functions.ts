import { dayMs, minuteMs } from "../../time.ts";
import {
  type FormulaDate,
  type FormulaValue,
  isDate,
  isEmpty,
  isList,
  numberOf,
  textOf,
  Unsupported,
} from "./value.ts";

export type FormulaFunction = (args: readonly FormulaValue[], now: number) => FormulaValue;

const dateOf = (value: FormulaValue): FormulaDate => {
  if (isDate(value)) return value.date;
  throw new Unsupported("date of that value");
};
const listOf = (value: FormulaValue): FormulaValue[] => {
  if (isList(value)) return value.list;
  return value === null ? [] : [value];
};
const at = (args: readonly FormulaValue[], index: number): FormulaValue => args[index] ?? null;

const ofNumber =
  (compute: (value: number) => number): FormulaFunction =>
  (args) =>
    at(args, 0) === null ? null : compute(numberOf(at(args, 0)));
const ofNumbers =
  (compute: (values: number[]) => number): FormulaFunction =>
  (args) => {
    const values = args.flatMap(listOf).map(numberOf);
    return values.length === 0 ? null : compute(values);
  };
const ofText =
  (compute: (text: string) => FormulaValue): FormulaFunction =>
  (args) =>
    compute(textOf(at(args, 0)));
const ofDate =
  (compute: (date: Date) => number): FormulaFunction =>
  (args) =>
    at(args, 0) === null ? null : compute(new Date(dateOf(at(args, 0)).ms));

const unitMs: Readonly<Record<string, number>> = {
  minutes: minuteMs,
  hours: 60 * minuteMs,
  days: dayMs,
  weeks: 7 * dayMs,
};
const unitMonths: Readonly<Record<string, number>> = { months: 1, quarters: 3, years: 12 };

const shiftMonths = (ms: number, months: number): number => {
  const date = new Date(ms);
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate();
  return first + (Math.min(date.getUTCDate(), last) - 1) * dayMs + (ms % dayMs);
};

/** Date and UTC arithmetic stays inside what JavaScript can show. */
const assertShowable = (ms: number): number => {
  if (Number.isNaN(new Date(ms).getTime())) throw new Unsupported("date that far away");
  return ms;
};

const shifted =
  (sign: 1 | -1): FormulaFunction =>
  (args) => {
    if (at(args, 0) === null) return null;
    const date = dateOf(at(args, 0));
    const amount = sign * numberOf(at(args, 1));
    const unit = textOf(at(args, 2));
    const months = unitMonths[unit];
    const size = unitMs[unit];
    if (months === undefined && size === undefined) throw new Unsupported(`unit ${unit}`);
    const ms = months === undefined ? date.ms + amount * (size ?? 0) : shiftMonths(date.ms, amount * months);
    return { date: { ...date, ms: assertShowable(ms), endMs: null } };
  };

const between: FormulaFunction = (args) => {
  if (at(args, 0) === null || at(args, 1) === null) return null;
  const [late, early] = [dateOf(at(args, 0)).ms, dateOf(at(args, 1)).ms];
  const unit = textOf(at(args, 2));
  const months = unitMonths[unit];
  if (months === undefined) {
    const size = unitMs[unit];
    if (size === undefined) throw new Unsupported(`unit ${unit}`);
    return Math.trunc((late - early) / size);
  }
  const [one, other] = [new Date(late), new Date(early)];
  const whole =
    (one.getUTCFullYear() - other.getUTCFullYear()) * 12 + one.getUTCMonth() - other.getUTCMonth();
  const overshoot = whole > 0 && shiftMonths(early, whole) > late ? 1 : 0;
  const undershoot = whole < 0 && shiftMonths(early, whole) < late ? -1 : 0;
  return Math.trunc((whole - overshoot - undershoot) / months);
};

/** Weekdays count from 1 (Monday) to 7, as in Notion since formulas 2.0. */
const weekday = (date: Date): number => ((date.getUTCDay() + 6) % 7) + 1;

/**
 * The functions of the subset. Documented: the Help Center's page on formula syntax; edge cases (empty values, units)
 * are assumed. `if`, `ifs`, `and`, `or` are read by the evaluator, which leaves out what is not chosen.
 */
export const formulaFunctions: Readonly<Record<string, FormulaFunction>> = {
  empty: (args) => isEmpty(at(args, 0)),
  length: (args) => {
    const value = at(args, 0);
    return isList(value) ? value.list.length : textOf(value).length;
  },
  format: ofText((text) => text),
  lower: ofText((text) => text.toLowerCase()),
  upper: ofText((text) => text.toUpperCase()),
  trim: ofText((text) => text.trim()),
  toNumber: (args) => {
    const value = at(args, 0);
    if (typeof value === "boolean") return value ? 1 : 0;
    if (isDate(value)) return value.date.ms;
    const number = Number.parseFloat(textOf(value));
    return Number.isNaN(number) ? null : number;
  },
  contains: (args) => textOf(at(args, 0)).includes(textOf(at(args, 1))),
  includes: (args) => listOf(at(args, 0)).some((item) => textOf(item) === textOf(at(args, 1))),
  concat: (args) => (args.some(isList) ? { list: args.flatMap(listOf) } : args.map(textOf).join("")),
  join: (args) =>
    listOf(at(args, 0))
      .map(textOf)
      .join(textOf(at(args, 1))),
  substring: (args) =>
    textOf(at(args, 0)).substring(
      numberOf(at(args, 1)),
      args[2] === undefined ? undefined : numberOf(at(args, 2)),
    ),
  at: (args) => listOf(at(args, 0))[numberOf(at(args, 1))] ?? null,
  first: (args) => listOf(at(args, 0))[0] ?? null,
  last: (args) => listOf(at(args, 0)).at(-1) ?? null,
  abs: ofNumber(Math.abs),
  ceil: ofNumber(Math.ceil),
  floor: ofNumber(Math.floor),
  sqrt: ofNumber(Math.sqrt),
  sign: ofNumber(Math.sign),
  round: (args) => {
    if (at(args, 0) === null) return null;
    const factor = 10 ** numberOf(at(args, 1));
    return Math.round(numberOf(at(args, 0)) * factor) / factor;
  },
  pow: (args) => numberOf(at(args, 0)) ** numberOf(at(args, 1)),
  min: ofNumbers((values) => Math.min(...values)),
  max: ofNumbers((values) => Math.max(...values)),
  sum: ofNumbers((values) => values.reduce((total, value) => total + value, 0)),
  mean: ofNumbers((values) => values.reduce((total, value) => total + value, 0) / values.length),
  now: (_args, now) => ({ date: { ms: Math.floor(now / minuteMs) * minuteMs, endMs: null, hasTime: true } }),
  today: (_args, now) => ({ date: { ms: Math.floor(now / dayMs) * dayMs, endMs: null, hasTime: false } }),
  dateAdd: shifted(1),
  dateSubtract: shifted(-1),
  dateBetween: between,
  dateStart: (args) => (at(args, 0) === null ? null : { date: { ...dateOf(at(args, 0)), endMs: null } }),
  dateEnd: (args) => {
    if (at(args, 0) === null) return null;
    const date = dateOf(at(args, 0));
    return { date: { ...date, ms: date.endMs ?? date.ms, endMs: null } };
  },
  timestamp: ofDate((date) => date.getTime()),
  year: ofDate((date) => date.getUTCFullYear()),
  month: ofDate((date) => date.getUTCMonth() + 1),
  date: ofDate((date) => date.getUTCDate()),
  day: ofDate(weekday),
  hour: ofDate((date) => date.getUTCHours()),
  minute: ofDate((date) => date.getUTCMinutes()),
};
