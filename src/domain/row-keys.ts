import { actionKey, type Cause } from "../types/action.ts";
import { memoized } from "./memoize.ts";

/** So many causes are kept for each list of names; then it begins anew. */
const keptCauses = 2_000;

const keptKeys = memoized((_names: readonly string[]) => new Map<string, readonly string[]>());

/**
 * The keys of the actions that make a project's rows for one cause, in the order of their names. They never change, and a
 * project is decided many times: making forty keys takes as long as judging a gate.
 */
export const rowKeys = (projectId: string, names: readonly string[], cause: Cause): readonly string[] => {
  const kept = keptKeys(names);
  const which = actionKey("row", projectId, cause);
  const known = kept.get(which);
  if (known) return known;
  const keys = names.map((name) => actionKey("row", `${projectId}:${name}`, cause));
  if (kept.size >= keptCauses) kept.clear();
  kept.set(which, keys);
  return keys;
};
