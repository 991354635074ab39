import { actionKey, type Cause, type ProposedChange } from "../types/action.ts";
import type { History, Transition } from "../types/loop.ts";
import type { Situation } from "./criterion.ts";
import { pastAction } from "./history.ts";
import type { DeliveryRecord } from "./record.ts";
import { withEach, withValues } from "./with-values.ts";

/** What one cause changes in shared properties, once. `subject` is the cause's page. */
export type Proposal = {
  readonly key: string;
  readonly subject: string;
  readonly cause: Cause;
  readonly causedAt: number;
  readonly changes: readonly ProposedChange[];
  /** What moved, in a sentence for the team; empty where there is nothing to tell. */
  readonly summary: string;
};

/** A situation as proposals leave it. */
export type Settling = { readonly situation: Situation; readonly proposals: readonly Proposal[] };

export const causeOf = ({ property, version }: Transition): Cause => ({
  ...{ kind: "transition", property, version },
});

/** The key of what a change of a column proposes. */
export const proposalKey = (transition: Transition): string =>
  actionKey("propose", transition.pageId, causeOf(transition));

/** Whether the ledger has the action already. */
export const isKept = (history: History, key: string): boolean => {
  const past = pastAction(history, key);
  return past !== null && past.state !== "cancelled";
};

export const proposalBy = (
  by: Transition,
  changes: readonly ProposedChange[],
  summary: string,
): Proposal => ({
  ...{ key: proposalKey(by), subject: by.pageId, cause: causeOf(by), causedAt: by.at, changes, summary },
});

/** The record with proposed values. */
const proposed = (record: DeliveryRecord, changes: readonly ProposedChange[]): DeliveryRecord => {
  if (changes.length === 0) return record;
  const changed = <T extends { readonly pageId: string }>(row: T): T => {
    const own = changes.filter(({ pageId }) => pageId === row.pageId);
    if (own.length === 0) return row;
    const values = Object.fromEntries(own.map(({ property, value }) => [property, value]));
    return withValues(row, values as Partial<T>);
  };
  return withValues(record, {
    project: changed(record.project),
    milestones: withEach(record.milestones, changed),
  });
};

/** The situation with another record. */
export const withRecord = (situation: Situation, record: DeliveryRecord): Situation =>
  withValues(situation, { record });

/** The situation once proposals are made. */
export const settling = (situation: Situation, proposals: readonly Proposal[]): Settling => ({
  situation: withRecord(
    situation,
    proposed(
      situation.record,
      proposals.flatMap(({ changes }) => changes),
    ),
  ),
  proposals,
});
