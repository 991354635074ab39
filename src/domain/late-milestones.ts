import { addBusinessDays, businessDaysBetween, dateIn, type PlainDate, startOfDay } from "./calendar.ts";
import type { Situation } from "./criterion.ts";
import { calendarFor } from "./days-off.ts";
import { effectiveOf } from "./history.ts";
import { networkOf } from "./network.ts";
import type { Milestone } from "./record.ts";
import { scheduleIn, usableDay } from "./schedule-of.ts";
import { settledOf } from "./settled.ts";

/** An open milestone that is later than the project accepts, by itself. */
export type LateMilestone = {
  readonly milestone: Milestone;
  readonly target: PlainDate;
  /** Business days from its Target to its forecast. */
  readonly days: number;
  /** When it became so (UTC ms), as far as that can be known. */
  readonly since: number;
};

/**
 * The open milestones that are forecast later than their Target by more than Escalate after. One that is late because what it
 * waits for is late that much already is not named again, unless it adds as much of its own.
 */
export const lateMilestones = (situation: Situation): readonly LateMilestone[] => {
  const { record, office, now } = situation;
  const { escalateAfter: accepted, client } = record.project;
  if (accepted === null || !(accepted >= 0)) return [];
  const { steps } = settledOf(situation).forecast;
  const calendar = calendarFor(office, client);
  const [zone, today] = [office.timeZone, dateIn(now, office.timeZone)];
  const delays = new Map(
    record.milestones.flatMap((milestone) => {
      const [target, step] = [usableDay(milestone.target, zone, today), steps.get(milestone.pageId)];
      if (target === null || !step) return [];
      const days = businessDaysBetween(target, step.date, calendar);
      return days > accepted ? [[milestone.pageId, { milestone, target, days }] as const] : [];
    }),
  );
  if (delays.size === 0) return [];
  const { before } = networkOf(scheduleIn(situation).steps);
  return [...delays.values()].flatMap(({ milestone, target, days }) => {
    if (milestone.status === "Done" || milestone.status === "Skipped") return [];
    const known = (before.get(milestone.pageId) ?? []).map((id) => delays.get(id)?.days ?? 0);
    if (days - Math.max(0, ...known) <= accepted) return [];
    const since = lateSince(
      situation,
      milestone,
      addBusinessDays(target, Math.floor(accepted) + 1, calendar),
    );
    return since === null ? [] : [{ milestone, target, days, since }];
  });
};

/**
 * When its time ran out, or what moved its forecast happened: a forecast moves with the facts, and with the day. Null where its
 * time had run out before it was planned: that is the past.
 */
const lateSince = (
  { history, office, now }: Situation,
  { pageId, createdTime }: Milestone,
  lateFrom: PlainDate,
): number | null => {
  const ranOut = startOfDay(lateFrom, office.timeZone);
  if (ranOut > now) {
    const changes = history.transitions.flatMap(({ outcome, at }) => (outcome === "accepted" ? [at] : []));
    return Math.max(startOfDay(dateIn(now, office.timeZone), office.timeZone), ...changes);
  }
  const moved = effectiveOf(history, pageId, "target").findLast(
    ({ outcome, from }) => outcome === "accepted" && from !== null,
  );
  const since = Math.max(ranOut, moved?.at ?? 0);
  return since < createdTime ? null : since;
};
