import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { Mail, Mailer, MailOutcome } from "../ports.ts";
import { composeMessage, faultOf, type Mailbox, mailboxOf } from "./mime.ts";
import { outcomeOf, type Phase, type SmtpFailure } from "./outcome.ts";
import { type SmtpServer, smtpServerOf } from "./smtp-server.ts";

/**
 * How long an attempt may take, in ms of real time: the loop waits for it. `talk` ends everything up to the final dot. Only
 * the reply to the dot gets longer (reliability O5), because without it nobody knows whether the mail arrived.
 */
const usual = { connect: 10_000, greeting: 10_000, talk: 30_000, reply: 60_000, whole: 90_000 };

export type MailTimeouts = typeof usual;

/**
 * Mail over SMTP, for Node and for Workers, which share no socket between requests: each mail has its own connection.
 * Without TLS nothing leaves this machine: over `smtp:` STARTTLS is demanded of every host but loopback. `send` never
 * throws for what a server does or for a mail that must not leave; it says what became of it.
 * @throws MilepostError `setting_invalid` where `smtpUrl` is no address of a mail server
 */
export const createMailer = ({
  smtpUrl,
  timeouts = usual,
}: {
  readonly smtpUrl: string;
  readonly timeouts?: MailTimeouts;
}): Mailer => {
  const server = smtpServerOf(smtpUrl);
  return {
    send: async (mail) => {
      const fault = faultOf(mail);
      const from = mailboxOf(mail.from);
      if (fault === "sender" || from === null) return { kind: "channel", code: "sender" };
      return fault === null ? deliver(server, mail, from, timeouts) : { kind: "permanent", code: fault };
    },
  };
};

const connectionTo = (server: SmtpServer, from: Mailbox, timeouts: MailTimeouts): SMTPConnection =>
  new SMTPConnection({
    host: server.host,
    port: server.port,
    secure: server.secure,
    requireTLS: !server.secure && !server.loopback,
    ignoreTLS: server.loopback,
    // The name in EHLO; the machine's own is nobody's business.
    name: from.address.slice(from.address.indexOf("@") + 1),
    connectionTimeout: timeouts.connect,
    greetingTimeout: timeouts.greeting,
    socketTimeout: timeouts.reply,
  });

/** What the connection inherits from `node:events`, whose types the Workers build does not have. */
type ErrorSource = { readonly on: (event: "error", listener: (failure: SmtpFailure) => void) => void };

const deliver = async (
  server: SmtpServer,
  mail: Mail,
  from: Mailbox,
  timeouts: MailTimeouts,
): Promise<MailOutcome> => {
  const message = await composeMessage(mail, from);
  const connection = connectionTo(server, from, timeouts);
  let phase: Phase = "connect";
  const attempt = new Promise<MailOutcome>((resolve) => {
    const fail = (failure: SmtpFailure): void => resolve(outcomeOf(phase, failure));
    const send = (): void => {
      phase = "envelope";
      const bytes = message.createReadStream();
      // It is read only once the server asked for it; at its end the final dot has been written.
      bytes.once("end", () => {
        phase = "dot";
      });
      const envelope = { from: from.address, to: [mail.to] };
      connection.send(envelope, bytes, (error, info) =>
        error ? fail(error) : resolve({ kind: "sent", response: info.response.slice(0, 200) }),
      );
    };
    (connection as unknown as ErrorSource).on("error", fail);
    const silence = (): void => fail({ code: "ETIMEDOUT" });
    AbortSignal.timeout(timeouts.whole).addEventListener("abort", silence);
    AbortSignal.timeout(timeouts.talk).addEventListener("abort", () => phase !== "dot" && silence());
    connection.connect((error) => {
      if (error) return fail(error);
      if (server.login === null) return send();
      phase = "login";
      connection.login({ ...server.login }, (refused) => (refused ? fail(refused) : send()));
    });
  });
  const outcome = await attempt;
  connection.close();
  return outcome;
};
