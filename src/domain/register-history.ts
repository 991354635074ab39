import type { Cause } from "../types/action.ts";
import type { Actor, History, Transition } from "../types/loop.ts";
import { effectiveOf } from "./history.ts";
import { causeOf } from "./proposal.ts";
import type { Risk } from "./record.ts";

/** The columns of the register whose changes are kept. */
const tracked = ["kind", "severity", "status"] as const;
type TrackedColumn = (typeof tracked)[number];

/** What each column has to hold for something to be true of a row. */
export type Condition = Readonly<Partial<Record<TrackedColumn, (value: string | null) => boolean>>>;

/** What made something true of a row, and when (UTC ms). `by` is known where it was a change. */
export type Turn = { readonly cause: Cause; readonly at: number; readonly by: Actor | null };

/** Whether something is true of a row of the register now. */
export const holds = (risk: Risk, condition: Condition): boolean =>
  tracked.every((column) => condition[column]?.(risk[column]) ?? true);

/** The last change that made it true of a row for which it holds now; the row's creation where none is known. */
export const turnOf = (history: History, risk: Risk, condition: Condition): Turn => {
  const turns = tracked.flatMap((column): readonly Transition[] => {
    const isSo = condition[column];
    if (isSo === undefined) return [];
    return effectiveOf(history, risk.pageId, column).filter(
      ({ outcome, from, to }) => outcome === "accepted" && !isSo(from) && isSo(to),
    );
  });
  const last = turns.toSorted((one, other) => one.at - other.at).at(-1);
  if (last) return { cause: causeOf(last), at: last.at, by: last.by };
  const date = new Date(risk.createdTime).toISOString().slice(0, 10);
  return { cause: { kind: "date", date }, at: risk.createdTime, by: null };
};
