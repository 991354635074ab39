import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { outcomeOf } from "../../src/mail/outcome.ts";
import { createMailer } from "../../src/mail/smtp.ts";
import type { Mail } from "../../src/ports.ts";
import { type ScriptedSmtp, type SmtpStep, startScriptedSmtp } from "../support/smtp-server.ts";

let smtp: ScriptedSmtp;
beforeEach(async () => {
  smtp = await startScriptedSmtp();
});
afterEach(() => smtp.close());

const mail = (changes: Partial<Mail> = {}): Mail => ({
  messageId: "<0a1b2c@milepost.example>",
  date: Date.UTC(2026, 10, 24, 9, 0),
  from: "Dana Reyes <letters@north.example>",
  to: "cleo@acme.example",
  subject: "Grüße: week 48",
  text: "Hi Cleo,\n.\n..\nthat is all.",
  html: "<p>Hi Cleo, that is all. ✓</p>",
  references: "<project@milepost.example>",
  ...changes,
});
const send = (changes: Partial<Mail> = {}) => createMailer({ smtpUrl: smtp.url }).send(mail(changes));

describe("a mail that the server takes", () => {
  test("arrives once, with its own headers, text and HTML, dots and all", async () => {
    expect(await send()).toEqual({ kind: "sent", response: "250 taken" });
    expect(smtp.messages).toHaveLength(1);
    const [message] = smtp.messages;
    expect(message).toMatchObject({ from: "letters@north.example", to: ["cleo@acme.example"] });
    const email = await PostalMime.parse(message?.bytes ?? "");
    expect(email).toMatchObject({
      subject: "Grüße: week 48",
      messageId: "<0a1b2c@milepost.example>",
      references: "<project@milepost.example>",
      from: { name: "Dana Reyes", address: "letters@north.example" },
      to: [{ address: "cleo@acme.example" }],
    });
    expect(email.headers.find(({ key }) => key === "auto-submitted")?.value).toBe("auto-generated");
    expect(email.text?.trim()).toBe("Hi Cleo,\n.\n..\nthat is all.");
    expect(email.html?.trim()).toBe("<p>Hi Cleo, that is all. ✓</p>");
    expect(email.date).toBe("2026-11-24T09:00:00.000Z");
  });

  test("has the same bytes at every attempt", async () => {
    await send();
    await send();
    expect(smtp.messages[1]?.bytes).toBe(smtp.messages[0]?.bytes);
  });

  test("is sent after a login where the address holds one", async () => {
    smtp.script({ auth: "235 welcome" });
    const smtpUrl = smtp.url.replace("//", "//north:p%40ss@");
    expect((await createMailer({ smtpUrl }).send(mail())).kind).toBe("sent");
    const said = smtp.commands.find((line) => line.startsWith("AUTH PLAIN "))?.slice(11) ?? "";
    expect(Buffer.from(said, "base64").toString()).toBe("\0north\0p@ss");
  });
});

describe("what became of an attempt that the server ended", () => {
  const rows: readonly (readonly [SmtpStep, string, string, string])[] = [
    ["banner", "421 later", "temporary", "connect_421"],
    ["banner", "554 no", "channel", "connect_554"],
    ["banner", "drop", "temporary", "connect_ECONNECTION"],
    ["ehlo", "421 later", "temporary", "connect_421"],
    ["ehlo", "drop", "temporary", "connect_ECONNECTION"],
    ["mail", "451 later", "temporary", "mail_451"],
    ["mail", "550 not from you", "channel", "mail_550"],
    ["mail", "530 log in first", "channel", "mail_530"],
    ["mail", "552 too large", "permanent", "mail_552"],
    ["mail", "drop", "temporary", "envelope_ECONNECTION"],
    ["rcpt", "450 greylisted", "temporary", "rcpt_450"],
    ["rcpt", "452 full", "temporary", "rcpt_452"],
    ["rcpt", "550 nobody", "permanent", "rcpt_550"],
    ["rcpt", "drop", "temporary", "envelope_ECONNECTION"],
    ["data", "451 later", "temporary", "data_451"],
    ["data", "554 policy", "permanent", "data_554"],
    ["data", "drop", "temporary", "envelope_ECONNECTION"],
    ["dot", "421 closing", "temporary", "data_421"],
    ["dot", "451 later", "temporary", "data_451"],
    ["dot", "552 too large", "permanent", "data_552"],
    ["dot", "drop", "unknown", "dot_ECONNECTION"],
  ];
  test.each(rows)("at %s with %s is %s (%s)", async (step, reply, kind, code) => {
    smtp.script({ [step]: reply });
    expect(await send()).toEqual({ kind, code });
    expect(smtp.connections()).toBe(1);
  });

  test.each([
    ["535 wrong password", "channel", "login_535"],
    ["454 later", "temporary", "login_454"],
    ["drop", "temporary", "login_ECONNECTION"],
  ])("at the login with %s is %s (%s)", async (auth, kind, code) => {
    smtp.script({ auth });
    const smtpUrl = smtp.url.replace("//", "//north:secret@");
    expect(await createMailer({ smtpUrl }).send(mail())).toEqual({ kind, code });
  });

  test("by saying nothing is a matter of the channel, or each letter in turn would hold everything up", () => {
    const silence = { code: "ETIMEDOUT" };
    expect(outcomeOf("login", silence)).toEqual({ kind: "channel", code: "login_ETIMEDOUT" });
    expect(outcomeOf("envelope", silence)).toEqual({ kind: "channel", code: "envelope_ETIMEDOUT" });
    expect(outcomeOf("dot", silence)).toEqual({ kind: "unknown", code: "dot_ETIMEDOUT" });
  });

  test("is a matter of the channel where nobody listens or the name is unknown", async () => {
    const { url } = smtp;
    await smtp.close();
    expect(await createMailer({ smtpUrl: url }).send(mail())).toMatchObject({
      kind: "channel",
      code: "connect_ECONNREFUSED",
    });
    const unknown = createMailer({ smtpUrl: "smtp://no-such-host.invalid:587" });
    expect(await unknown.send(mail())).toMatchObject({ kind: "channel" });
    smtp = await startScriptedSmtp();
  });
});

