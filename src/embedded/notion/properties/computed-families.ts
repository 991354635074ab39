import { z } from "zod";
import {
  checkboxFamily,
  choiceFamily,
  choicesFamily,
  dateFamily,
  existenceFamily,
  type FilterContext,
  type FilterFamily,
  numberFamily,
  referencesFamily,
  textFamily,
} from "../query/families.ts";

/** A computed value as filters see it: its kind, and what the family of that kind compares. */
export type ComputedComparand = { kind: string; value: unknown; elements: readonly ComputedComparand[] };

type Operators = FilterFamily["operators"];
type Row = Operators[string];
type Matches = (comparand: unknown) => boolean;

const exactlyOne = (input: Record<string, unknown>): boolean => Object.keys(input).length === 1;

/** The operand `{ <name>: <operand of that name> }`, one of them. */
const oneOf = (schemas: Readonly<Record<string, z.ZodType>>): z.ZodType =>
  z
    .strictObject(
      Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, schema.optional()])),
    )
    .refine(exactlyOne, { error: "an object with one condition" });

const conditionSchema = (family: FilterFamily): z.ZodType =>
  oneOf(Object.fromEntries(Object.entries(family.operators).map(([name, { operand }]) => [name, operand])));

const matcher = (family: FilterFamily, condition: object, context: FilterContext): Matches => {
  const [[name, operand] = ["", undefined]] = Object.entries(condition);
  const row = family.operators[name];
  return row ? (row.test(operand as never, context) as Matches) : () => false;
};

/** A value of another kind than the condition's counts as empty, which `is_empty` alone fits. */
const ofKind = (kind: string, family: FilterFamily, empty: unknown): Row => ({
  operand: conditionSchema(family),
  test: (operand: object, context: FilterContext) => {
    const matches = matcher(family, operand, context);
    return (comparand: unknown) => {
      const { kind: given, value } = comparand as ComputedComparand;
      return matches(given === kind ? value : empty);
    };
  },
});

const kinds = {
  string: ofKind("string", textFamily, ""),
  checkbox: ofKind("checkbox", checkboxFamily, false),
  number: ofKind("number", numberFamily, null),
  date: ofKind("date", dateFamily, null),
};

const sortKey = (comparand: unknown): string | number | null => {
  const { kind, value } = comparand as ComputedComparand;
  if (kind === "date") return (value as { start: number } | null)?.start ?? null;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "string") return value === "" ? null : value.toLowerCase();
  return typeof value === "number" ? value : null;
};

/** Documented: reference/filter-data-source-entries, formula. */
export const formulaFamily: FilterFamily = { operators: kinds, sortKey };

/** Conditions on the elements of a rollup, by the type of what is rolled up. */
const elementFamilies: Readonly<Record<string, FilterFamily>> = {
  title: textFamily,
  rich_text: textFamily,
  number: numberFamily,
  checkbox: checkboxFamily,
  select: choiceFamily,
  multi_select: choicesFamily,
  status: choiceFamily,
  relation: referencesFamily,
  people: referencesFamily,
  date: dateFamily,
  files: existenceFamily,
};

/** Types that a condition on text fits. Assumed: the documentation names `rich_text` alone. */
const textKinds = new Set(["title", "url", "email", "phone_number"]);

const elementsSchema = oneOf(
  Object.fromEntries(
    Object.entries(elementFamilies).map(([type, family]) => [type, conditionSchema(family)]),
  ),
);

const onElements = (
  holds: (elements: readonly ComputedComparand[], matches: (one: ComputedComparand) => boolean) => boolean,
): Row => ({
  operand: elementsSchema,
  test: (operand: object, context: FilterContext) => {
    const [[type, condition] = ["", {}]] = Object.entries(operand);
    const family = elementFamilies[type];
    const matches = family ? matcher(family, condition, context) : () => false;
    return (comparand: unknown) =>
      holds(
        (comparand as ComputedComparand).elements,
        (one) =>
          (one.kind === type || (type === "rich_text" && textKinds.has(one.kind))) && matches(one.value),
      );
  },
});

/** Documented: reference/filter-data-source-entries, rollup. */
export const rollupFamily: FilterFamily = {
  operators: {
    any: onElements((elements, matches) => elements.some(matches)),
    every: onElements((elements, matches) => elements.every(matches)),
    none: onElements((elements, matches) => !elements.some(matches)),
    number: kinds.number,
    date: kinds.date,
  },
  sortKey,
};
