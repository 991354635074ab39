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
  /** The stage it has to be true for leaving. */
  readonly gate: Stage;
  /** The process document's own words. */
  readonly sentence: string;
  /** Which document and section says it. */
  readonly source: string;
  /** Where a person can fix it: every place that a fault may name. */
  readonly fixedIn: readonly { readonly database: DatabaseKey; readonly property: string }[];
  /** Whether an Override reason may pass it (design §8). */
  readonly overridable: boolean;
  readonly judge: (situation: Situation) => Judgement;
};
