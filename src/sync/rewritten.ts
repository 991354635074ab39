import type { MirrorPage, Values } from "../store/pages.ts";
import { sameValue, type Value } from "../types/values.ts";

/** A page counts as rewritten if it held at least so many values and more than half of them read otherwise. */
const rewrittenFrom = 6;

/** Whether more than half of what a page held reads otherwise now. */
export const isRewritten = (page: MirrorPage, seen: Values): boolean => {
  const known = Object.entries(page.remote ?? page.base).filter(
    ([key, value]) => seen[key] !== undefined && !isEmpty(value),
  );
  const changed = known.filter(([key, value]) => !sameValue(seen[key] ?? null, value));
  return known.length >= rewrittenFrom && changed.length * 2 > known.length;
};

const isEmpty = (value: Value): boolean =>
  value === null || value === "" || value === false || (Array.isArray(value) && value.length === 0);
