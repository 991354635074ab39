import { databases } from "../../notion-templates/databases.ts";
import type { ProposedChange } from "../types/action.ts";
import type { Transition } from "../types/loop.ts";
import { addBusinessDays, dateIn, minuteValue, type PlainDate } from "./calendar.ts";
import { addsToThisPhase, changeNumbers, daysInPlan, impactOf, newDeliveryDate } from "./changes.ts";
import type { Situation } from "./criterion.ts";
import { calendarFor } from "./days-off.ts";
import { givenBy } from "./given-by.ts";
import { effectiveOf } from "./history.ts";
import {
  isKept,
  type Proposal,
  proposalBy,
  proposalKey,
  type Settling,
  settling,
  withRecord,
} from "./proposal.ts";
import type { ChangeRequest } from "./record.ts";
import { shiftOpen } from "./schedule.ts";
import { scheduleIn, usableDay } from "./schedule-of.ts";
import { acknowledgedAnew, targetChanges } from "./target-changes.ts";
import { withEach, withValues } from "./with-values.ts";
import { coverOf } from "./workflow.ts";

const decided: readonly ChangeRequest["status"][] = ["Approved", "Deferred", "Cancelled"];

/** The last decision on a change request that somebody gave, by link or recorded by hand; null where there is none. */
export const decisionOn = ({ history }: Situation, change: ChangeRequest): Transition | null =>
  effectiveOf(history, change.pageId, "status").findLast(
    ({ outcome, to, evidence }) =>
      outcome === "accepted" &&
      decided.some((status) => status === to) &&
      (evidence.kind === "note" || evidence.kind === "link"),
  ) ?? null;

/** Every change request with its number and who decided it. */
export const withNumbers = (situation: Situation): Situation => {
  const { record } = situation;
  const numbers = changeNumbers(record);
  const changeRequests = withEach(record.changeRequests, (change) =>
    withValues(change, { number: numbers.get(change.pageId) ?? "", ...decider(situation, change) }),
  );
  return withRecord(situation, withValues(record, { changeRequests }));
};

/** Every change request with its New delivery date, as the plan is now. */
export const withPreviews = (situation: Situation): Situation => {
  const changeRequests = withEach(situation.record.changeRequests, (change) => previewed(situation, change));
  return withRecord(situation, withValues(situation.record, { changeRequests }));
};

const previewed = (situation: Situation, change: ChangeRequest): ChangeRequest =>
  withValues(change, { newDeliveryDate: preview(situation, change) });

const preview = (situation: Situation, change: ChangeRequest): ChangeRequest["newDeliveryDate"] => {
  const { record, history, office, now } = situation;
  const [zone, today] = [office.timeZone, dateIn(now, office.timeZone)];
  const agreed = usableDay(record.project.agreedDelivery, zone, today);
  const shown = usableDay(change.newDeliveryDate, zone, today);
  const calendar = calendarFor(office, record.project.client);
  const date = newDeliveryDate(change, agreed, shown, calendar, daysInPlan(change, history));
  return date === null ? null : { start: date, end: null, zone: null };
};

const decider = (situation: Situation, change: ChangeRequest): Partial<ChangeRequest> => {
  const decision = decisionOn(situation, change);
  const given = decision && givenBy(situation.history, decision);
  if (!given) return {};
  return { decidedBy: given.by, decidedAt: minuteValue(given.at), decisionNote: given.feedback };
};

/**
 * What follows from the clients' decisions, in their order: what is approved comes into the plan and is Applied, what was in
 * the plan and is deferred or cancelled leaves it, and what has changed since it was asked or approved is Outdated.
 */
export const withDecisions = (situation: Situation): Settling => {
  const lastOf = ({ pageId }: ChangeRequest) => effectiveOf(situation.history, pageId, "status").at(-1);
  const changes = situation.record.changeRequests.toSorted(
    (one, other) => (lastOf(one)?.at ?? 0) - (lastOf(other)?.at ?? 0),
  );
  let settled: Settling = { situation, proposals: [] };
  for (const change of changes) {
    const last = lastOf(change);
    if (last?.outcome !== "accepted" || last.to !== change.status) continue;
    const next = follow(settled.situation, change, last);
    settled = { situation: next.situation, proposals: [...settled.proposals, ...next.proposals] };
  }
  return settled;
};

