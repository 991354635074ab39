import type { PastAction } from "../types/action.ts";
import type { History, Transition } from "../types/loop.ts";
import { memoized } from "./memoize.ts";

/** What happened to one column, oldest first: the changes that took effect, and the requests that were judged. */
type Column = { readonly effective: readonly Transition[]; readonly judged: readonly Transition[] };
const untouched: Column = { effective: [], judged: [] };

/** By page, then by property. Rules ask hundreds of times what happened to a column, so a history is sorted once. */
const columnsOf = memoized((transitions: History["transitions"]) => {
  const oldestFirst = transitions.toSorted((one, other) => one.version - other.version);
  const pages = Map.groupBy(oldestFirst, ({ pageId }) => pageId);
  return new Map([...pages].map(([pageId, list]) => [pageId, byProperty(list)]));
});

const byProperty = (transitions: readonly Transition[]): ReadonlyMap<string, Column> => {
  const lists = Map.groupBy(transitions, ({ property }) => property);
  return new Map(
    [...lists].map(([property, list]) => [
      property,
      {
        effective: list.filter(({ outcome }) => outcome !== "refused"),
        judged: list.filter(({ outcome }) => outcome !== "baseline"),
      },
    ]),
  );
};

const columnOf = ({ transitions }: History, pageId: string, property: string): Column =>
  columnsOf(transitions).get(pageId)?.get(property) ?? untouched;

/** The changes of a column that took effect, baselines among them, oldest first. */
export const effectiveOf = (history: History, pageId: string, property: string): readonly Transition[] =>
  columnOf(history, pageId, property).effective;

/** The requests for a column that were judged, accepted or refused, oldest first. */
export const judgedOf = (history: History, pageId: string, property: string): readonly Transition[] =>
  columnOf(history, pageId, property).judged;

const byKey = memoized(
  (actions: History["actions"]) => new Map(actions.map((action) => [action.key, action])),
);

/** What the ledger has under a key; null where it has nothing. */
export const pastAction = ({ actions }: History, key: string): PastAction | null =>
  byKey(actions).get(key) ?? null;

/** Whether an action was carried out. */
export const isDone = (history: History, key: string): boolean => pastAction(history, key)?.state === "done";
