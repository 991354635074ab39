import { expect, test } from "vitest";
import { deciders } from "../../src/rules/rules.ts";
import { rulesInWords } from "../../src/rules/rules-in-words.ts";

test("every rule says in words why it wants what it wants", () => {
  expect(Object.keys(rulesInWords).toSorted()).toEqual(deciders.map(({ id }) => id).toSorted());
});
