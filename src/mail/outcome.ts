import type { MailOutcome } from "../ports.ts";

/** How far an attempt had come. From `dot` on all of the message has been handed over and only the reply is missing. */
export type Phase = "connect" | "login" | "envelope" | "dot";

/** What the SMTP client says of a failure. */
export type SmtpFailure = {
  readonly code?: string | undefined;
  readonly originalCode?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly command?: string | undefined;
};

const stepByCommand: Readonly<Record<string, string>> = {
  "MAIL FROM": "mail",
  "RCPT TO": "rcpt",
  DATA: "data",
};

/** Codes of a connection that was there and broke off. */
const lostCodes = new Set(["ECONNECTION", "ECONNRESET", "EPIPE"]);

/** Replies that ask for a login, or refuse it, wherever they come. */
const loginReplies = new Set([530, 534, 535, 538]);

/**
 * What became of an attempt that failed (reliability O5, F36-F41). A 4xx is temporary. A 5xx to RCPT or to the message is
 * about this mail; to anything before, sender included, it would meet every other mail as well, and so would silence. `code`
 * holds the step and the server's or the system's code, never a text of theirs.
 */
export const outcomeOf = (phase: Phase, failure: SmtpFailure): MailOutcome => {
  const step = stepByCommand[failure.command ?? ""] ?? phase;
  const code = `${step}_${failure.responseCode ?? failure.originalCode ?? failure.code ?? "failed"}`;
  return { kind: kindOf(phase, step, failure), code: code.replace(/[^\w.-]/g, "").slice(0, 60) };
};

type FailureKind = Exclude<MailOutcome["kind"], "sent">;

const kindOf = (phase: Phase, step: string, failure: SmtpFailure): FailureKind => {
  if (failure.code === "ETLS") return "channel";
  const reply = failure.responseCode ?? null;
  // 503 says that the conversation went wrong, not that the mail is.
  if (reply !== null && (Math.floor(reply / 100) === 4 || reply === 503)) return "temporary";
  if (reply !== null && Math.floor(reply / 100) === 5) return refusalKind(phase, step, reply);
  if (failure.code === "EMESSAGE") return "permanent";
  return silenceKind(phase, failure);
};

const refusalKind = (phase: Phase, step: string, reply: number): FailureKind => {
  if (phase === "connect" || phase === "login" || loginReplies.has(reply)) return "channel";
  // 552 to MAIL FROM is about the announced size.
  return step === "mail" && reply !== 552 ? "channel" : "permanent";
};

const silenceKind = (phase: Phase, failure: SmtpFailure): FailureKind => {
  if (phase === "dot") return "unknown";
  if (failure.code === "ETIMEDOUT") return "channel";
  if (phase === "envelope") return "temporary";
  return lostCodes.has(failure.originalCode ?? failure.code ?? "") ? "temporary" : "channel";
};
