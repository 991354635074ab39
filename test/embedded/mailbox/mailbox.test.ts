import type { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Mailbox, startMailbox } from "../../../src/embedded/mailbox/mailbox.ts";
import { mailboxPages } from "../../../src/embedded/mailbox/mailbox-pages.ts";
import { createMailer } from "../../../src/mail/smtp.ts";
import type { Database, Mail } from "../../../src/ports.ts";
import { openNodeDatabase } from "../../../src/store/node-sqlite.ts";
import { recordingLog } from "../../notion/support.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";

let database: Database;
let mailbox: Mailbox;
let pages: Hono;
const start = Date.UTC(2026, 10, 24, 9, 0);
const open = (): Promise<Mailbox> =>
  startMailbox({ database, clock: createVirtualClock(start), log: recordingLog(), port: 0 });
beforeEach(async () => {
  database = openNodeDatabase(":memory:");
  mailbox = await open();
  pages = mailboxPages(mailbox);
});
afterEach(async () => {
  await mailbox.close();
  database.close();
});

const send = (changes: Partial<Mail> = {}) =>
  createMailer({ smtpUrl: mailbox.smtpUrl }).send({
    ...{ messageId: "<m1@milepost.example>", date: start, from: "Dana <letters@north.example>" },
    ...{ to: "cleo@acme.example", subject: "Grüße <b>", text: "Plain words.", references: null },
    html: '<html><head><title>x</title></head><body><script>alert(1)</script><a href="https://milepost.example/l/1">Sign off</a></body></html>',
    ...changes,
  });
const get = async (path: string) => {
  const answer = await pages.request(path);
  return { answer, text: await answer.text() };
};

test("keeps every mail with its bytes, newest first, over a restart", async () => {
  await send();
  await send({ to: "lou@acme.example", messageId: "<m2@milepost.example>" });
  expect(mailbox.messages().map(({ to, from }) => [...to, from])).toEqual([
    ["lou@acme.example", "letters@north.example"],
    ["cleo@acme.example", "letters@north.example"],
  ]);
  await mailbox.close();
  mailbox = await open();
  const [newest] = mailbox.messages();
  expect(Buffer.from(newest?.raw ?? []).toString()).toMatch(/^Auto-Submitted: auto-generated\r\n/);
  expect(newest?.receivedAt).toBe(start);
});

test("keeps a thousand mails and lets the oldest go", async () => {
  database.exec(
    `INSERT INTO mails (received_at, sender, recipients, raw)
     WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT i, 'a', '[]', '' FROM n`,
  );
  await send();
  const kept = mailbox.messages();
  expect(kept).toHaveLength(1000);
  expect(kept.at(-1)?.receivedAt).toBe(2);
  expect(kept[0]?.from).toBe("letters@north.example");
});

test("refuses a mail of more than a megabyte for good", async () => {
  expect(await send({ text: "x".repeat(1_100_000) })).toMatchObject({ kind: "permanent" });
  expect(mailbox.messages()).toEqual([]);
});

test("lists mails and shows one: who, when, text, headers and its source for download", async () => {
  expect((await get("/")).text).toContain("No mail yet");
  await send();
  const list = await get("/");
  expect(list.text).toContain('href="/mail/1"');
  expect(list.text).toContain("Grüße &lt;b&gt;");
  const mail = await get("/1");
  for (const part of ["Dana &lt;letters@north.example&gt;", "cleo@acme.example", "24 Nov 2026, 09:00 UTC"])
    expect(mail.text).toContain(part);
  expect((await get("/1/text")).text).toContain("Plain words.");
  expect((await get("/1/headers")).text).toContain("Message-ID: &lt;m1@milepost.example&gt;");
  const raw = await get("/1/raw");
  expect(raw.answer.headers.get("content-disposition")).toBe('attachment; filename="mail-1.eml"');
  expect(raw.text).toBe(Buffer.from(mailbox.find(1)?.raw ?? []).toString());
  expect((await get("/2")).answer.status).toBe(404);
});

test("shows a mail's HTML in a frame where nothing runs and links open beside it", async () => {
  await send();
  const mail = await get("/1");
  expect(mail.text).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox" src="/mail/1/body"');
  expect(mail.text).not.toContain("<script");
  expect(mail.answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  const body = await get("/1/body");
  expect(body.text).toContain('<head><base target="_blank">');
  expect(body.answer.headers.get("content-security-policy")).toMatch(
    /^default-src 'none';.*sandbox allow-popups allow-popups-to-escape-sandbox$/,
  );
});
