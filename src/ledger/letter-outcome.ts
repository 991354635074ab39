import type { MailOutcome } from "../ports.ts";
import { letterNotTaken, letterSent, letterUnclear } from "../store/letters.ts";
import { mailPause, pauseMail, resumeMail } from "../store/mail-channel.ts";
import { clearPageProblems, clearProblem, raiseProblem } from "../store/problems.ts";
import type { ActionContext } from "./context.ts";
import { endedByDelivery, endings, type LetterAction } from "./letter-endings.ts";
import type { Outcome } from "./outcome.ts";
import { channelPause } from "./retry.ts";

/** How long after an unclear outcome the same bytes are sent once more. */
const unclearMs = 5 * 60_000;

/** The outcome's code where the server said nothing to the final dot. */
const silent = "dot_ETIMEDOUT";

/** What an attempt means for the letter and for the channel (reliability O5); all of it is stored in one transaction. */
export const settle = (context: ActionContext, letter: LetterAction, outcome: MailOutcome): Outcome => {
  const { database, clock } = context;
  const { key } = letter.action;
  const notTaken = (): void => {
    channelWorks(context);
    letterNotTaken(database, key);
  };
  switch (outcome.kind) {
    case "sent":
      return { kind: "done", result: outcome.response, alongside: () => delivered(context, letter) };
    case "unknown":
      return {
        kind: "not_yet",
        until: clock.now() + unclearMs,
        alongside: () => unclear(context, key, outcome.code),
      };
    case "channel":
      return {
        kind: "not_yet",
        until: pauseEnd(context, outcome.code),
        alongside: () => {
          pauseChannel(context, outcome.code);
          letterNotTaken(database, key);
        },
      };
    case "permanent":
      return { kind: "dead", ending: endings.rejected(letter, outcome.code), alongside: notTaken };
    case "temporary":
      return {
        kind: "failed",
        error: outcome.code,
        ending: endings.givenUp(letter, outcome.code),
        alongside: notTaken,
      };
  }
};

/** A server that is silent to one letter is to all: each would hold the loop, and be doubled. */
const unclear = (context: ActionContext, key: string, code: string): void => {
  if (code === silent) pauseChannel(context, code);
  else channelWorks(context);
  letterUnclear(context.database, key);
};

const delivered = (context: ActionContext, { action, payload }: LetterAction): void => {
  const { database, clock } = context;
  channelWorks(context);
  letterSent(database, action.key, clock.now());
  for (const code of endedByDelivery) clearPageProblems(database, payload.contactId, code);
};

const pauseEnd = ({ database, clock }: ActionContext, code: string): number =>
  clock.now() + channelPause(mailPause(database)?.failures ?? 0, code);

/** Pauses all mail: one letter tries again when the pause ends, the others wait for it. */
const pauseChannel = (context: ActionContext, code: string): void => {
  const { database, clock, log } = context;
  const failures = mailPause(database)?.failures ?? 0;
  if (failures === 0) log.error("mail.channel_down", { code });
  pauseMail(database, { until: pauseEnd(context, code), failures: failures + 1, code });
  const everything = { pageId: null, database: null, property: null };
  raiseProblem(database, { code: "mail_channel_down", ...everything, detail: code }, clock.now());
};

const channelWorks = ({ database, log }: ActionContext): void => {
  clearProblem(database, "mail_not_configured");
  if (mailPause(database) === null) return;
  log.info("mail.channel_up");
  resumeMail(database);
  clearProblem(database, "mail_channel_down");
};
