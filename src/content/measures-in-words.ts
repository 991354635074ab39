import type { MeasureAnswer } from "../domain/measure-answers.ts";
import type { Goal, Unit } from "../domain/office-measures.ts";

/** At most two decimals, without those that are 0. */
const rounded = (value: number, decimals: number): string => String(Number(value.toFixed(decimals)));

/** A number as a person reads it, such as "85 % of projects", "1 business day" or "7.5 out of 10". */
export const valueInWords = (value: number | null, unit: Unit): string => {
  if (value === null) return "no answer yet";
  if (unit === "yes or no") return value === 1 ? "yes" : "no";
  if (unit.startsWith("share")) return `${rounded(100 * value, 1)} % ${unit.slice("share ".length)}`;
  const shown = rounded(value, 2);
  return `${shown} ${shown === "1" ? unit.replace(/s$/, "") : unit}`;
};

const goalWords = { above: "more than ", below: "less than ", atLeast: "at least ", exactly: "" } as const;

/** What a document aims at, such as "more than 85 % of projects". */
export const goalInWords = ({ kind, value }: Goal, unit: Unit): string =>
  `${goalWords[kind]}${valueInWords(value, unit)}`;

/** Whether a target is met, in words; null where there is nothing to say. */
export const verdictInWords = (met: MeasureAnswer["met"]): string | null => {
  if (met === null) return null;
  return met ? "met" : "not met";
};
