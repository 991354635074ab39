import { z } from "zod";
import { dateSchemaForFilter, type Moment, momentTests } from "./moments.ts";

/** What a filter is resolved against when the query runs. */
export type FilterContext = { now: number; actorId: string; actorIsPerson: boolean };

type Test<C> = (comparand: C) => boolean;

/**
 * How values of several property types filter and sort alike. The operators are documented (reference
 * filter-data-source-entries; the SDK's filter types); that case does not count in texts and that `does_not_…` takes in
 * empty values is assumed.
 * `operators` maps each operator to the schema of its
 * operand and to the test it makes. A comparand of null is an empty value.
 */
export type FilterFamily<C = unknown> = {
  operators: Readonly<
    Record<string, { operand: z.ZodType; test: (operand: never, context: FilterContext) => Test<C> }>
  >;
  /** What rows are ordered by; null sorts last. */
  sortKey(comparand: C): string | number | null;
};

const family = <C>(row: FilterFamily<C>): FilterFamily => row as FilterFamily;

const yes = z.literal(true);
const existence = <C>(isEmpty: (comparand: C) => boolean) => ({
  is_empty: { operand: yes, test: () => isEmpty },
  is_not_empty: { operand: yes, test: () => (comparand: C) => !isEmpty(comparand) },
});

const string = z.string();
const textTest = (matches: (text: string, operand: string) => boolean) => ({
  operand: string,
  test: (operand: string) => {
    const wanted = operand.toLowerCase();
    return (text: string) => matches(text.toLowerCase(), wanted);
  },
});
export const textFamily = family<string>({
  operators: {
    equals: textTest((text, wanted) => text === wanted),
    does_not_equal: textTest((text, wanted) => text !== wanted),
    contains: textTest((text, wanted) => text.includes(wanted)),
    does_not_contain: textTest((text, wanted) => !text.includes(wanted)),
    starts_with: textTest((text, wanted) => text.startsWith(wanted)),
    ends_with: textTest((text, wanted) => text.endsWith(wanted)),
    ...existence<string>((text) => text === ""),
  },
  sortKey: (text) => (text === "" ? null : text.toLowerCase()),
});

const numberTest = (matches: (value: number, operand: number) => boolean) => ({
  operand: z.number(),
  test: (operand: number) => (value: number | null) => value !== null && matches(value, operand),
});
export const numberFamily = family<number | null>({
  operators: {
    equals: numberTest((value, operand) => value === operand),
    does_not_equal: {
      operand: z.number(),
      test: (operand: number) => (value: number | null) => value !== operand,
    },
    greater_than: numberTest((value, operand) => value > operand),
    less_than: numberTest((value, operand) => value < operand),
    greater_than_or_equal_to: numberTest((value, operand) => value >= operand),
    less_than_or_equal_to: numberTest((value, operand) => value <= operand),
    ...existence<number | null>((value) => value === null),
  },
  sortKey: (value) => value,
});

export const checkboxFamily = family<boolean>({
  operators: {
    equals: { operand: z.boolean(), test: (operand: boolean) => (value: boolean) => value === operand },
    does_not_equal: {
      operand: z.boolean(),
      test: (operand: boolean) => (value: boolean) => value !== operand,
    },
  },
  sortKey: (value) => (value ? 1 : 0),
});

/** A chosen option by every word that a filter may name it with (name, id, a status option's group). */
export type Choice = { words: readonly string[]; order: number };
const oneOrMany = z.union([z.string(), z.array(z.string()).max(100)]);
const wordsOf = (operand: string | string[]): ReadonlySet<string> => new Set([operand].flat());
const names = (choice: Choice, words: ReadonlySet<string>): boolean =>
  choice.words.some((word) => words.has(word));
const choiceTest = (expected: boolean) => ({
  operand: oneOrMany,
  test: (operand: string | string[]) => {
    const words = wordsOf(operand);
    return (choice: Choice | null) => (choice !== null && names(choice, words)) === expected;
  },
});
export const choiceFamily = family<Choice | null>({
  operators: {
    equals: choiceTest(true),
    does_not_equal: choiceTest(false),
    ...existence<Choice | null>((choice) => choice === null),
  },
  sortKey: (choice) => choice?.order ?? null,
});

const choicesTest = (expected: boolean) => ({
  operand: oneOrMany,
  test: (operand: string | string[]) => {
    const words = wordsOf(operand);
    return (choices: readonly Choice[]) => choices.some((choice) => names(choice, words)) === expected;
  },
});
export const choicesFamily = family<readonly Choice[]>({
  operators: {
    contains: choicesTest(true),
    does_not_contain: choicesTest(false),
    ...existence<readonly Choice[]>((choices) => choices.length === 0),
  },
  sortKey: (choices) => choices[0]?.order ?? null,
});

/** References to people or pages. */
export type References = { ids: readonly string[]; sortText: string };
const idTest = (expected: boolean) => ({
  operand: string,
  test: (operand: string, context: FilterContext) => {
    // An internal connection has no user of its own behind "me" (notion-api §2): nothing is its.
    const own = context.actorIsPerson ? context.actorId : "";
    const wanted = operand === "me" ? own : operand.toLowerCase().replaceAll("-", "");
    const compact = wanted.replaceAll("-", "");
    return (references: References) =>
      references.ids.some((id) => id.replaceAll("-", "") === compact) === expected;
  },
});
export const referencesFamily = family<References>({
  operators: {
    contains: idTest(true),
    does_not_contain: idTest(false),
    ...existence<References>((references) => references.ids.length === 0),
  },
  sortKey: (references) => (references.sortText === "" ? null : references.sortText.toLowerCase()),
});

export const existenceFamily = family<readonly unknown[]>({
  operators: existence<readonly unknown[]>((items) => items.length === 0),
  sortKey: (items) => (items.length === 0 ? null : items.length),
});

export const dateFamily = family<Moment | null>({
  operators: {
    ...Object.fromEntries(
      Object.entries(momentTests).map(([name, row]) => [
        name,
        {
          operand: dateSchemaForFilter(row.takesDate),
          test: (operand: string, context: FilterContext) => {
            const matches = row.test(operand, context.now);
            return (moment: Moment | null) => moment !== null && matches(moment);
          },
        },
      ]),
    ),
    ...existence<Moment | null>((moment) => moment === null),
  },
  sortKey: (moment) => moment?.start ?? null,
});
