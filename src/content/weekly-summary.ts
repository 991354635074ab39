import {
  certificationWords,
  decisionWords,
  type weeklySummary,
} from "../../notion-templates/letters/weekly-summary.ts";
import { isOpenAsk } from "../domain/asks.ts";
import { addDays, dateIn, dayOf } from "../domain/calendar.ts";
import { certificationOf } from "../domain/certification.ts";
import { clientZone } from "../domain/contacts.ts";
import type { Situation } from "../domain/criterion.ts";
import { effectiveOf } from "../domain/history.ts";
import { dayInWords } from "../domain/in-words.ts";
import type { Ask, ChangeRequest, Contact, Milestone, Risk } from "../domain/record.ts";
import type { Transition } from "../types/loop.ts";
import { askedBy, byTarget, detailOf, dueFor, frameOf, isAhead, orUnnamed } from "./letter-view.ts";
import { outlookOf } from "./outlook.ts";
import type { ViewOf } from "./render-letter.ts";

/** What a summary covers: everything after `from` up to `to` (UTC ms); `week` is the ISO week's number. */
export type SummarySpan = { readonly from: number; readonly to: number; readonly week: number };

/** How far ahead action items look, and how many milestones are named as next. */
const ahead = { days: 14, milestones: 5 } as const;

/** What the weekly summary says, from the record and what happened in its span. */
export const weeklySummaryView = (
  situation: Situation,
  span: SummarySpan,
  contacts: readonly Contact[],
): ViewOf<typeof weeklySummary> => ({
  ...frameOf(situation, contacts),
  week: span.week,
  ...thisWeek(situation, span),
  ...quality(situation),
  ...whatIsNext(situation, span),
  ...decisions(situation, span),
  outlook: outlookOf(situation, span.to),
});

const isIn = ({ at }: Transition, { from, to }: SummarySpan): boolean => at > from && at <= to;

/** The accepted changes of a column within the span; what was there before Milepost looked is no change. */
const changesOf = (
  { history }: Situation,
  pageId: string,
  property: string,
  span: SummarySpan,
): readonly Transition[] =>
  effectiveOf(history, pageId, property).filter((one) => one.outcome === "accepted" && isIn(one, span));

const thisWeek = (situation: Situation, span: SummarySpan) => {
  const { record } = situation;
  const visible = record.milestones.filter(({ clientVisible }) => clientVisible).toSorted(byTarget);
  const shipped = visible
    .filter(({ pageId, status }) => status === "Done" && becameDone(situation, pageId, span))
    .map((milestone) => ({ name: orUnnamed(milestone.name), detail: detailOf(milestone) }));
  const moved = moveOf(changesOf(situation, record.project.pageId, "stage", span));
  const answered = visible.flatMap((milestone) => answerTo(situation, milestone, span));
  const decided = record.changeRequests.flatMap((request) => decisionOn(situation, request, span));
  const rescheduled = deliveryMove(situation, span);
  const unchanged = moved.length + rescheduled.length + answered.length + decided.length === 0;
  // The client reads every open ask further down; one that blocks the work is said to.
  const awaited = record.asks.filter((ask) => ask.blocks && isOpenAsk(ask));
  const blocked = [...openOf(record.risks, isBlocking), ...awaited].map(titleOf);
  return { shipped, moved, rescheduled, answered, decided, unchanged, blocked };
};

/** A row that was Done from the start, as a duplicated one is, has not become so. */
const becameDone = (situation: Situation, pageId: string, span: SummarySpan): boolean => {
  const last = changesOf(situation, pageId, "status", span).at(-1);
  return last?.to === "Done" && last.from !== null;
};

/** The span's stage moves as one; there and back again is none. */
const moveOf = (moves: readonly Transition[]) => {
  const [from, to] = [moves[0]?.from ?? "Intake", moves.at(-1)?.to ?? null];
  return to === null || from === to ? [] : [{ from, to }];
};

/** The span's moves of the agreed delivery as one; the first date that was agreed moves nothing. */
const deliveryMove = (situation: Situation, span: SummarySpan) => {
  const { record, office } = situation;
  const zone = clientZone(record, office);
  const moves = changesOf(situation, record.project.pageId, "agreedDelivery", span);
  const was = moves.find((move) => move.from !== null)?.from ?? "";
  const from = dayOf({ start: was, end: null, zone: null }, zone);
  const { agreedDelivery } = record.project;
  const to = agreedDelivery && dayOf(agreedDelivery, zone);
  return from === null || to === null || from === to ? [] : [{ from: dayInWords(from), to: dayInWords(to) }];
};

