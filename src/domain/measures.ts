import type { Stage } from "../../notion-templates/stages.ts";
import type { History } from "../types/loop.ts";
import { addBusinessDays, businessDaysBetween, type Calendar, dayOf, type PlainDate } from "./calendar.ts";
import { overrideCriterion } from "./gates.ts";
import { effectiveOf, judgedOf } from "./history.ts";
import { gatesBetween, isStage } from "./lifecycle.ts";
import type { DeliveryRecord } from "./record.ts";

/** How the client's wait is kept: from when something was asked to when it was answered (UTC ms; null while it is open). */
export type Waited = { readonly askedAt: number; readonly answeredAt: number | null };

/** What is measured. `recommends` is the client's answer to "Would you recommend us?"; null where nobody has asked or answered. */
export type MeasuredProject = {
  readonly record: DeliveryRecord;
  readonly history: History;
  readonly recommends: boolean | null;
  readonly clientWaits: readonly Waited[];
  /** Checks that count, and how many of them passed or do not apply; null where the project has none. */
  readonly checks: { readonly counted: number; readonly passed: number } | null;
  readonly documents: { readonly counted: number; readonly passed: number } | null;
};

/** A moment, and the days of the office by which it is read. */
export type MeasureGround = { readonly calendar: Calendar; readonly timeZone: string; readonly now: number };

/** What a project measures. Null: it has no answer yet. Times are in milliseconds, slips in business days, shares from 0 to 1. */
export type ProjectMeasures = {
  readonly onTime: boolean | null;
  readonly rating: number | null;
  readonly recommends: boolean | null;
  readonly issuesAfterLaunch: number | null;
  readonly criticalAfterLaunch: number | null;
  readonly changeRequests: number;
  readonly slip: number | null;
  /** Rounds of changes that the client asked for, of each milestone that was put to the client. */
  readonly revisions: readonly number[];
  readonly timeInStage: Readonly<Partial<Record<Stage, number>>>;
  /** Gates that were asked for, and those that opened at the first request. */
  readonly gates: { readonly asked: number; readonly firstPass: number };
  /** How often each criterion was found unmet. */
  readonly findings: Readonly<Record<string, number>>;
  readonly clientWait: number;
  readonly escalations: { readonly raised: number; readonly open: number };
  readonly checksComplete: number | null;
  readonly documentsComplete: number | null;
};

/** Measures one project by what its record and history hold; nothing is estimated. */
export const measureProject = (project: MeasuredProject, ground: MeasureGround): ProjectMeasures => {
  const { record, history, recommends, checks, documents, clientWaits } = project;
  const { rating } = record.project;
  const escalations = record.risks.filter(({ kind }) => kind === "Escalation");
  return {
    onTime: onTime(record, ground),
    rating: rating !== null && rating >= 1 && rating <= 10 ? rating : null,
    recommends,
    ...afterLaunch(project),
    changeRequests: record.changeRequests.length,
    slip: slipOf(record, ground),
    revisions: revisionsOf(record, history),
    timeInStage: timeInStage(project, ground.now),
    ...gatesOf(project),
    clientWait: clientWaits.reduce(
      (sum, { askedAt, answeredAt }) => sum + Math.max(0, (answeredAt ?? ground.now) - askedAt),
      0,
    ),
    escalations: {
      raised: escalations.length,
      open: escalations.filter(({ status }) => status !== "Resolved" && status !== "Closed").length,
    },
    checksComplete: shareOf(checks),
    documentsComplete: shareOf(documents),
  };
};

const shareOf = (part: MeasuredProject["checks"]): number | null =>
  part === null || part.counted === 0 ? null : part.passed / part.counted;

const days = (record: DeliveryRecord, zone: string) => {
  const { delivered, agreedDelivery, baselineDelivery, forecastDelivery } = record.project;
  const read = (value: typeof delivered): PlainDate | null => (value === null ? null : dayOf(value, zone));
  return {
    ...{ delivered: read(delivered), agreed: read(agreedDelivery) },
    ...{ baseline: read(baselineDelivery), forecast: read(forecastDelivery) },
  };
};

/** Delivered by the agreed day, which approved change orders have moved. */
const onTime = (record: DeliveryRecord, { timeZone }: MeasureGround): boolean | null => {
  const { delivered, agreed } = days(record, timeZone);
  return delivered === null || agreed === null ? null : delivered <= agreed;
};

const slipOf = (record: DeliveryRecord, { calendar, timeZone }: MeasureGround): number | null => {
  const { delivered, forecast, baseline } = days(record, timeZone);
  const end = delivered ?? forecast;
  if (end === null || baseline === null) return null;
  return businessDaysBetween(addBusinessDays(baseline, 0, calendar), end, calendar);
};

/** Issues since the project came into Handover: its deployment was confirmed then (process/002 §5 Gate). */
const afterLaunch = ({ record, history }: MeasuredProject) => {
  const launched = effectiveOf(history, record.project.pageId, "stage").find(({ to }) => to === "Handover");
  if (!launched) return { issuesAfterLaunch: null, criticalAfterLaunch: null };
  const issues = record.risks.filter(
    ({ kind, createdTime }) => kind === "Issue" && createdTime >= launched.at,
  );
  return {
    issuesAfterLaunch: issues.length,
    criticalAfterLaunch: issues.filter(({ severity }) => severity === "Critical").length,
  };
};

const revisionsOf = ({ milestones }: DeliveryRecord, history: History): readonly number[] =>
  milestones.flatMap(({ pageId }) => {
    const answers = effectiveOf(history, pageId, "signOff").filter(({ outcome }) => outcome === "accepted");
    const wasAsked = answers.some(({ to }) => to !== "Not needed" && to !== "To request");
    return wasAsked ? [answers.filter(({ to }) => to === "Changes requested").length] : [];
  });

const timeInStage = ({ record, history }: MeasuredProject, now: number): ProjectMeasures["timeInStage"] => {
  const moves = effectiveOf(history, record.project.pageId, "stage");
  const times: Partial<Record<Stage, number>> = {};
  for (const [index, { to, at }] of moves.entries()) {
    const end = moves[index + 1]?.at ?? now;
    if (isStage(to)) times[to] = (times[to] ?? 0) + Math.max(0, end - at);
  }
  return times;
};

const gatesOf = ({ record, history }: MeasuredProject): Pick<ProjectMeasures, "gates" | "findings"> => {
  const findings: Record<string, number> = {};
  const first = new Map<string, boolean>();
  for (const { from, to, outcome, findings: found } of judgedOf(history, record.project.pageId, "stage")) {
    const move = `${from} > ${to}`;
    const hasGate = isStage(from) && isStage(to) && gatesBetween(from, to).length > 0;
    // A gate that an Override reason opened has findings beside the reason: it was not passed.
    const isMet = found.every(({ criterion }) => criterion === overrideCriterion);
    if (hasGate && !first.has(move)) first.set(move, outcome === "accepted" && isMet);
    if (outcome !== "refused") continue;
    for (const { criterion } of found) findings[criterion] = (findings[criterion] ?? 0) + 1;
  }
  const passed = [...first.values()].filter((isPass) => isPass).length;
  return { gates: { asked: first.size, firstPass: passed }, findings };
};
