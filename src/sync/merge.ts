import type { Owner, PropertyTemplate } from "../types/schema.ts";
import { sameValue, type Value } from "../types/values.ts";

/** B, L and R of one property (reliability §2.1): last agreed, wanted here, read from Notion. */
export type MergeInput = {
  readonly owner: Owner;
  readonly kind: "scalar" | "set";
  readonly base: Value;
  readonly local: Value;
  readonly remote: Value;
};

/**
 * What the merge found. `adopted`: the person's value is ours now. `drift`: a person changed what is Milepost's, ours goes back.
 * `conflict`: both changed, the person's value stays. `request`: a person asks for a change of a workflow column.
 */
export type MergeEvent = "adopted" | "drift" | "conflict" | "request";

export type MergeResult = { readonly base: Value; readonly local: Value; readonly event: MergeEvent | null };

/** Multi-select, people and relations merge as sets; everything else is one value. */
export const mergeKind = (property: PropertyTemplate): MergeInput["kind"] =>
  property.type === "multi_select" || property.type === "people" || property.type === "relation"
    ? "set"
    : "scalar";

/** Three-way merge of one property by its owner; the table of reliability §2.1. Pure; judges no request. */
export const merge = (input: MergeInput): MergeResult => {
  const { owner, base, local, remote } = input;
  if (sameValue(local, remote)) return { base: remote, local, event: null };
  if (owner === "team" || owner === "derived") return { base: remote, local: remote, event: "adopted" };
  if (sameValue(remote, base)) return { base, local, event: null };
  switch (owner) {
    case "service":
      return { base, local, event: "drift" };
    case "gate":
      return { base, local, event: "request" };
    case "shared":
      return sameValue(local, base) ? { base: remote, local: remote, event: "adopted" } : mergeShared(input);
  }
};

const mergeShared = ({ kind, base, local, remote }: MergeInput): MergeResult => {
  if (kind === "scalar") return { base: remote, local: remote, event: "conflict" };
  const [b, l, r] = [members(base), members(local), members(remote)];
  const kept = [...b].filter((id) => l.has(id) && r.has(id));
  const added = [...l, ...r].filter((id) => !b.has(id));
  const merged = [...new Set([...kept, ...added])].sort();
  // Where nothing is left to write both sides agree, and the next removal has to be seen against what they agreed on.
  return { base: sameValue(merged, remote) ? remote : base, local: merged, event: "adopted" };
};

const members = (value: Value): ReadonlySet<string> =>
  new Set(Array.isArray(value) ? (value as readonly string[]) : []);

/** What two sets both hold. */
export const common = (one: Value, other: Value): Value => {
  const held = members(other);
  return [...members(one)].filter((id) => held.has(id));
};