const follow = (situation: Situation, change: ChangeRequest, last: Transition): Settling => {
  const { history } = situation;
  const cover = coverOf(databases.changeRequests, "status", change);
  const isChanged = last.covers !== null && last.covers !== cover;
  switch (change.status) {
    case "Awaiting client":
    case "Applied":
      return isChanged ? moved(situation, change, last, "Outdated") : { situation, proposals: [] };
    case "Approved": {
      if (isChanged) return moved(situation, change, last, "Outdated");
      if (!addsToThisPhase(change)) return moved(situation, change, last, "Deferred");
      const days = impactOf(change);
      if (days === null) return { situation, proposals: [] };
      const applied = shifted(situation, change, last, days - daysInPlan(change, history));
      const { situation: after } = moved(applied.situation, change, last, "Applied", situation);
      return { situation: after, proposals: applied.proposals };
    }
    case "Deferred":
    case "Cancelled": {
      const before = { ...situation, history: without(situation, last) };
      const days = daysInPlan(change, before.history);
      if (days === 0) return { situation, proposals: [] };
      const { proposals } = shifted(before, change, last, -days);
      return settling(situation, proposals);
    }
    default:
      return { situation, proposals: [] };
  }
};

const without = ({ history }: Situation, transition: Transition): Situation["history"] => ({
  ...history,
  transitions: history.transitions.filter((one) => one !== transition),
});

/** The situation after Milepost has set the Status, as the history will tell it. */
const moved = (
  situation: Situation,
  change: ChangeRequest,
  last: Transition,
  to: NonNullable<ChangeRequest["status"]>,
  before: Situation = situation,
): Settling => {
  const { record, history, now } = situation;
  // The preview that was approved stands; once it is applied the Agreed delivery is another one.
  const shown = to === "Applied" ? previewed(before, change) : change;
  const after = withValues(shown, { status: to });
  const versions = history.transitions.flatMap(({ pageId, property, version }) =>
    pageId === change.pageId && property === "status" ? [version] : [],
  );
  const transition: Transition = {
    ...{ pageId: change.pageId, property: "status", version: Math.max(...versions) + 1, outcome: "accepted" },
    ...{ from: last.to, to, at: now, by: { kind: "service" }, evidence: { kind: "none" }, findings: [] },
    covers: coverOf(databases.changeRequests, "status", after),
  };
  const changeRequests = record.changeRequests.map((one) => (one === change ? after : one));
  return {
    situation: {
      ...withRecord(situation, withValues(record, { changeRequests })),
      history: { ...history, transitions: [...history.transitions, transition] },
    },
    proposals: [],
  };
};

/** The open milestones and the Agreed delivery moved by business days, once for the decision. */
const shifted = (situation: Situation, change: ChangeRequest, by: Transition, days: number): Settling => {
  const { record, history, office, now } = situation;
  if (isKept(history, proposalKey(by))) return { situation, proposals: [] };
  const { project } = record;
  const zone = office.timeZone;
  const targets = targetChanges(record, shiftOpen(scheduleIn(situation), days), zone);
  const agreed = usableDay(project.agreedDelivery, zone, dateIn(now, zone));
  const next =
    agreed === null || days === 0 ? null : addBusinessDays(agreed, days, calendarFor(office, project.client));
  const delivery: readonly ProposedChange[] =
    next === null
      ? []
      : [
          {
            ...{ database: "projects", pageId: project.pageId, property: "agreedDelivery" },
            value: { start: next, end: null, zone: null },
          },
        ];
  const anew = targets.length === 0 ? [] : acknowledgedAnew(record);
  const summary = said(change, targets.length, agreed, next);
  const proposal: Proposal = proposalBy(by, [...targets, ...delivery, ...anew], summary);
  return settling(situation, [proposal]);
};

const said = (
  { status }: ChangeRequest,
  milestones: number,
  agreed: PlainDate | null,
  next: PlainDate | null,
): string => {
  const moved = [
    ...(milestones === 0
      ? []
      : [`${milestones} open ${milestones === 1 ? "milestone" : "milestones"} moved`]),
    ...(next === null ? [] : [`Agreed delivery moved from ${agreed} to ${next}`]),
  ];
  const head = status === "Approved" ? "Applied to the plan" : "Taken out of the plan";
  return `${head}: ${moved.length === 0 ? "no date moved" : moved.join(", ")}.`;
};
