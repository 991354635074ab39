import type { ProposedChange } from "../types/action.ts";
import type { DateValue } from "../types/values.ts";
import { addDays, dayOf, daysBetween, isPlainDate, momentOf, type PlainDate, timeOn } from "./calendar.ts";
import { allOf } from "./in-words.ts";
import type { DeliveryRecord } from "./record.ts";
import { inScheduleOrder, nameOf } from "./schedule-of.ts";
import { timeIn } from "./zone-clocks.ts";

/** No more milestones than this are named in one sentence. */
const named = 8;

/** A date on another day, at the same time of its zone's clocks. */
const onDay = (value: DateValue, to: PlainDate, zone: string): DateValue => {
  const from = dayOf(value, zone);
  const moment = momentOf(value, zone);
  if (from === null || moment === null) return { start: to, end: null, zone: null };
  if (isPlainDate(value.start)) {
    const end = value.end === null || !isPlainDate(value.end) ? null : value.end;
    return { start: to, end: end === null ? null : addDays(to, daysBetween(from, end)), zone: null };
  }
  const iso = (ms: number): string => new Date(ms).toISOString();
  return { start: iso(timeOn(to, timeIn(moment, zone), zone)), end: null, zone: null };
};

/** The Targets as proposals, for the milestones that have one. */
export const targetChanges = (
  { milestones }: DeliveryRecord,
  targets: ReadonlyMap<string, PlainDate>,
  zone: string,
): readonly ProposedChange[] =>
  milestones.flatMap(({ pageId, target }): ProposedChange[] => {
    const to = targets.get(pageId);
    if (to === undefined || target === null || dayOf(target, zone) === to) return [];
    return [{ database: "milestones", pageId, property: "target", value: onDay(target, to, zone) }];
  });

/** Whoever has acknowledged the schedule is asked again once it has changed (design §7). */
export const acknowledgedAnew = ({ project }: DeliveryRecord): readonly ProposedChange[] =>
  project.scheduleAcknowledgedBy.length === 0
    ? []
    : [{ database: "projects", pageId: project.pageId, property: "scheduleAcknowledgedBy", value: [] }];

/** "“Core build” from 2026-12-08 to 2026-12-10 and “Launch” from …", as the record was before. */
export const movesInWords = (
  { milestones }: DeliveryRecord,
  changes: readonly ProposedChange[],
  zone: string,
): string => {
  const day = (value: unknown): string => dayOf(value as DateValue, zone) ?? "";
  const moves = inScheduleOrder(milestones, zone).flatMap((milestone) => {
    const change = changes.find(({ pageId }) => pageId === milestone.pageId);
    return change && milestone.target
      ? [`“${nameOf(milestone)}” from ${day(milestone.target)} to ${day(change.value)}`]
      : [];
  });
  const more = moves.length - named;
  return allOf(more > 0 ? [...moves.slice(0, named), `${more} more`] : moves);
};
