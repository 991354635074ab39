import type { StoredAction } from "../store/actions.ts";
import type { ActionPayload } from "../types/action.ts";
import type { ErrorCode } from "../types/error-catalogue.ts";
import type { Ending } from "./outcome.ts";

/** A stored action that is a letter. */
export type LetterAction = {
  readonly action: StoredAction;
  readonly payload: Extract<ActionPayload, { kind: "letter" }>;
};

const ending =
  (code: ErrorCode, sentence: string, again = "Then choose Ready again.") =>
  ({ payload }: LetterAction, detail = "see the contact's page"): Ending => ({
    code,
    pageId: payload.contactId,
    detail,
    sentence: `${sentence.replace("%", detail)} ${again}`,
  });

/** How a letter ends that did not go out, with what the team reads under Held because. */
export const endings = {
  gone: ending("mail_address_missing", "A contact under To is no longer there. Choose another one."),
  addressMissing: ending(
    "mail_address_missing",
    "A contact under To has no mail address. Fill in Email on the contact's page.",
  ),
  addressWrong: ending(
    "mail_address_wrong",
    "The mail address of a contact under To cannot be used. Write one plain address, such as cleo@acme.example, into Email on the contact's page.",
  ),
  addressChanged: ending(
    "mail_address_changed",
    "The mail address of a contact under To was changed while the letter was on its way to the old one.",
  ),
  empty: ending("mail_empty", "This page has no text. Write it."),
  linkOver: ending("mail_given_up", "The sign-off link stopped working before the letter could leave."),
  rejected: ending(
    "mail_rejected",
    "The mail server refused the letter (%). Check Email on the contact's page.",
  ),
  givenUp: ending(
    "mail_given_up",
    "The letter could not be delivered within a day (%). Ask the client, or your mail provider, what is wrong.",
  ),
  unclear: ending(
    "mail_outcome_unknown",
    "Twice the mail server took the letter and broke off before confirming it. It probably arrived: ask the client.",
    "If it did not, choose Ready again.",
  ),
} as const;

/** The problems of a contact that a delivered letter ends. */
export const endedByDelivery: readonly ErrorCode[] = [
  "mail_address_missing",
  "mail_address_wrong",
  "mail_address_changed",
  "mail_empty",
  "mail_rejected",
  "mail_given_up",
  "mail_outcome_unknown",
];
