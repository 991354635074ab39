import type { Situation } from "../domain/criterion.ts";
import type { Wanted } from "../types/loop.ts";

/** A rule: what ought to exist for one project. It reads facts, history and the domain, never another rule's output. */
export type Rule = {
  /** Stands in the journal and in the store's install times; never changes. */
  readonly id: string;
  /** The version of Milepost that brought the rule. */
  readonly since: string;
  readonly decide: (situation: Situation) => Wanted;
};

export const nothing: Wanted = { values: [], actions: [], wakeAt: null };
