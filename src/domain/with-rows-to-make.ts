import { checksToMake } from "./checks-to-make.ts";
import type { Situation } from "./criterion.ts";
import { withRecord } from "./proposal.ts";
import type { Check, DeliveryRecord, Risk } from "./record.ts";
import { settledOf } from "./settled.ts";
import { withValues } from "./with-values.ts";

/**
 * The situation with the rows that are still to be made, so that what is said of it is true once they are there. They have
 * no page yet: nothing may link to them.
 */
export const withRowsToMake = (situation: Situation): Situation => {
  const { record } = situation;
  const { toMake, risks: risksToMake } = settledOf(situation);
  const checks = checksToMake(situation).map(({ check }) => newCheck(record, check));
  const risks = risksToMake.map(({ risk }) => newRisk(record, risk));
  if (toMake.length + checks.length + risks.length === 0) return situation;
  return withRecord(
    situation,
    withValues(record, {
      milestones: [...record.milestones, ...toMake],
      checks: [...record.checks, ...checks],
      risks: [...record.risks, ...risks],
    }),
  );
};

const newPage = ({ project }: DeliveryRecord) => ({
  ...{
    pageId: "",
    createdTime: 0,
    url: "",
    project: [project.pageId],
    clientVisible: false,
    milepostKey: "",
  },
});

const newCheck = (
  record: DeliveryRecord,
  { check, checkpoint }: Pick<Check, "check" | "checkpoint">,
): Check => ({
  ...newPage(record),
  ...{ check, checkpoint, result: "Not checked", evidence: "", reason: "", checkedBy: [], checkedOn: null },
});

const newRisk = (
  record: DeliveryRecord,
  { title, mitigation, contingency }: Pick<Risk, "title" | "mitigation" | "contingency">,
): Risk => ({
  ...newPage(record),
  ...{ title, mitigation, contingency, kind: "Risk", status: "Open", likelihood: null, impact: null },
  ...{ score: null, severity: null, signal: "", decider: [], owner: [], reviewBy: null, level: null, to: [] },
  ...{ respondBy: null, resolution: "" },
});
