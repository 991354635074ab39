import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type MergeInput, type MergeResult, merge } from "../../src/sync/merge.ts";
import type { Owner } from "../../src/types/schema.ts";
import { sameValue, type Value } from "../../src/types/values.ts";

type Case = readonly [
  what: string,
  owner: Owner,
  kind: MergeInput["kind"],
  values: readonly [base: Value, local: Value, remote: Value],
  result: readonly [base: Value, local: Value, event: MergeResult["event"]],
];

const [x, y, z] = ["x", "y", "z"];

const both: readonly Case[] = [
  ["the team's", "team", "scalar", [x, y, y], [y, y, null]],
  ["Milepost's", "service", "scalar", [x, y, y], [y, y, null]],
  ["a shared value", "shared", "scalar", [x, y, y], [y, y, null]],
  ["a shared set", "shared", "set", [[x], [y], [y]], [[y], [y], null]],
  ["a workflow column", "gate", "scalar", [x, y, y], [y, y, null]],
  ["Notion's own", "derived", "scalar", [x, y, y], [y, y, null]],
];
const inNotion: readonly Case[] = [
  ["the team's", "team", "scalar", [x, x, y], [y, y, "adopted"]],
  ["Milepost's", "service", "scalar", [x, x, y], [x, x, "drift"]],
  ["a shared value", "shared", "scalar", [x, x, y], [y, y, "adopted"]],
  ["a shared set", "shared", "set", [[x], [x], [x, y]], [[x, y], [x, y], "adopted"]],
  ["a workflow column", "gate", "scalar", [x, x, y], [x, x, "request"]],
  ["Notion's own", "derived", "scalar", [x, x, y], [y, y, "adopted"]],
];
const here: readonly Case[] = [
  ["the team's (nothing may change it here)", "team", "scalar", [x, y, x], [x, x, "adopted"]],
  ["Milepost's", "service", "scalar", [x, y, x], [x, y, null]],
  ["a shared value", "shared", "scalar", [x, y, x], [x, y, null]],
  ["a shared set", "shared", "set", [[x], [x, y], [x]], [[x], [x, y], null]],
  ["a workflow column", "gate", "scalar", [x, y, x], [x, y, null]],
];
const apart: readonly Case[] = [
  ["the team's", "team", "scalar", [x, y, z], [z, z, "adopted"]],
  ["Milepost's", "service", "scalar", [x, y, z], [x, y, "drift"]],
  ["a shared value", "shared", "scalar", [x, y, z], [z, z, "conflict"]],
  ["a shared value that was cleared", "shared", "scalar", [x, y, null], [null, null, "conflict"]],
  ["a workflow column", "gate", "scalar", [x, y, z], [x, y, "request"]],
  ["a shared set, each adding one", "shared", "set", [[x], [x, y], [x, z]], [[x], [x, y, z], "adopted"]],
  ["a shared set, each taking one", "shared", "set", [[x, y], [x], [y]], [[x, y], [], "adopted"]],
  ["a shared set, one adding, one taking", "shared", "set", [[x], [], [x, z]], [[x], [z], "adopted"]],
];

describe.each([
  { when: "both sides came to the same", cases: both },
  { when: "only Notion changed", cases: inNotion },
  { when: "only Milepost changed", cases: here },
  { when: "both changed, and differ", cases: apart },
])("merging where $when", ({ cases }) => {
  test.each(cases)("%s", (_what, owner, kind, [base, local, remote], [newBase, newLocal, event]) => {
    expect(merge({ owner, kind, base, local, remote })).toEqual({ base: newBase, local: newLocal, event });
  });
});

const scalar = fc.constantFrom<Value>(null, "", x, y, 0, false, {
  start: "2026-11-24",
  end: null,
  zone: null,
});
const set = fc
  .uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"))
  .map((members): Value => [...members].sort());
const owners = fc.constantFrom<Owner>("team", "service", "shared", "gate", "derived");
const inputs = fc.oneof(
  fc.record({
    owner: owners,
    kind: fc.constant("scalar" as const),
    base: scalar,
    local: scalar,
    remote: scalar,
  }),
  fc.record({ owner: owners, kind: fc.constant("set" as const), base: set, local: set, remote: set }),
);

describe("merging", () => {
  test("again with what came out of it changes nothing", () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const first = merge(input);
        const again = merge({ ...input, base: first.base, local: first.local });
        expect([again.base, again.local]).toEqual([first.base, first.local]);
      }),
    );
  });

  test("of a shared set does not depend on which side made which change", () => {
    fc.assert(
      fc.property(set, set, set, (base, one, other) => {
        const there = merge({ owner: "shared", kind: "set", base, local: one, remote: other });
        const back = merge({ owner: "shared", kind: "set", base, local: other, remote: one });
        expect(there.local).toEqual(back.local);
      }),
    );
  });

  test("ends with both sides the same once the local value is written", () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { base, local } = merge(input);
        const written = merge({ ...input, base, local, remote: local });
        expect(written).toEqual({ base: local, local, event: null });
      }),
    );
  });

  test("takes the base only from what both sides showed or agreed on before", () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { base, local } = merge(input);
        expect(sameValue(base, input.base) || (sameValue(base, input.remote) && sameValue(local, base))).toBe(
          true,
        );
      }),
    );
  });
});
