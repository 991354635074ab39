import fc from "fast-check";
import { expect, test } from "vitest";
import { type MergeInput, merge } from "../../src/sync/merge.ts";
import type { Owner } from "../../src/types/schema.ts";
import { sameValue, type Value } from "../../src/types/values.ts";

const set = fc.subarray(["a", "b", "c", "d"]).map((ids): Value => [...ids].sort());
const scalar = fc.constantFrom<Value>("a", "b", "c", null);
const owner = fc.constantFrom<Owner>("team", "service", "shared", "gate", "derived");
const inputs: fc.Arbitrary<MergeInput> = fc.oneof(
  fc.record({ owner, kind: fc.constant("set" as const), base: set, local: set, remote: set }),
  fc.record({ owner, kind: fc.constant("scalar" as const), base: scalar, local: scalar, remote: scalar }),
);

test("P13: what two sides make of a shared set does not depend on whose side is whose", () => {
  fc.assert(
    fc.property(set, set, set, (base, one, other) => {
      const merged = (local: Value, remote: Value): Value =>
        merge({ owner: "shared", kind: "set", base, local, remote }).local;
      expect(merged(one, other)).toEqual(merged(other, one));
    }),
    { numRuns: 2_000 },
  );
});

test("P13: a shared set that was merged and written merges to itself", () => {
  fc.assert(
    fc.property(set, set, set, (base, local, remote) => {
      const input = { owner: "shared", kind: "set" } as const;
      const first = merge({ ...input, base, local, remote });
      const again = merge({ ...input, base: first.base, local: first.local, remote });
      expect(again.local).toEqual(first.local);
      const written = merge({ ...input, base: first.base, local: first.local, remote: first.local });
      expect(written).toEqual({ base: first.local, local: first.local, event: null });
    }),
    { numRuns: 2_000 },
  );
});

test("P3: merging what was merged and written changes nothing and says nothing, whoever owns the property", () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const { base, local } = merge(input);
      expect(merge({ ...input, base, local, remote: local })).toEqual({ base: local, local, event: null });
    }),
    { numRuns: 2_000 },
  );
});

test("P4, P10: a merge makes up no value, and the base moves only to what both sides show", () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const { base, local } = merge(input);
      const known = [input.base, input.local, input.remote].flat();
      expect(known).toEqual(expect.arrayContaining([local].flat()));
      if (!sameValue(base, input.base)) expect([base, local]).toEqual([input.remote, input.remote]);
    }),
    { numRuns: 2_000 },
  );
});
