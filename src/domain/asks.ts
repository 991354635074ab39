import type { History } from "../types/loop.ts";
import { effectiveOf } from "./history.ts";
import type { Ask, DeliveryRecord } from "./record.ts";

const isOpenState = (state: string | null): boolean => state !== "Answered" && state !== "Withdrawn";

/** Whether an ask still waits for its answer; an empty State counts as Open. */
export const isOpenAsk = ({ state }: Pick<Ask, "state">): boolean => isOpenState(state);

/** A time during which the client owed an answer (UTC ms); `until` is null while it is still owed. */
export type ClientWait = { readonly ask: Ask; readonly from: number; readonly until: number | null };

/**
 * How long the project has waited for its client: an ask waits from when it was written down, or opened again, until its
 * State leaves Open. What was answered before Milepost looked is not known, and left out.
 */
export const clientWaits = (record: DeliveryRecord, history: History): readonly ClientWait[] =>
  record.asks.flatMap((ask) => waitsOf(ask, history));

/** The times that one ask has waited, oldest first. */
export const waitsOf = (ask: Ask, history: History): readonly ClientWait[] => {
  const waits: ClientWait[] = [];
  let from: number | null = ask.createdTime;
  for (const { outcome, to, at } of effectiveOf(history, ask.pageId, "state")) {
    if (isOpenState(to)) {
      if (outcome === "accepted") from ??= at;
      continue;
    }
    if (outcome === "accepted" && from !== null) waits.push({ ask, from, until: at });
    from = null;
  }
  return from !== null && isOpenAsk(ask) ? [...waits, { ask, from, until: null }] : waits;
};
