import { isOpenAsk } from "./asks.ts";
import { type Judgement, notApplicable, type Situation, unless } from "./criterion.ts";
import { askName, type Fault, onAsk, onRisk, riskName } from "./fault.ts";
import { quotedNames } from "./in-words.ts";
import type { DeliveryRecord, Risk } from "./record.ts";
import { isHigh, isOpen, scoreOf } from "./risks.ts";

const titleOf = ({ title }: { readonly title: string }, otherwise: string): string =>
  title.trim() === "" ? otherwise : title.trim();

const titles = (risks: readonly Risk[]): string =>
  quotedNames(risks.map((risk) => titleOf(risk, "Untitled risk")));

/** Rows of the register without a Kind are taken for risks. */
const risksOf = ({ risks }: DeliveryRecord): readonly Risk[] =>
  risks.filter(({ kind }) => kind === "Risk" || kind === null);

/** The register has risks, and each that is still open has its mitigation. */
export const registered = ({ record }: Situation): Judgement => {
  const risks = risksOf(record);
  if (risks.length === 0) {
    const sentence = `Add this project's risks to Risks, each with a ${riskName("mitigation")}.`;
    return unless([{ sentence, places: [onRisk(null, "title")] }]);
  }
  const bare = risks.filter((risk) => isOpen(risk) && risk.mitigation.trim() === "");
  if (bare.length === 0) return { met: true };
  const sentence = `Write the ${riskName("mitigation")} of ${titles(bare)}.`;
  return unless([{ sentence, places: bare.map((risk) => onRisk(risk, "mitigation")) }]);
};

/** Every open risk is weighed, and each high one has an owner. */
export const highRisksOwned = ({ record }: Situation): Judgement => {
  const open = risksOf(record).filter(isOpen);
  if (open.length === 0) return notApplicable;
  return unless([...unweighed(open.filter((risk) => scoreOf(risk) === null)), ...unowned(open)]);
};

const unweighed = (risks: readonly Risk[]): readonly Fault[] => {
  if (risks.length === 0) return [];
  const sentence = `Set ${riskName("likelihood")} and ${riskName("impact")} of ${titles(risks)}: until then nobody knows whether the risk is high.`;
  const places = risks.flatMap((risk) => [
    ...(risk.likelihood === null ? [onRisk(risk, "likelihood")] : []),
    ...(risk.impact === null ? [onRisk(risk, "impact")] : []),
  ]);
  return [{ sentence, places }];
};

const unowned = (risks: readonly Risk[]): readonly Fault[] =>
  risks
    .filter((risk) => isHigh(risk) && risk.owner.length === 0)
    .map((risk) => ({
      sentence: `Name the ${riskName("owner")} of “${titleOf(risk, "Untitled risk")}”: it is a high risk (${riskName("score")} ${scoreOf(risk)}).`,
      places: [onRisk(risk, "owner")],
    }));

/** No critical issue is open, and every open one says how bad it is. */
export const noCriticalIssue = ({ record }: Situation): Judgement => {
  const issues = record.risks.filter(({ kind }) => kind === "Issue");
  if (issues.length === 0) return notApplicable;
  return unless(
    issues.filter(isOpen).flatMap((issue): Fault[] => {
      const name = `“${titleOf(issue, "Untitled issue")}”`;
      if (issue.severity === null) {
        const sentence = `Set the ${riskName("severity")} of the issue ${name}: a critical one stops the launch.`;
        return [{ sentence, places: [onRisk(issue, "severity")] }];
      }
      if (issue.severity !== "Critical") return [];
      const sentence = `Resolve the critical issue ${name} (its ${riskName("status")} is ${issue.status ?? "empty"}).`;
      return [{ sentence, places: [onRisk(issue, "status")] }];
    }),
  );
};

/** Every escalation is over, and says how. */
export const escalationsResolved = ({ record }: Situation): Judgement => {
  const escalations = record.risks.filter(({ kind }) => kind === "Escalation");
  if (escalations.length === 0) return notApplicable;
  return unless(
    escalations.flatMap((escalation): Fault[] => {
      const name = `“${titleOf(escalation, "Untitled escalation")}”`;
      if (isOpen(escalation)) {
        const sentence = `Resolve the escalation ${name} (its ${riskName("status")} is ${escalation.status ?? "empty"}).`;
        return [{ sentence, places: [onRisk(escalation, "status")] }];
      }
      if (escalation.resolution.trim() !== "") return [];
      const sentence = `Write the ${riskName("resolution")} of the escalation ${name}.`;
      return [{ sentence, places: [onRisk(escalation, "resolution")] }];
    }),
  );
};

/** Nothing is open that work cannot go on without. */
export const noBlockingAsk = ({ record }: Situation): Judgement => {
  if (record.asks.length === 0) return notApplicable;
  return unless(
    record.asks
      .filter((ask) => ask.blocks && isOpenAsk(ask))
      .map((ask) => ({
        sentence: `Get the answer to “${titleOf(ask, "Untitled ask")}”, which blocks the work, and set its ${askName("state")} to Answered.`,
        places: [onAsk(ask, "state")],
      })),
  );
};
