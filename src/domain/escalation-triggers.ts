import type { History, Place } from "../types/loop.ts";
import { businessDaysBetween, type Calendar, type PlainDate } from "./calendar.ts";
import { milestoneName, projectName } from "./fault.ts";
import type { DeliveryRecord } from "./record.ts";
import { openRefusals, refusedColumns } from "./requests.ts";
import type { Forecast } from "./schedule.ts";
import { nameOf } from "./schedule-of.ts";

/** Something that the client or the team owes by a day: an ask or a decision. `database` holds its page. */
export type Owed = {
  readonly place: Place;
  readonly title: string;
  readonly neededBy: PlainDate | null;
  readonly isOpen: boolean;
};

/** What triggers look at. `today` is the office's. */
export type TriggerGround = {
  readonly record: DeliveryRecord;
  readonly history: History;
  readonly forecast: Forecast;
  readonly owed: readonly Owed[];
  readonly calendar: Calendar;
  readonly today: PlainDate;
  /** Of a Notion date in the office's zone. */
  readonly targetOf: (pageId: string) => PlainDate | null;
};

/** A reason to escalate. `subject` and `cause` tell it from every other one, so that it is raised once. */
export type Occasion = {
  readonly subject: string;
  readonly cause: string;
  readonly title: string;
  readonly place: Place;
};

type Trigger = {
  readonly id: string;
  readonly sentence: string;
  readonly source: string;
  readonly find: (ground: TriggerGround) => readonly Occasion[];
};

/** Refusals of one request in a row that show that somebody is stuck. */
const repeatedly = 3;

/** What raises an escalation by itself. */
export const triggers: readonly Trigger[] = [
  {
    id: "milestone-late",
    sentence: "A milestone is forecast later than its Target by more than Escalate after",
    source: "process/002 §2: what delays are acceptable",
    find: ({ record, forecast, calendar, targetOf }) => {
      const { escalateAfter } = record.project;
      if (escalateAfter === null || !(escalateAfter >= 0)) return [];
      return record.milestones.flatMap((milestone) => {
        const [target, expected] = [targetOf(milestone.pageId), forecast.steps.get(milestone.pageId)];
        const isOpen = milestone.status !== "Done" && milestone.status !== "Skipped";
        if (!isOpen || target === null || !expected) return [];
        const days = businessDaysBetween(target, expected.date, calendar);
        if (days <= escalateAfter) return [];
        const late = `“${nameOf(milestone)}” is forecast ${days} business days after its ${milestoneName("target")}`;
        return [
          {
            ...{ subject: milestone.pageId, cause: target },
            title: `${late} (${projectName("escalateAfter")}: ${escalateAfter})`,
            place: { database: "milestones", pageId: milestone.pageId, property: "forecast" },
          },
        ];
      });
    },
  },
  {
    id: "gate-refused",
    sentence: "The same gate has refused three times in a row",
    source: "process/002 §3: unresolvable blockers are escalated",
    find: ({ record, history }) =>
      refusedColumns(record, history).flatMap(({ columns }) =>
        columns.flatMap((column) => {
          const refusals = openRefusals(column);
          const first = refusals[0];
          if (refusals.length < repeatedly || !first) return [];
          const { database, pageId, property, name } = column;
          const title = `${name} was refused ${refusals.length} times in a row`;
          return [
            {
              subject: pageId,
              cause: `${property}#${first.version}`,
              title,
              place: { database, pageId, property },
            },
          ];
        }),
      ),
  },
  {
    id: "owed-overdue",
    sentence: "An ask or a decision is overdue",
    source: 'process/000 "Common Delivery Risks": escalate early if missed',
    find: ({ owed, today }) =>
      owed.flatMap(({ place, title, neededBy, isOpen }) =>
        !isOpen || neededBy === null || neededBy >= today
          ? []
          : [
              {
                subject: place.pageId ?? "",
                cause: neededBy,
                title: `Overdue since ${neededBy}: ${title}`,
                place,
              },
            ],
      ),
  },
  {
    id: "issue-critical",
    sentence: "An issue is critical",
    source: 'process/000 "Quality Metrics": no critical bugs',
    find: ({ record }) =>
      record.risks
        .filter(
          ({ kind, severity, status }) =>
            kind === "Issue" && severity === "Critical" && status !== "Resolved" && status !== "Closed",
        )
        .map(({ pageId, title }) => ({
          ...{ subject: pageId, cause: "critical", title: `Critical: ${title}` },
          place: { database: "risks", pageId, property: "severity" },
        })),
  },
  {
    id: "risk-occurred",
    sentence: "A risk has occurred",
    source: 'process/003 "Issue Management"',
    find: ({ record }) =>
      record.risks
        .filter(({ kind, status }) => kind === "Risk" && status === "Occurred")
        .map(({ pageId, title }) => ({
          ...{ subject: pageId, cause: "occurred", title: `Occurred: ${title}` },
          place: { database: "risks", pageId, property: "status" },
        })),
  },
];

/** Every reason to escalate that a record gives now, each with the id of its trigger. */
export const occasionsOf = (ground: TriggerGround): readonly (Occasion & { readonly trigger: string })[] =>
  triggers.flatMap(({ id, find }) => find(ground).map((occasion) => ({ ...occasion, trigger: id })));
