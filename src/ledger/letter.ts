import { withLink } from "../content/mail-body.ts";
import { nextOfficeMoment } from "../domain/office-hours.ts";
import { noteAttempt } from "../store/actions.ts";
import { findLetter, letterSending, letterUnclear, type StoredLetter } from "../store/letters.ts";
import { mailPause } from "../store/mail-channel.ts";
import { raiseProblem } from "../store/problems.ts";
import type { ActionContext, MailChannel } from "./context.ts";
import { endings, type LetterAction } from "./letter-endings.ts";
import { freeze } from "./letter-freeze.ts";
import { linkOf } from "./letter-link.ts";
import { settle } from "./letter-outcome.ts";
import { type Recipient, recipientOf } from "./letter-recipient.ts";
import type { Carrier, Outcome } from "./outcome.ts";

/** How often a letter looks again whether a mail server is set by now; that takes a restart. */
const notConfiguredMs = 15 * 60_000;

/** A letter that may have arrived without being confirmed is sent once more, no oftener (reliability O4). */
const mostUnclear = 2;

/**
 * One step of a letter's life (design §9): checked by direct reads, frozen, kept for the recipient's office hours, given
 * its link, sent, its outcome stored. Every attempt sends the same bytes.
 */
export const carryOutLetter: Carrier<"letter">["carryOut"] = async (context, action, payload) => {
  const { database, clock, mail } = context;
  const letter = { action, payload };
  if (mail === null) return notConfigured(context);
  noteCrash(context, action.key);
  if ((findLetter(database, action.key)?.unclear ?? 0) >= mostUnclear)
    return { kind: "unknown", ending: endings.unclear(letter) };
  const pause = mailPause(database);
  if (pause !== null && pause.until > clock.now()) return { kind: "not_yet", until: pause.until };
  const recipient = await recipientOf(context, letter);
  if ("kind" in recipient) return recipient;
  const frozen = await freeze(context, letter, recipient, mail);
  if ("kind" in frozen) return frozen;
  const leavesAt = leaves(context, letter, recipient);
  if (leavesAt > clock.now()) return { kind: "not_yet", until: leavesAt };
  return attempt(context, letter, frozen, mail);
};

const notConfigured = ({ database, clock }: ActionContext): Outcome => {
  const now = clock.now();
  const everything = { pageId: null, database: null, property: null };
  return {
    kind: "not_yet",
    until: now + notConfiguredMs,
    alongside: () =>
      raiseProblem(
        database,
        { code: "mail_not_configured", ...everything, detail: "SMTP_URL, MAIL_FROM" },
        now,
      ),
  };
};

/** An attempt whose outcome was never stored ended with its process: it may have arrived. */
const noteCrash = ({ database }: ActionContext, key: string): void => {
  if (findLetter(database, key)?.sending) letterUnclear(database, key);
};

const leaves = ({ clock, office }: ActionContext, { payload }: LetterAction, { zone }: Recipient): number =>
  payload.atOnce ? clock.now() : nextOfficeMoment(clock.now(), zone, office());

const attempt = async (
  context: ActionContext,
  letter: LetterAction,
  frozen: StoredLetter,
  { mailer }: MailChannel,
): Promise<Outcome> => {
  const { database, clock, probe } = context;
  const { key } = letter.action;
  const link = await linkOf(context, letter, frozen);
  if (link && "kind" in link) return link;
  const body = link === null ? frozen : withLink(frozen, link.linkId, link.address);
  database.transaction(() => {
    noteAttempt(database, key, clock.now());
    letterSending(database, key);
  });
  probe("mail.send.before");
  const { messageId, mailDate: date, from, to, subject, references } = frozen;
  const { text, html } = body;
  const outcome = await mailer.send({ messageId, date, from, to, subject, text, html, references });
  probe("mail.send.after");
  return settle(context, letter, outcome);
};
