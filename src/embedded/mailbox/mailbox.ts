import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import type { Clock, Database, Log } from "../../ports.ts";
import { type CapturedMail, createMailStore, type MailStore } from "./mail-store.ts";

export type MailboxOptions = {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** 0 lets the system choose. */
  readonly port: number;
};

export type Mailbox = {
  /** The address for SMTP_URL. */
  readonly smtpUrl: string;
  /** Newest first, 1,000 at most. */
  messages(): CapturedMail[];
  find(id: number): CapturedMail | null;
  /** Stops listening; the mails stay. */
  close(): Promise<void>;
};

const sizeLimit = 1024 * 1024;

/** Never reachable from another machine (design §10). */
const host = "127.0.0.1";

/** A mail server that keeps every mail for whoever it is meant, and passes none on. Rejects when the port cannot be had. */
export const startMailbox = (options: MailboxOptions): Promise<Mailbox> =>
  new Promise((resolve, reject) => {
    const { clock, log, port } = options;
    const store = createMailStore(options.database);
    const server = new SMTPServer({
      banner: "Milepost mailbox",
      authOptional: true,
      disabledCommands: ["AUTH", "STARTTLS"],
      disableReverseLookup: true,
      logger: false,
      size: sizeLimit,
      closeTimeout: 1_000,
      onData: (stream, session, done) =>
        take(stream, session, clock, store).then(
          () => done(null, "kept"),
          (error: Error) => done(error),
        ),
    });
    server.once("error", reject);
    const listening = server.listen(port, host, () => {
      server.off("error", reject);
      server.on("error", (error) => log.debug("mailbox.connection_failed", { kind: error.name }));
      const { port: chosen } = listening.address() as AddressInfo;
      resolve({
        smtpUrl: `smtp://${host}:${chosen}`,
        messages: store.all,
        find: store.find,
        close: () => new Promise((closed) => server.close(() => closed())),
      });
    });
  });

const take = async (
  stream: SMTPServerDataStream,
  { envelope }: SMTPServerSession,
  clock: Clock,
  store: MailStore,
): Promise<void> => {
  const parts: Buffer[] = [];
  // The server counts on, but what is too large is not kept in memory.
  for await (const part of stream) if (!stream.sizeExceeded) parts.push(part as Buffer);
  if (stream.sizeExceeded) throw Object.assign(new Error("The mail is too large"), { responseCode: 552 });
  const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
  const to = envelope.rcptTo.map(({ address }) => address);
  store.add({ receivedAt: clock.now(), from, to, raw: Buffer.concat(parts) });
};
