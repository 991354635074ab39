import { expect, it } from "vitest";
import { readTree } from "./source.ts";

/** The faults of the injection suite (reliability §5) that this repository tests by number. */
const faults = [...Array.from({ length: 35 }, (_, index) => index + 1), 42, 43, 44, 45, 50, 53, 54].map(
  (number) => `F${number}`,
);

/** The numbers at the beginning of a test's name: `F1: …`, `F15, F18: …`. */
const namedIn = (text: string): string[] =>
  [
    ...text.matchAll(
      /\b(?:test|it)(?:\.(?:each|for)[\s\S]{0,4000}?\)\s*\(|(?:\.\w+)*\(|\.\w+<)\s*["'`]((?:F\d+(?:, )?)+): /g,
    ),
  ].flatMap(([, numbers = ""]) => numbers.split(", "));

it("finds the numbers of tests and of tables of tests, and no others", () => {
  expect(namedIn('test("F1: a pause", () => {});\n  it("F35, F2: a day", f);')).toEqual(["F1", "F35", "F2"]);
  expect(namedIn('test.for([\n  ["F9: no name", 1],\n])("F3: %i", async () => {});')).toEqual(["F3"]);
  expect(namedIn("test.for<Fault>([1])(\n    `F8: a comment`,\n f)")).toEqual(["F8"]);
  expect(namedIn('describe("F4: a group"); // F5: a word\ntest("a test of F6: none")')).toEqual([]);
});

it("every fault has a test that is named by it", () => {
  const others = [...readTree("test")].filter(([path]) => !path.endsWith("/fault-numbers.test.ts"));
  const named = new Set(others.flatMap(([, text]) => namedIn(text)));
  expect(faults.filter((fault) => !named.has(fault))).toEqual([]);
});
