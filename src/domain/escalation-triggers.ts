import { databases } from "../../notion-templates/databases.ts";
import type { Stage } from "../../notion-templates/stages.ts";
import type { Cause } from "../types/action.ts";
import type { Place } from "../types/loop.ts";
import { nextMidnight } from "./calendar.ts";
import type { Situation } from "./criterion.ts";
import { milestoneName, onMilestone, onRisk, projectName } from "./fault.ts";
import { lateMilestones } from "./late-milestones.ts";
import { owedIn } from "./owed-answers.ts";
import type { Risk } from "./record.ts";
import { type Condition, holds, turnOf } from "./register-history.ts";
import { type Column, openRefusals, refusedColumns } from "./requests.ts";
import { isHigh, isOpen } from "./risks.ts";
import { nameOf } from "./schedule-of.ts";

/** A reason to escalate: what `place` shows has gone wrong. Each cause counts once. */
export type Occasion = {
  /** One sentence without a full stop: the escalation's title. */
  readonly title: string;
  readonly place: Place & { readonly pageId: string };
  readonly cause: Cause;
  /** When it came about (UTC ms). */
  readonly causedAt: number;
  readonly severity: NonNullable<Risk["severity"]>;
};

type Trigger = {
  readonly id: string;
  readonly sentence: string;
  readonly source: string;
  /** The stages in which it raises nothing. */
  readonly restsIn: readonly (Stage | null)[];
  readonly find: (situation: Situation) => readonly Occasion[];
};

/** Titles of rows can be longer than a comment may be. */
const longestTitle = 300;

const clip = (title: string): string =>
  title.length <= longestTitle ? title : `${title.slice(0, longestTitle - 1)}…`;

/** Refusals of one request in a row that show that somebody is stuck. */
const repeatedly = 3;

const idle = ["On hold", "Cancelled", "Complete"] as const;

/** What raises an escalation by itself. */
export const triggers: readonly Trigger[] = [
  {
    id: "milestone-late",
    sentence: `A milestone is forecast later than its ${milestoneName("target")} by more than ${projectName("escalateAfter")}`,
    source: "process/002 §2: what delays are acceptable",
    // Until the timeline is acknowledged the dates are a draft.
    restsIn: [...idle, "Intake"],
    find: (situation) =>
      lateMilestones(situation).map(({ milestone, target, days, since }) => ({
        title: `${nameOf(milestone)} is forecast ${inDays(days)} after its ${milestoneName("target")} (${projectName("escalateAfter")}: ${situation.record.project.escalateAfter})`,
        place: { ...onMilestone(milestone, "forecast"), pageId: milestone.pageId },
        cause: { kind: "date", date: target },
        ...{ causedAt: since, severity: "High" },
      })),
  },
  {
    id: "gate-refused",
    sentence: "The same gate has refused three times in a row",
    source: "process/002 §3: unresolvable blockers are escalated",
    restsIn: idle,
    find: (situation) =>
      refusedColumns(situation.record, situation.history).flatMap(({ columns }) =>
        columns.flatMap((column) => stuck(situation, column)),
      ),
  },
  {
    id: "answer-overdue",
    sentence: "An ask, or a sign-off that was requested, is overdue",
    source: 'process/000 "Common Delivery Risks": escalate early if missed',
    restsIn: idle,
    find: (situation) =>
      owedIn(situation).flatMap(({ due, ...owed }) =>
        due.at > situation.now
          ? []
          : [{ ...owed, cause: { kind: "date", date: due.day }, causedAt: due.at, severity: owed.severity }],
      ),
  },
  {
    id: "issue-critical",
    sentence: "An issue is critical",
    source: 'process/000 "Quality Metrics": no critical bugs',
    restsIn: ["Cancelled"],
    find: (situation) => turned(situation, criticalIssue, "severity", "Critical", () => "Critical"),
  },
  {
    id: "risk-occurred",
    sentence: "A risk has occurred",
    source: 'process/003 "Issue Management"',
    restsIn: ["Cancelled"],
    find: (situation) =>
      turned(situation, occurredRisk, "status", "Occurred", (risk) => (isHigh(risk) ? "High" : "Medium")),
  },
];

/** Every reason to escalate that a record gives now, each with the id of its trigger. */
export const occasionsOf = (situation: Situation): readonly (Occasion & { readonly trigger: string })[] =>
  triggers
    .filter(({ restsIn }) => !restsIn.includes(situation.record.project.stage))
    .flatMap(({ id, find }) =>
      find(situation).map((occasion) => ({ ...occasion, title: clip(occasion.title), trigger: id })),
    );

/** When the clock alone may bring another one (UTC ms); null where it cannot. */
export const nextOccasionAt = (situation: Situation): number | null => {
  const { record, office, now } = situation;
  const { stage, escalateAfter } = record.project;
  if (idle.some((name) => name === stage)) return null;
  const dues = owedIn(situation).flatMap(({ due: { at } }) => (at > now ? [at] : []));
  const isForecast = escalateAfter !== null && record.milestones.length > 0;
  const moments = [...dues, ...(isForecast ? [nextMidnight(now, office.timeZone)] : [])];
  return moments.length === 0 ? null : Math.min(...moments);
};

const inDays = (days: number): string => `${days} business ${days === 1 ? "day" : "days"}`;

const stuck = (situation: Situation, column: Column): readonly Occasion[] => {
  const refusals = openRefusals(column);
  const third = refusals[repeatedly - 1];
  if (!third) return [];
  const { database, pageId, property, name } = column;
  const row = rowIn(situation, column);
  const what = database === "projects" ? name : `${name} of “${row}”`;
  return [
    {
      title: `${what} was refused ${repeatedly} times in a row, last from ${third.from ?? "empty"} to ${third.to ?? "empty"}`,
      place: { database, pageId, property },
      cause: { kind: "transition", property, version: third.version },
      ...{ causedAt: third.at, severity: "Medium" },
    },
  ];
};

const rowIn = ({ record }: Situation, { database, pageId }: Column): string => {
  const milestone = record.milestones.find((one) => one.pageId === pageId);
  if (milestone) return nameOf(milestone);
  const request = record.changeRequests.find((one) => one.pageId === pageId);
  return request?.title.trim() || databases[database].title;
};

const criticalIssue: Condition = {
  kind: (kind) => kind === "Issue",
  severity: (severity) => severity === "Critical",
  status: (status) => isOpen({ status: status as Risk["status"] }),
};

/** Rows of the register without a Kind are taken for risks. */
const occurredRisk: Condition = {
  kind: (kind) => kind === "Risk" || kind === null,
  status: (status) => status === "Occurred",
};

const turned = (
  { record, history }: Situation,
  condition: Condition,
  property: "severity" | "status",
  word: string,
  severityOf: (risk: Risk) => Occasion["severity"],
): readonly Occasion[] =>
  record.risks
    .filter((risk) => holds(risk, condition))
    .map((risk) => {
      const { cause, at } = turnOf(history, risk, condition);
      const title = `${word}: ${risk.title.trim() || "untitled"}`;
      const place = { ...onRisk(risk, property), pageId: risk.pageId };
      return { title, place, cause, causedAt: at, severity: severityOf(risk) };
    });
