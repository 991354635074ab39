import type { Office } from "../../../src/domain/office.ts";
import type { DeliveryRecord } from "../../../src/domain/record.ts";
import type { History } from "../../../src/types/loop.ts";
import { aFinishedRecord, aSchedule } from "../../support/records.ts";

/**
 * What a criterion is judged on; without a history nothing has happened, without `now` it is Tuesday at ten, without an
 * office it is one that has no day off.
 */
export type Facts = {
  readonly record: DeliveryRecord;
  readonly history?: History;
  readonly now?: number;
  readonly office?: Office;
};

/** A situation in words, its facts, and the exact text of each finding. */
type Refused = readonly [what: string, facts: Facts, ...findings: readonly string[]];

/** The five outcomes of one criterion. */
export type Case = {
  readonly met: Facts;
  /** The override is tried on the first. */
  readonly unmet: readonly [Refused, ...Refused[]];
  /** What a team would do where it does not apply; with findings where nothing makes it not apply. */
  readonly notApplicable: readonly [what: string, facts: Facts, ...findings: readonly string[]];
  readonly overridden: "passes" | "stands";
  /** A cell is empty, or a row was never made. */
  readonly missing: readonly [Refused, ...Refused[]];
};

type Parts = Omit<Partial<DeliveryRecord>, "project"> & {
  readonly project?: Partial<DeliveryRecord["project"]>;
};

/** A record that meets every gate but for these facts. */
export const but = ({ project, ...parts }: Parts): Facts => ({
  record: { ...aFinishedRecord(project), ...parts },
});

/** The same before anything is done: its milestones are open and dated. */
export const openBut = (steps: Parameters<typeof aSchedule>[0], project: Parts["project"] = {}): Facts =>
  but({ milestones: aSchedule(steps), project });

export const everything: Facts = but({});
