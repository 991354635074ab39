import type { Checkpoint } from "../../notion-templates/plans/checkpoints.ts";
import type { Stage } from "../../notion-templates/stages.ts";
import { clientWaits } from "./asks.ts";
import { addBusinessDays, businessDaysBetween, dateIn, type PlainDate } from "./calendar.ts";
import { addsToThisPhase } from "./changes.ts";
import { criteria } from "./criteria.ts";
import type { Situation } from "./criterion.ts";
import { calendarFor } from "./days-off.ts";
import { isUnknownMove } from "./gates.ts";
import { effectiveOf, judgedOf } from "./history.ts";
import { gatesBetween, isHandedOver, isStage } from "./lifecycle.ts";
import { firstInto } from "./lifecycle-steps.ts";
import type { ChangeRequest, Check } from "./record.ts";
import { usableDay } from "./schedule-of.ts";

/** A part of a whole, such as the checks that passed. */
type Part = { readonly counted: number; readonly passed: number };

/** What a project measures. Null: it has no answer yet. Times are in milliseconds, slips in business days. */
export type ProjectMeasures = {
  readonly onTime: boolean | null;
  /** The client's mark, 1 to 10. */
  readonly rating: number | null;
  readonly issuesAfterLaunch: number | null;
  readonly criticalAfterLaunch: number | null;
  /** Change requests that the client approved for this phase. */
  readonly scopeChanges: number;
  readonly slip: number | null;
  /** Rounds of changes that the client asked for, of each milestone that was put to the client. */
  readonly revisions: readonly number[];
  readonly timeInStage: Readonly<Partial<Record<Stage, number>>>;
  /** Gates that were asked for, and those that the first request met. */
  readonly gates: Part;
  /** How many refused requests found each criterion unmet, by its id. */
  readonly findings: Readonly<Record<string, number>>;
  /** How long at least one ask stood open. */
  readonly clientWait: number;
  readonly escalations: number;
  readonly checks: Part;
  readonly documents: Part;
};

/** Measures one project by what its record and history hold; nothing is estimated. */
export const measureProject = (situation: Situation): ProjectMeasures => {
  const { record, history, now } = situation;
  const { rating } = record.project;
  return {
    onTime: onTime(situation),
    rating: rating !== null && rating >= 1 && rating <= 10 ? rating : null,
    ...afterLaunch(situation),
    scopeChanges: record.changeRequests.filter((change) => isAgreed(change, situation)).length,
    slip: slipOf(situation),
    revisions: revisionsOf(situation),
    timeInStage: timeInStage(situation),
    ...gatesOf(situation),
    clientWait: covered(clientWaits(record, history).map(({ from, until }) => [from, until ?? now])),
    escalations: record.risks.filter(({ kind }) => kind === "Escalation").length,
    checks: partOf(record.checks),
    documents: partOf(record.checks.filter(({ checkpoint }) => documentation.has(checkpoint))),
  };
};

/** The day of one of the project's dates in the office's zone; null where it is none, or a slip of the keyboard. */
const dayIn = (
  { record, office, now }: Situation,
  key: "agreedDelivery" | "baselineDelivery" | "forecastDelivery",
): PlainDate | null => usableDay(record.project[key], office.timeZone, dateIn(now, office.timeZone));

/** When a project was delivered, on the office's calendar; null until it is handed over, whatever Delivered says. */
export const deliveredOn = ({ record, history, office, now }: Situation): PlainDate | null =>
  isHandedOver(history, record.project)
    ? usableDay(record.project.delivered, office.timeZone, dateIn(now, office.timeZone))
    : null;

/** Delivered by the agreed day, which approved change orders have moved. */
const onTime = (situation: Situation): boolean | null => {
  const [delivered, agreed] = [deliveredOn(situation), dayIn(situation, "agreedDelivery")];
  return delivered === null || agreed === null ? null : delivered <= agreed;
};

const slipOf = (situation: Situation): number | null => {
  const end = deliveredOn(situation) ?? dayIn(situation, "forecastDelivery");
  const baseline = dayIn(situation, "baselineDelivery");
  if (end === null || baseline === null) return null;
  const calendar = calendarFor(situation.office, situation.record.project.client);
  return businessDaysBetween(addBusinessDays(baseline, 0, calendar), end, calendar);
};

const minuteMs = 60_000;

