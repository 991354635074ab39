import { databases } from "../../notion-templates/databases.ts";
import type { Office } from "../domain/office.ts";
import { nextOfficeMoment } from "../domain/office-hours.ts";
import { actionsNotDone, type OpenAction } from "../store/actions.ts";
import { answersOf, transitionsOf } from "../store/history.ts";
import { isHeld } from "../store/holds.ts";
import { mailPause } from "../store/mail-channel.ts";
import { findPage } from "../store/pages.ts";
import { type ActionPayload, type ActionState, causeIn } from "../types/action.ts";
import type { PlannedAction, PlannedCause, PlannedState } from "../types/plan.ts";
import { isTimeZone } from "../types/time-zone.ts";
import type { EngineContext } from "./context.ts";
import { nameOf, type OfProject, propertiesOf, shownText, titleOf } from "./plan-words.ts";

/** The states of the ledger before anything is decided, by key. */
export type LedgerBefore = ReadonlyMap<string, ActionState>;

export const ledgerBefore = ({ database }: EngineContext): LedgerBefore =>
  new Map(actionsNotDone(database).map(({ key, state }) => [key, state]));

/** What is to be done and what never will be, once everything is decided. */
export const plannedActions = (
  context: EngineContext,
  before: LedgerBefore,
  office: Office,
): readonly OfProject<PlannedAction>[] =>
  actionsNotDone(context.database).flatMap((action) => {
    const was = before.get(action.key);
    const state = stateOf(was, action.state);
    if (state === null) return [];
    const recorded = was !== undefined && was !== "cancelled";
    const isOpen = state === "wanted" || state === "pending";
    const nextTry = isOpen ? nextTryOf(context, action, office) : null;
    return [
      {
        projectId: action.projectId,
        planned: { ...described(context, action), state, recorded, nextTry },
      },
    ];
  });

/** Null for what was cancelled before: nobody waits for it. */
const stateOf = (was: ActionState | undefined, now: ActionState): PlannedState | null => {
  switch (now) {
    case "pending":
    case "running":
      return was === undefined || was === "cancelled" ? "wanted" : "pending";
    case "cancelled":
      return was === "pending" ? "dropped" : null;
    case "done":
      return null;
    default:
      return now;
  }
};

const described = (context: EngineContext, action: OpenAction) => ({
  ...{ key: action.key, kind: action.payload.kind, rule: action.rule },
  ...{ cause: causeOf(context, action), causedAt: action.causedAt, closesAt: action.closesAt },
  ...{ failures: action.attempts, lastError: action.error },
  ...contentOf(context, action.payload),
});

const contentOf = (
  context: EngineContext,
  payload: ActionPayload,
): Pick<PlannedAction, "title" | "updateKind" | "recipients"> => {
  switch (payload.kind) {
    case "page":
    case "reply":
      return { title: nameOf(context, payload.pageId), updateKind: null, recipients: [] };
    case "update": {
      const recipients = payload.contactIds.map((contactId) => nameOf(context, contactId));
      return { title: shownText(payload.title), updateKind: payload.updateKind, recipients };
    }
    case "row":
      return {
        title: shownText(payload.title),
        updateKind: databases[payload.database].title,
        recipients: [],
      };
    case "propose":
      return { title: shownText(payload.summary), updateKind: null, recipients: [] };
    case "note":
      return { title: nameOf(context, payload.pageId), updateKind: null, recipients: [] };
    case "letter": {
      const recipients = [nameOf(context, payload.contactId)];
      return { title: nameOf(context, payload.updateId), updateKind: null, recipients };
    }
  }
};

const causeOf = ({ database }: EngineContext, { key, subject }: OpenAction): PlannedCause => {
  const cause = causeIn(key);
  if (cause.kind === "date") return cause;
  if (cause.kind === "answer") {
    const answer = answersOf(database, subject).find(({ id }) => id === cause.answerId);
    return { kind: "answer", by: answer ? shownText(answer.name) : null, choice: answer?.choice ?? null };
  }
  const { property, version } = cause;
  const change = transitionsOf(database, subject).find(
    (one) => one.property === property && one.version === version,
  );
  const page = findPage(database, subject);
  return {
    ...{
      kind: "transition",
      page: page ? titleOf(page) : "",
      from: change?.from ?? null,
      to: change?.to ?? null,
    },
    property: (page && propertiesOf(page.database)[property]?.name) ?? property,
  };
};

/** A letter also waits for the channel and, unless it answers a click, for its reader's office hours (design §9). */
const nextTryOf = (
  context: EngineContext,
  { payload, notBefore }: OpenAction,
  office: Office,
): number | null => {
  const due = Math.max(notBefore, context.clock.now());
  if (payload.kind !== "letter") return due;
  if (context.mail === null) return null;
  const from = Math.max(due, mailPause(context.database)?.until ?? 0);
  if (payload.atOnce) return from;
  if (isHeld(context.database, "letters_burst")) return null;
  const zone = String(findPage(context.database, payload.contactId)?.local.timeZone ?? "").trim();
  return nextOfficeMoment(from, isTimeZone(zone) ? zone : office.timeZone, office);
};