const answerTo = (situation: Situation, { pageId, name, signOff }: Milestone, span: SummarySpan) => {
  const last = changesOf(situation, pageId, "signOff", span).findLast(
    ({ to }) => to === "Approved" || to === "Changes requested",
  );
  return last && last.to === signOff ? [{ name: orUnnamed(name), approved: signOff === "Approved" }] : [];
};

const isDecision = (status: string | null): status is keyof typeof decisionWords =>
  status !== null && status in decisionWords;

/** What became of a request that the client knew of: was shown, or had asked for. What the team dropped before nobody saw. */
const decisionOn = (situation: Situation, request: ChangeRequest, span: SummarySpan) => {
  const known = changesOf(situation, request.pageId, "status", span).filter(
    ({ from }) =>
      request.requestedBy.length > 0 || (from !== "Submitted" && from !== "Evaluating" && from !== null),
  );
  const { status } = request;
  return known.some(({ to }) => to === status) && isDecision(status)
    ? [{ label: labelOf(request), outcome: decisionWords[status] }]
    : [];
};

const labelOf = ({ number, title }: ChangeRequest): string =>
  number.trim() === "" ? orUnnamed(title) : `${number.trim()} ${title.trim()}`.trim();

/** What of the register the client may read, as far as it is open. */
const openOf = (risks: readonly Risk[], wanted: (risk: Risk) => boolean): readonly Risk[] =>
  risks.filter(
    (risk) => risk.clientVisible && risk.status !== "Resolved" && risk.status !== "Closed" && wanted(risk),
  );

/** A risk that has come true, and what had to be put to somebody higher up, hold the work up; a mere risk does not. */
const isBlocking = ({ kind, status }: Risk): boolean =>
  kind === "Escalation" || (kind === "Risk" && status === "Occurred");

const titleOf = ({ title }: Risk | Ask): string => orUnnamed(title);

const quality = (situation: Situation) => ({
  certification: certificationWords[verdictOf(situation)],
  issues: openOf(situation.record.risks, ({ kind }) => kind === "Issue").map(titleOf),
});

/** What failed has not passed yet while it is mended, though the column is back at Pending by then. */
const verdictOf = ({ record, history }: Situation): keyof typeof certificationWords => {
  const shown = certificationOf(record.project, history) ?? "Pending";
  if (shown !== "Pending") return shown;
  const verdicts = effectiveOf(history, record.project.pageId, "qaCertification");
  return verdicts.findLast(({ to }) => to !== null && to !== "Pending")?.to === "FAIL" ? "FAIL" : "Pending";
};

const whatIsNext = (situation: Situation, { to }: SummarySpan) => {
  const { record, office } = situation;
  const zone = clientZone(record, office);
  const coming = record.milestones.filter(isAhead).toSorted(byTarget);
  const until = addDays(dateIn(to, zone), ahead.days);
  const due = ({ name, target }: Milestone) => ({
    name: orUnnamed(name),
    ...dueFor(situation, target, to),
  });
  const isNear = ({ target }: Milestone): boolean => {
    const day = target && dayOf(target, zone);
    return day !== null && day <= until;
  };
  const next = coming.slice(0, ahead.milestones).map(due);
  const dated = coming.filter(isNear).map(due);
  const undated = dated.length === 0 && quality(situation).issues.length === 0;
  return { next, dated, undated };
};

const decisions = (situation: Situation, { to }: SummarySpan) => {
  const { project, changeRequests } = situation.record;
  const visible = situation.record.milestones.filter(({ clientVisible }) => clientVisible);
  const asked = ({ name, feedbackBy }: Milestone) => ({
    name: orUnnamed(name),
    by: askedBy(situation, feedbackBy, to),
  });
  const signOffs = visible.filter(({ signOff }) => signOff === "Requested").map(asked);
  const requests = changeRequests.filter(({ status }) => status === "Awaiting client").map(labelOf);
  const launch = project.launchSignOff === "Requested";
  const receipt = project.receiptAcknowledged === "Requested";
  const open = situation.record.asks.filter(isOpenAsk);
  const owed = ({ title, neededBy }: Ask) => ({
    name: orUnnamed(title),
    by: askedBy(situation, neededBy, to),
  });
  const choices = open.filter(({ kind }) => kind === "Decision").map(owed);
  const asks = open.filter(({ kind }) => kind !== "Decision").map(owed);
  const count = signOffs.length + requests.length + choices.length + Number(launch) + Number(receipt);
  const reviews = visible.filter(({ status }) => status === "In review").map(asked);
  const idle = count === 0 && reviews.length === 0 && asks.length === 0;
  return {
    signOffs,
    requests,
    choices,
    asks,
    launch,
    receipt,
    decisions: count > 0,
    several: count > 1,
    reviews,
    idle,
  };
};
