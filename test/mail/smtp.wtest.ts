import { expect, test } from "vitest";
import { composeMessage, mailboxOf } from "../../src/mail/mime.ts";
import { createMailer } from "../../src/mail/smtp.ts";
import type { Mail } from "../../src/ports.ts";

const mail: Mail = {
  messageId: "<0a1b2c@milepost.example>",
  date: Date.UTC(2026, 10, 24, 9, 0),
  from: "Dana Reyes <letters@north.example>",
  to: "cleo@acme.example",
  subject: "Grüße",
  text: "Hi Cleo",
  html: "<p>Hi Cleo</p>",
  references: null,
};

test("the mailer works in workerd: a message is composed, and a server that nobody answers for is told apart", async () => {
  const from = mailboxOf(mail.from) ?? { name: "", address: "" };
  const bytes = await (await composeMessage(mail, from)).build();
  expect(String(bytes)).toContain("Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=");
  const outcome = await createMailer({ smtpUrl: "smtp://127.0.0.1:1" }).send(mail);
  expect(outcome.kind).toBe("channel");
});
