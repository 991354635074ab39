import { expect, test } from "vitest";
import { rules } from "../../src/rules/rules.ts";
import { rulesInWords } from "../../src/rules/rules-in-words.ts";

test("every rule says in words why it wants what it wants", () => {
  expect(Object.keys(rulesInWords).toSorted()).toEqual(rules.map(({ id }) => id).toSorted());
});