describe("encryption", () => {
  test("is never given up: a server elsewhere without STARTTLS hears no sender and no password", async () => {
    // 0.0.0.0 reaches this machine without being one of its loopback addresses.
    const smtpUrl = smtp.url.replace("//127.0.0.1", "//north:secret@0.0.0.0");
    expect(await createMailer({ smtpUrl }).send(mail())).toMatchObject({ kind: "channel" });
    expect(smtp.commands.filter((line) => /^(MAIL|AUTH)/.test(line))).toEqual([]);
  });

  test("demands a certificate that can be trusted", async () => {
    const untrusted = new SMTPServer({ secure: true, logger: false, authOptional: true });
    untrusted.on("error", () => undefined);
    const server = untrusted.listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    const outcome = await createMailer({ smtpUrl: `smtps://127.0.0.1:${port}` }).send(mail());
    expect(outcome).toMatchObject({ kind: "channel" });
    await new Promise<void>((resolve) => untrusted.close(() => resolve()));
  });
});

describe("a mail that must not leave", () => {
  test.each([
    "a@x.example,b@y.example",
    "a@x.example b@y.example",
    '"a\r\nRCPT TO:<b@y.example>"@x.example',
    "cleo@acme.example\r\nBcc: b@y.example",
    "Friends: a@x.example, b@y.example;",
    "Cleo <cleo@acme.example>",
    "<cleo@acme.example>",
    "cleo@аcme.example",
    "cleo@localhost",
    "cleo@@acme.example",
    "cleo@acme..example",
    `${"a".repeat(65)}@acme.example`,
    `a@${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(63)}.${"e".repeat(63)}.example`,
    `${"(".repeat(100_000)}a@x.example`,
    "",
  ])("to %j is refused before anything is said", async (to) => {
    expect(await send({ to })).toEqual({ kind: "permanent", code: "recipient" });
    expect(smtp.connections()).toBe(0);
  });

  test.each([
    { subject: "Hello\r\nBcc: b@y.example" },
    { subject: "Hello\u0000" },
    { subject: "Hello\u2028World" },
    { messageId: "<a@b>\r\nBcc: b@y.example" },
    { references: "<a@b.example> <c@d.example>\r\nX: y" },
  ])("with a header that holds more than its line is refused: %j", async (changes) => {
    expect(await send(changes)).toEqual({ kind: "permanent", code: "header" });
    expect(smtp.connections()).toBe(0);
  });

  test.each(["nobody", "Dana\r\nBcc: x <letters@north.example>", "a@x.example, b@y.example"])(
    "from %j holds up all mail",
    async (from) => {
      expect(await send({ from })).toEqual({ kind: "channel", code: "sender" });
    },
  );
});

test("a setting that is no address of a mail server is named, without its value", () => {
  for (const smtpUrl of ["", "http://mail.example", "smtp://user:%zz@mail.example", "smtp://"]) {
    expect(() => createMailer({ smtpUrl })).toThrow(/^A setting is missing or wrong. \(SMTP_URL\)$/);
  }
});
