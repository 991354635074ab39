import type { History, Transition } from "../types/loop.ts";

/** What happened to one column of one page, oldest first. */
const transitionsOf = (history: History, pageId: string, property: string): readonly Transition[] =>
  history.transitions
    .filter((transition) => transition.pageId === pageId && transition.property === property)
    .sort((one, other) => one.version - other.version);

/** The changes of a column that took effect, baselines among them, oldest first. */
export const effectiveOf = (history: History, pageId: string, property: string): readonly Transition[] =>
  transitionsOf(history, pageId, property).filter(({ outcome }) => outcome !== "refused");

/** The requests for a column that were judged, accepted or refused, oldest first. */
export const judgedOf = (history: History, pageId: string, property: string): readonly Transition[] =>
  transitionsOf(history, pageId, property).filter(({ outcome }) => outcome !== "baseline");
