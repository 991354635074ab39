import type { PastAction } from "../types/action.ts";
import type { History, Transition } from "../types/loop.ts";

/** Rules ask hundreds of times what happened to a column, or what became of an action, so a history is sorted once. */
const byColumn = new WeakMap<History["transitions"], Columns>();
const byKey = new WeakMap<History["actions"], ReadonlyMap<string, PastAction>>();

/** By page, then by property. */
type Columns = ReadonlyMap<string, ReadonlyMap<string, readonly Transition[]>>;

const columnsOf = (transitions: readonly Transition[]): Columns => {
  const oldestFirst = transitions.toSorted((one, other) => one.version - other.version);
  const pages = Map.groupBy(oldestFirst, ({ pageId }) => pageId);
  return new Map([...pages].map(([pageId, list]) => [pageId, Map.groupBy(list, ({ property }) => property)]));
};

/** What happened to one column of one page, oldest first. */
const transitionsOf = ({ transitions }: History, pageId: string, property: string): readonly Transition[] => {
  const columns = byColumn.get(transitions) ?? columnsOf(transitions);
  byColumn.set(transitions, columns);
  return columns.get(pageId)?.get(property) ?? [];
};

/** The changes of a column that took effect, baselines among them, oldest first. */
export const effectiveOf = (history: History, pageId: string, property: string): readonly Transition[] =>
  transitionsOf(history, pageId, property).filter(({ outcome }) => outcome !== "refused");

/** The requests for a column that were judged, accepted or refused, oldest first. */
export const judgedOf = (history: History, pageId: string, property: string): readonly Transition[] =>
  transitionsOf(history, pageId, property).filter(({ outcome }) => outcome !== "baseline");

/** What the ledger has under a key; null where it has nothing. */
export const pastAction = ({ actions }: History, key: string): PastAction | null => {
  const keys = byKey.get(actions) ?? new Map(actions.map((action) => [action.key, action]));
  byKey.set(actions, keys);
  return keys.get(key) ?? null;
};

/** Whether an action was carried out. */
export const isDone = (history: History, key: string): boolean => pastAction(history, key)?.state === "done";
