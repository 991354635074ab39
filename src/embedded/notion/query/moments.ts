import { z } from "zod";
import { dayMs } from "../time.ts";

/** A date value in UTC ms; a date without time covers its whole UTC day. */
export type Moment = { start: number };

type Span = { from: number; to: number };

const dateOnly = /^\d{4}-\d{2}-\d{2}$/;
const hasZone = /(Z|[+-]\d{2}:?\d{2})$/i;

/** Ms of an ISO 8601 date or date-time; without a zone it is UTC. NaN if it is none. */
export const parseIso = (text: string): number => {
  if (!/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}|$)/.test(text)) return Number.NaN;
  // Date.parse takes 31 February for 3 March.
  const day = Date.parse(text.slice(0, 10));
  if (Number.isNaN(day) || new Date(day).getUTCDate() !== Number(text.slice(8, 10))) return Number.NaN;
  return Date.parse(dateOnly.test(text) || hasZone.test(text) ? text : `${text}Z`);
};

export const isDateOnly = (text: string): boolean => dateOnly.test(text);

const startOfDay = (ms: number): number => Math.floor(ms / dayMs) * dayMs;

const shiftMonths = (ms: number, months: number): number => {
  const date = new Date(ms);
  const day = date.getUTCDate();
  const target = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate();
  return target + (Math.min(day, lastDay) - 1) * dayMs;
};

/** Relative dates, resolved to a day when the query runs. Documented: notion-api §2; that the day is a UTC day is assumed. */
const relativeDays: Readonly<Record<string, (today: number) => number>> = {
  today: (today) => today,
  tomorrow: (today) => today + dayMs,
  yesterday: (today) => today - dayMs,
  one_week_ago: (today) => today - 7 * dayMs,
  one_week_from_now: (today) => today + 7 * dayMs,
  one_month_ago: (today) => shiftMonths(today, -1),
  one_month_from_now: (today) => shiftMonths(today, 1),
};

/** The span a filter's operand means: a whole UTC day, or one instant. */
const spanOf = (operand: string, now: number): Span => {
  const relative = relativeDays[operand];
  const from = relative ? relative(startOfDay(now)) : parseIso(operand);
  return { from, to: relative || isDateOnly(operand) ? from + dayMs : from + 1 };
};

/** Weeks start on Sunday, Notion's default (assumed for the API). 4 January 1970 was one. */
const startOfWeek = (ms: number): number =>
  Math.floor((startOfDay(ms) - 3 * dayMs) / (7 * dayMs)) * 7 * dayMs + 3 * dayMs;

type MomentTest = { takesDate: boolean; test: (operand: string, now: number) => (moment: Moment) => boolean };

const compared = (matches: (start: number, span: Span) => boolean): MomentTest => ({
  takesDate: true,
  test: (operand, now) => {
    const span = spanOf(operand, now);
    return ({ start }) => matches(start, span);
  },
});

const within = (spanAt: (today: number) => Span): MomentTest => ({
  takesDate: false,
  test: (_operand, now) => {
    const { from, to } = spanAt(startOfDay(now));
    return ({ start }) => start >= from && start < to;
  },
});

/** Date operators (notion-api §2, §7): ms comparison, `equals` of a date alone is the whole UTC day. */
export const momentTests: Readonly<Record<string, MomentTest>> = {
  equals: compared((start, { from, to }) => start >= from && start < to),
  before: compared((start, { from }) => start < from),
  after: compared((start, { to }) => start >= to),
  on_or_before: compared((start, { to }) => start < to),
  on_or_after: compared((start, { from }) => start >= from),
  this_week: within((today) => ({ from: startOfWeek(today), to: startOfWeek(today) + 7 * dayMs })),
  past_week: within((today) => ({ from: today - 7 * dayMs, to: today + dayMs })),
  past_month: within((today) => ({ from: shiftMonths(today, -1), to: today + dayMs })),
  past_year: within((today) => ({ from: shiftMonths(today, -12), to: today + dayMs })),
  next_week: within((today) => ({ from: today, to: today + 8 * dayMs })),
  next_month: within((today) => ({ from: today, to: shiftMonths(today, 1) + dayMs })),
  next_year: within((today) => ({ from: today, to: shiftMonths(today, 12) + dayMs })),
};

export const dateSchemaForFilter = (takesDate: boolean): z.ZodType =>
  takesDate
    ? z.string().refine((text) => Object.hasOwn(relativeDays, text) || !Number.isNaN(parseIso(text)), {
        error: "a valid ISO 8601 date string",
      })
    : z.strictObject({});