/** Issues since the project came into Handover: its deployment was confirmed then (process/002 §5 Gate). */
const afterLaunch = (
  situation: Situation,
): Pick<ProjectMeasures, "issuesAfterLaunch" | "criticalAfterLaunch"> => {
  const launched = firstInto(situation, "Handover")?.at;
  if (launched === undefined) return { issuesAfterLaunch: null, criticalAfterLaunch: null };
  // Notion cuts creation times to the minute.
  const since = Math.floor(launched / minuteMs) * minuteMs;
  const issues = situation.record.risks.filter(
    ({ kind, createdTime }) => kind === "Issue" && createdTime >= since,
  );
  const critical = issues.filter(({ severity }) => severity === "Critical");
  return { issuesAfterLaunch: issues.length, criticalAfterLaunch: critical.length };
};

const isAgreed = (change: ChangeRequest, { history }: Situation): boolean =>
  addsToThisPhase(change) &&
  change.status !== "Deferred" &&
  change.status !== "Cancelled" &&
  effectiveOf(history, change.pageId, "status").some(({ to }) => to === "Approved" || to === "Applied");

const revisionsOf = ({ record, history }: Situation): readonly number[] =>
  record.milestones.flatMap(({ pageId }) => {
    const changes = effectiveOf(history, pageId, "signOff").filter(({ outcome }) => outcome === "accepted");
    const wasAsked = changes.some(({ to }) => to !== "Not needed" && to !== "To request");
    return wasAsked ? [changes.filter(({ to }) => to === "Changes requested").length] : [];
  });

/** A project that began under Milepost is in Intake from its creation on; of an older one counts what Milepost has seen. */
const timeInStage = ({ record, history, now }: Situation): ProjectMeasures["timeInStage"] => {
  const { pageId, createdTime } = record.project;
  const moves = effectiveOf(history, pageId, "stage");
  const began = moves[0]?.outcome === "baseline" ? [] : [{ to: "Intake", at: createdTime }];
  const stays = [...began, ...moves];
  const times: Partial<Record<Stage, number>> = {};
  for (const [index, { to, at }] of stays.entries()) {
    const end = stays[index + 1]?.at ?? now;
    if (isStage(to)) times[to] = (times[to] ?? 0) + Math.max(0, end - at);
  }
  return times;
};

/** The gates whose criteria a finding's is among. */
const gatesNaming = (criterion: string): readonly Stage[] =>
  criteria.find(({ id }) => id === criterion)?.gates ?? [];

/** A gate that an Override reason opened has findings beside the reason: it was not met. */
const gatesOf = ({ record, history }: Situation): Pick<ProjectMeasures, "gates" | "findings"> => {
  const unmet: Record<string, number> = {};
  const first = new Map<Stage, boolean>();
  for (const { from, to, outcome, findings } of judgedOf(history, record.project.pageId, "stage")) {
    if (!isStage(from) || !isStage(to) || isUnknownMove(findings)) continue;
    const found = [...new Set(findings.map(({ criterion }) => criterion))];
    const closed = new Set(found.flatMap(gatesNaming));
    for (const gate of gatesBetween(from, to)) if (!first.has(gate)) first.set(gate, !closed.has(gate));
    if (outcome !== "refused") continue;
    for (const criterion of found) unmet[criterion] = (unmet[criterion] ?? 0) + 1;
  }
  const passed = [...first.values()].filter((isPass) => isPass).length;
  return { gates: { counted: first.size, passed }, findings: unmet };
};

type Span = readonly [from: number, to: number];

/** How much time spans cover together; what two of them share counts once. */
const covered = (spans: readonly Span[]): number => {
  let [sum, end] = [0, Number.NEGATIVE_INFINITY];
  for (const [from, to] of spans.toSorted(([one], [other]) => one - other)) {
    sum += Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
  }
  return sum;
};

/** "Documentation completeness" is read off the handoff checklist (process/000 "Quality Metrics"). */
const documentation: ReadonlySet<string | null> = new Set<Checkpoint>(["Documentation", "Handover"]);

/** As the gates judge checks: Passed, or Not applicable with a reason. */
const partOf = (checks: readonly Check[]): Part => ({
  counted: checks.length,
  passed: checks.filter(
    ({ result, reason }) => result === "Passed" || (result === "Not applicable" && reason.trim() !== ""),
  ).length,
});
