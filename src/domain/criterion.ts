import type { Stage } from "../../notion-templates/stages.ts";
import type { History } from "../types/loop.ts";
import type { DatabaseKey } from "../types/schema.ts";
import type { Fault } from "./fault.ts";
import type { Office } from "./office.ts";
import type { DeliveryRecord } from "./record.ts";

/** What a criterion is judged on. `now` is UTC ms. */
export type Situation = {
  readonly record: DeliveryRecord;
  readonly history: History;
  readonly office: Office;
  readonly now: number;
};

/** `changesAt` (UTC ms) is when the clock alone will meet the criterion. */
export type Judgement =
  | { readonly met: true; readonly notApplicable?: true }
  | { readonly met: false; readonly faults: readonly Fault[]; readonly changesAt: number | null };

/** One thing that has to be true before a project leaves a stage forwards. */
export type Criterion = {
  readonly id: string;
  /** The stages it has to be true for leaving, in their order. */
  readonly gates: readonly Stage[];
  /** The process document's own words. */
  readonly sentence: string;
  /** What is looked at, and what an empty cell or a missing row means; for people. */
  readonly judged: string;
  /** Which document and section says it. */
  readonly source: string;
  /** Where a person can fix it: every place that a fault may name. */
  readonly fixedIn: readonly { readonly database: DatabaseKey; readonly property: string }[];
  /** Whether an Override reason may pass it (design §8). */
  readonly overridable: boolean;
  readonly judge: (situation: Situation) => Judgement;
};

/** The criterion is met unless something keeps it from being; nothing changes by the clock. */
export const unless = (faults: readonly Fault[]): Judgement =>
  faults.length === 0 ? { met: true } : { met: false, faults, changesAt: null };

/** There is nothing that the criterion could be asked of. */
export const notApplicable: Judgement = { met: true, notApplicable: true };
