import type { HeldReason } from "../../notion-templates/letters/held.ts";
import { heldBecause, waitsBecause } from "../content/held-because.ts";
import { minuteValue } from "../domain/calendar.ts";
import { decidersAmong, writableAddress } from "../domain/contacts.ts";
import type { Situation } from "../domain/criterion.ts";
import { pastAction } from "../domain/history.ts";
import { liveFrom } from "../domain/letters.ts";
import type { Contact, Update } from "../domain/record.ts";
import {
  deliveredAt,
  isForTeam,
  isOpen,
  isOurs,
  isUnderWay,
  lastStateOf,
  overtaken,
  startsByItself,
} from "../domain/updates.ts";
import { type Action, type ActionState, actionKey, type PastAction } from "../types/action.ts";
import type { Transition, WantedValue } from "../types/loop.ts";
import { cadence } from "./cadence.ts";
import { heldUpdate, isAskedToLeave, ofUpdate } from "./held-update.ts";
import type { Rule } from "./rule.ts";

type Part = { readonly values: readonly WantedValue[]; readonly actions: readonly Action[] };

const none: Part = { values: [], actions: [] };

/**
 * An update that is Ready becomes one letter for each contact under To; once all are out it is Sent. What cannot leave is
 * Held and says why. Where letters are Automatic a fresh draft becomes Ready by itself, once.
 */
export const lettersRule: Rule = {
  id: "letters",
  since: "0.1.0",
  decide: (situation) => {
    const live = liveFrom(situation);
    const parts = situation.record.updates.map((update) => {
      if (isForTeam(update)) return neverMailed(situation, update, "forTeam");
      if (isOurs(update)) return partOf(situation, update, live);
      return live === null ? none : neverMailed(situation, update, "notOurs");
    });
    return {
      values: parts.flatMap(({ values }) => values),
      actions: parts.flatMap(({ actions }) => actions),
      wakeAt: null,
    };
  },
};

/** Measures, and pages that people made or copied, are never mailed; whoever sets one to Ready is told so. */
const neverMailed = ({ history }: Situation, update: Update, reason: HeldReason): Part =>
  isAskedToLeave(history, update) ? held(update, heldBecause(reason)) : none;

/** What updates say while the record is not complete: nothing leaves, and no update is Held for it. */
export const waitingLetters = (situation: Situation): readonly WantedValue[] =>
  liveFrom(situation) === null
    ? []
    : situation.record.updates
        .filter((update) => isOurs(update) && !isForTeam(update) && update.state === "Ready")
        .map((update) => ofUpdate(update, "heldBecause", waitsBecause(situation.record.gaps)));

const partOf = (situation: Situation, update: Update, live: number | null): Part => {
  switch (update.state) {
    case "Draft":
      return live !== null && startsByItself(situation, update, live)
        ? { ...none, values: [ofUpdate(update, "state", "Ready")] }
        : none;
    case "Ready":
      return ready(situation, update, live);
    case "Held":
      return { ...none, values: sentValues(situation, update) };
    default:
      return none;
  }
};

/** Sent, where every contact under To has got the letter. */
const sentValues = ({ history }: Situation, update: Update): readonly WantedValue[] => {
  const times = update.to.map((contactId) => deliveredAt(history, update.pageId, contactId));
  const reached = times.flatMap((at) => at ?? []);
  if (reached.length === 0 || reached.length < times.length) return [];
  return [
    ofUpdate(update, "state", "Sent"),
    ofUpdate(update, "sentAt", minuteValue(Math.max(...reached))),
    ofUpdate(update, "heldBecause", ""),
  ];
};

const held = (update: Update, because: string): Part => ({ ...none, values: heldUpdate(update, because) });

/** One contact under To, what became of the letter at this Ready, and the letter itself. */
type Recipient = {
  readonly contact: Contact | null;
  readonly delivered: boolean;
  readonly past: PastAction | null;
  readonly action: Action;
};

