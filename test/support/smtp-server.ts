import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** The places of an SMTP conversation at which a script may interfere. `dot` is the reply to the whole message. */
export type SmtpStep = "banner" | "ehlo" | "auth" | "mail" | "rcpt" | "data" | "dot";

/** What is answered at each step: a reply, or `drop` for a connection that breaks off there. */
export type SmtpScript = Readonly<Partial<Record<SmtpStep, string>>>;

export type SmtpMessage = {
  readonly from: string;
  readonly to: readonly string[];
  /** The bytes of the message, dots of the transfer taken away. */
  readonly bytes: string;
  /** Whether the server said that it took it. */
  readonly taken: boolean;
};

export type ScriptedSmtp = {
  readonly url: string;
  readonly messages: readonly SmtpMessage[];
  /** Every line that clients said outside of messages. */
  readonly commands: readonly string[];
  connections(): number;
  /** What the connections from now on meet. */
  script(next: SmtpScript | ((recipient: string) => SmtpScript)): void;
  close(): Promise<void>;
};

const usual: Readonly<Record<SmtpStep, string>> = {
  banner: "220 scripted",
  ehlo: "250-scripted\r\n250-AUTH PLAIN\r\n250 8BITMIME",
  auth: "235 welcome",
  mail: "250 sender fine",
  rcpt: "250 recipient fine",
  data: "354 go on",
  dot: "250 taken",
};

/** An SMTP server on loopback that says what it is told to say and records what it hears. */
export const startScriptedSmtp = async (login = ""): Promise<ScriptedSmtp> => {
  const messages: SmtpMessage[] = [];
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  let script: (recipient: string) => SmtpScript = () => ({});
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => undefined);
    converse(socket, (recipient) => ({ ...usual, ...script(recipient) }), messages, commands);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://${login}127.0.0.1:${port}`,
    ...{ messages, commands },
    connections: () => connections,
    script: (next) => {
      script = typeof next === "function" ? next : () => next;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
};

type Replies = Readonly<Record<SmtpStep, string>>;

const converse = (
  socket: Socket,
  repliesFor: (recipient: string) => Replies,
  messages: SmtpMessage[],
  commands: string[],
): void => {
  let [from, recipient, pending, inData] = ["", "", "", false];
  const answer = (step: SmtpStep): string => {
    const reply = repliesFor(recipient)[step];
    if (reply === "drop") socket.destroy();
    else socket.write(`${reply}\r\n`);
    return reply;
  };
  const command = (line: string): void => {
    commands.push(line);
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === "EHLO" || verb === "HELO") answer("ehlo");
    else if (verb === "AUTH") answer("auth");
    else if (verb === "MAIL") {
      from = /<(.*?)>/.exec(line)?.[1] ?? "";
      answer("mail");
    } else if (verb === "RCPT") {
      recipient = /<(.*?)>/.exec(line)?.[1] ?? "";
      answer("rcpt");
    } else if (verb === "DATA") inData = answer("data").startsWith("354");
    else socket.write(verb === "QUIT" ? "221 bye\r\n" : "502 not here\r\n");
  };
  const message = (bytes: string): void => {
    inData = false;
    const reply = answer("dot");
    const plain = bytes.replace(/^\.\./gm, ".");
    messages.push({
      from,
      to: [recipient],
      bytes: plain,
      taken: reply.startsWith("250") || reply === "drop",
    });
  };
  socket.on("data", (chunk) => {
    pending += chunk.toString("latin1");
    for (;;) {
      const end = pending.indexOf(inData ? "\r\n.\r\n" : "\r\n");
      if (end < 0) return;
      const part = pending.slice(0, end);
      pending = pending.slice(end + (inData ? 5 : 2));
      if (inData) message(part);
      else command(part);
    }
  });
  answer("banner");
};
