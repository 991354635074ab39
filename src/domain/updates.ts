import type { Stage } from "../../notion-templates/stages.ts";
import type { ActionState, PastAction, UpdateKind } from "../types/action.ts";
import type { History, Transition } from "../types/loop.ts";
import { timeOn, type WeeklyMoment } from "./calendar.ts";
import type { Situation } from "./criterion.ts";
import { effectiveOf, pastAction } from "./history.ts";
import { dayOfIsoWeek } from "./iso-weeks.ts";
import { lettersOf } from "./letters.ts";
import type { Office } from "./office.ts";
import type { DeliveryRecord, Update } from "./record.ts";

/** Whether Milepost made the row; it mails no other (design §5: rows are known by their key). */
export const isOurs = ({ milepostKey }: Update): boolean => milepostKey.startsWith("update|");

/** What the key of a page for the team says of its subject; unlike its Kind people cannot change it. */
const teamMark = ":measures";

/** What the page of measures of a project or an office is made for, in the key of its action. */
export const measuresSubject = (ownerId: string): string => `${ownerId}${teamMark}`;

/** Whether the row is a page of Milepost's for the team alone: it is never mailed, whatever people make of it. */
export const isForTeam = (update: Update): boolean =>
  isOurs(update) && (update.milepostKey.split("|")[1] ?? "").endsWith(teamMark);

/** The project's updates of one kind that Milepost made. */
export const updatesOf = ({ updates }: DeliveryRecord, kind: UpdateKind): readonly Update[] =>
  updates.filter((update) => isOurs(update) && update.kind === kind);

/** The change that brought an update where it is now; null where nothing is known of it. */
export const lastStateOf = (history: History, { pageId }: Update): Transition | null =>
  effectiveOf(history, pageId, "state").at(-1) ?? null;

const attemptsTo = (history: History, updateId: string, contactId: string): readonly PastAction[] =>
  history.actions.filter(({ key }) => key.startsWith(`letter|${updateId}:${contactId}|`));

/** When the letter of an update reached the mail server for a contact (UTC ms), at whichever Ready; null where it did not. */
export const deliveredAt = (history: History, updateId: string, contactId: string): number | null =>
  attemptsTo(history, updateId, contactId).find(({ state }) => state === "done")?.at ?? null;

/** Whether an earlier letter to the contact is still being sent: a second one would be a doubled mail. */
export const isUnderWay = (history: History, updateId: string, contactId: string, key: string): boolean =>
  attemptsTo(history, updateId, contactId).some((one) => one.key !== key && one.state === "running");

/**
 * Whether a draft leaves without the team (Client letters: Automatic): only one that nobody has touched the State of, and
 * that was written since letters became so. What was drafted for review is left to the team.
 */
export const startsByItself = (situation: Situation, update: Update, live: number): boolean => {
  const { record, history, office } = situation;
  if (lettersOf(record.project, office) !== "Automatic") return false;
  const state = lastStateOf(history, update);
  if (state !== null && (state.outcome !== "accepted" || state.from !== null)) return false;
  const automatic = effectiveOf(history, record.project.pageId, "clientLetters").findLast(
    ({ outcome, to }) => outcome === "accepted" && to === "Automatic",
  );
  const written = pastAction(history, update.milepostKey)?.at ?? update.createdTime;
  if (overtaken(situation, update, written) !== null) return false;
  return written >= Math.max(live, automatic?.at ?? live);
};

/** Stages in which what an update of a kind tells is not so any more. */
const overtakenIn: Readonly<Record<UpdateKind, readonly (Stage | null)[]>> = {
  "Weekly summary": ["On hold", "Cancelled"],
  "Milestone complete": ["Cancelled"],
  Handover: ["Intake", "Planning", "In production", "QA", "Deployment", "Cancelled"],
  Confirmation: [],
  Measures: [],
};

/**
 * Why an update would tell the client what is not so, or not theirs to see; null where it would not. What changed before
 * `since` (UTC ms) the team knew when it let the update go.
 */
export const overtaken = (
  { record, history }: Situation,
  update: Update,
  since: number,
): "hidden" | "overtaken" | null => {
  const changedSince = (pageId: string, property: string): boolean =>
    (effectiveOf(history, pageId, property).at(-1)?.at ?? since) > since;
  const { pageId, stage } = record.project;
  if (update.kind && overtakenIn[update.kind].includes(stage) && changedSince(pageId, "stage"))
    return "overtaken";
  const [milestoneId] = update.milestone;
  if (update.kind !== "Milestone complete" || milestoneId === undefined) return null;
  const milestone = record.milestones.find((one) => one.pageId === milestoneId);
  if (milestone && !milestone.clientVisible) return "hidden";
  return milestone && !changedSince(milestoneId, "status") ? null : "overtaken";
};

/** Whether an action with this state may still be carried out. */
export const isOpen = (state: ActionState | null): boolean =>
  state === null || state === "pending" || state === "running";

/**
 * When the latest summary that was sent before a moment had opened (UTC ms); null where none was. Its key holds its week, which the team
 * cannot change.
 */
export const lastSummaryOpened = (
  record: DeliveryRecord,
  before: number,
  opens: WeeklyMoment,
  { timeZone }: Office,
): number | null => {
  const sent = updatesOf(record, "Weekly summary").filter(({ state }) => state === "Sent");
  const openings = sent.flatMap(({ milepostKey }) => {
    const day = dayOfIsoWeek(milepostKey.split("|").at(-1) ?? "", opens.weekday);
    const opened = day === null ? before : timeOn(day, opens.time, timeZone);
    return opened < before ? [opened] : [];
  });
  return openings.length === 0 ? null : Math.max(...openings);
};