const ready = (situation: Situation, update: Update, live: number | null): Part => {
  const sent = sentValues(situation, update);
  if (sent.length > 0) return { ...none, values: sent };
  const cause = lastStateOf(situation.history, update);
  if (cause?.to !== "Ready") return none;
  if (live === null) return held(update, heldBecause("lettersOff"));
  if (cause.outcome !== "accepted" || cause.at < live) return held(update, heldBecause("past"));
  const untrue = overtaken(situation, update, cause.at);
  if (untrue !== null) return held(update, heldBecause(untrue));
  const recipients = update.to.map((contactId) => recipientOf(situation, update, contactId, cause));
  const problem = recipients.some(({ past }) => past !== null)
    ? failureOf(recipients)
    : addressProblem(recipients);
  if (problem !== null) return held(update, problem);
  const values = update.heldBecause === "" ? [] : [ofUpdate(update, "heldBecause", "")];
  const due = recipients.filter(({ delivered, action }) => !delivered && !waits(situation, update, action));
  return { values, actions: due.map(({ action }) => action) };
};

const waits = ({ history }: Situation, update: Update, { key, payload }: Action): boolean =>
  payload.kind === "letter" && isUnderWay(history, update.pageId, payload.contactId, key);

const recipientOf = (
  { record, history }: Situation,
  update: Update,
  contactId: string,
  ready: Transition,
): Recipient => {
  const cause = { kind: "transition", property: ready.property, version: ready.version } as const;
  const key = actionKey("letter", `${update.pageId}:${contactId}`, cause);
  const milestone = record.milestones.find(({ pageId }) => pageId === update.milestone[0]);
  const asks = milestone?.signOff === "To request" || milestone?.signOff === "Requested";
  const decides = decidersAmong(record, update.to).includes(contactId);
  const link =
    update.kind === "Milestone complete" && milestone && asks && decides
      ? ({ purpose: "sign-off", pageId: milestone.pageId } as const)
      : null;
  const atOnce = update.kind !== null && cadence[update.kind].leaves === "atOnce";
  return {
    contact: record.contacts.find(({ pageId }) => pageId === contactId) ?? null,
    delivered: deliveredAt(history, update.pageId, contactId) !== null,
    past: pastAction(history, key),
    action: {
      ...{ key, subject: update.pageId, cause, causedAt: ready.at, window: null },
      payload: { kind: "letter", updateId: update.pageId, contactId, link, atOnce },
    },
  };
};

/** What keeps the letters from leaving before the first one is begun: all of them leave or none. */
const addressProblem = (recipients: readonly Recipient[]): string | null => {
  if (recipients.length === 0) return heldBecause("nobody");
  const open = recipients.filter(({ delivered }) => !delivered);
  if (open.some(({ contact }) => contact === null)) return heldBecause("stranger");
  return joined(
    open.map(({ contact }) => (contact && writableAddress(contact) === null ? wrong(contact) : null)),
  );
};

const wrong = (contact: Contact): string =>
  heldBecause((contact.email ?? "").trim() === "" ? "addressMissing" : "addressWrong", contact);

const endedAs: Readonly<Partial<Record<ActionState, HeldReason>>> = { unknown: "unclear", dead: "refused" };

/** Why letters that were begun did not get through; null while one of them is still on its way. */
const failureOf = (recipients: readonly Recipient[]): string | null => {
  const open = recipients.filter(({ delivered }) => !delivered);
  if (open.some(({ past }) => isOpen(past?.state ?? null))) return null;
  return joined(
    open.map(({ past, contact }) =>
      past === null ? null : (past.result ?? heldBecause(endedAs[past.state] ?? "stopped", contact)),
    ),
  );
};

const joined = (sentences: readonly (string | null)[]): string | null => {
  const said = [...new Set(sentences.flatMap((sentence) => sentence ?? []))];
  return said.length === 0 ? null : said.join(" ");
};
