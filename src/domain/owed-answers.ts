import type { Place } from "../types/loop.ts";
import { isOpenAsk, waitsOf } from "./asks.ts";
import { dateIn } from "./calendar.ts";
import type { Situation } from "./criterion.ts";
import { type Due, dueOf } from "./due.ts";
import { onAsk, onMilestone } from "./fault.ts";
import { effectiveOf } from "./history.ts";
import type { Ask, Milestone } from "./record.ts";
import { nameOf } from "./schedule-of.ts";

/** What the client owes by a day. */
export type Owed = {
  /** That it is late, in a sentence without a full stop. */
  readonly title: string;
  readonly place: Place & { readonly pageId: string };
  readonly severity: "Medium" | "High";
  readonly due: Due;
};

/** The open asks that have a day, and the sign-offs that were requested by one. */
export const owedIn = (situation: Situation): readonly Owed[] => [
  ...situation.record.asks.filter(isOpenAsk).flatMap((ask) => owedAsk(situation, ask)),
  ...situation.record.milestones
    .filter(({ signOff, status }) => signOff === "Requested" && status !== "Skipped")
    .flatMap((milestone) => owedSignOff(situation, milestone)),
];

const owedAsk = (situation: Situation, ask: Ask): readonly Owed[] => {
  const asked = waitsOf(ask, situation.history).findLast(({ until }) => until === null);
  const due = dueFor(situation, ask.neededBy, asked?.from ?? ask.createdTime);
  if (due === null) return [];
  const zone = situation.office.timeZone;
  const since = asked ? `, asked on ${dateIn(asked.from, zone)}` : "";
  const title = `“${ask.title.trim() || "Untitled ask"}” was needed by ${due.day} and is still open${since}`;
  const place = { ...onAsk(ask, "neededBy"), pageId: ask.pageId };
  return [{ title, place, severity: ask.blocks ? "High" : "Medium", due }];
};

const owedSignOff = (situation: Situation, milestone: Milestone): readonly Owed[] => {
  const asked = effectiveOf(situation.history, milestone.pageId, "signOff").findLast(
    ({ outcome, to }) => outcome === "accepted" && to === "Requested",
  );
  const due = dueFor(situation, milestone.feedbackBy, asked?.at ?? milestone.createdTime);
  if (due === null) return [];
  const title = `The sign-off of “${nameOf(milestone)}” was needed by ${due.day} and is still open`;
  const place = { ...onMilestone(milestone, "feedbackBy"), pageId: milestone.pageId };
  return [{ title, place, severity: "Medium", due }];
};

/** Null also where it had passed before the client was asked (UTC ms): that is the past. */
const dueFor = ({ office, now }: Situation, value: Ask["neededBy"], asked: number): Due | null => {
  const due = dueOf(value, office.timeZone, dateIn(now, office.timeZone));
  return due === null || due.at < asked ? null : due;
};
