import { readFileSync } from "node:fs";
import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { secureHeaders } from "hono/secure-headers";
import PostalMime, { type Address, type Email } from "postal-mime";
import { showTime } from "../notion/ui/times.ts";
import type { CapturedMail } from "./mail-store.ts";
import type { Mailbox } from "./mailbox.ts";

/** Where these pages are mounted. */
const root = "/mail";

type Html = ReturnType<typeof html>;

const asset = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");

/** A mail may do nothing but be looked at, and open a link in a tab of its own. */
const frameRights = "allow-popups allow-popups-to-escape-sandbox";
const letterPolicy = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'; sandbox ${frameRights}`;

const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    imgSrc: ["data:"],
    frameSrc: ["'self'"],
    formAction: ["'none'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  strictTransportSecurity: false,
});

const page = (title: string, main: Html): Html => html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title} · Mailbox</title>
  <link rel="stylesheet" href="${root}/style.css">
  <link rel="icon" href="data:,">
</head>
<body>
  <a class="skip" href="#main">Skip to the content</a>
  <header><p class="workspace"><a href="/"><strong>Milepost</strong></a> <span>Mailbox on this machine</span></p></header>
  <main id="main" class="mailbox">${main}</main>
</body>
</html>`;

const addressText = (address: Address | undefined, otherwise: string): string => {
  if (!address?.address) return otherwise;
  return address.name ? `${address.name} <${address.address}>` : address.address;
};

const time = (ms: number): Html => {
  const iso = new Date(ms).toISOString();
  return html`<time datetime="${iso}">${showTime(iso)}</time>`;
};

const subjectOf = (email: Email): string => email.subject?.trim() || "(no subject)";

const listPage = async (mailbox: Mailbox): Promise<Html> => {
  const mails = mailbox.messages();
  const rows = await Promise.all(mails.map(async (mail) => listRow(mail, await PostalMime.parse(mail.raw))));
  const many = mails.length === 1 ? "1 mail" : `${mails.length} mails`;
  return page(
    "All mail",
    html`<h1>Mailbox</h1>
    <p class="quiet">What Milepost has mailed to clients from this machine, newest first: ${many}. Nothing leaves it.
      <a href="${root}">Look again</a></p>
    ${
      mails.length === 0
        ? html`<p>No mail yet. Set an update to Ready in the workspace and look here again.</p>`
        : html`<ul class="mails">${rows}</ul>`
    }`,
  );
};

const listRow = (mail: CapturedMail, email: Email): Html => html`<li><a href="${root}/${mail.id}">
  <span>${mail.to.join(", ")}</span>
  <span class="subject">${subjectOf(email)}</span>
  ${time(mail.receivedAt)}
</a></li>`;

/** The ways to look at a mail; the first one is shown unless another is asked for. */
const views = { letter: "Letter", text: "Text", headers: "Headers" } as const;
type View = keyof typeof views;

const mailPage = async (mail: CapturedMail, view: View): Promise<Html> => {
  const email = await PostalMime.parse(mail.raw);
  const link = (name: View): Html =>
    html`<a href="${root}/${mail.id}${name === "letter" ? "" : `/${name}`}" ${name === view ? html`aria-current="page"` : ""}>${views[name]}</a>`;
  return page(
    subjectOf(email),
    html`<p class="quiet"><a href="${root}">All mail</a></p>
    <h1>${subjectOf(email)}</h1>
    <dl class="envelope">
      <dt>From</dt><dd>${addressText(email.from, mail.from)}</dd>
      <dt>To</dt><dd>${mail.to.join(", ")}</dd>
      <dt>Came</dt><dd>${time(mail.receivedAt)}</dd>
    </dl>
    <nav class="views" aria-label="Ways to look at this mail">
      ${(Object.keys(views) as View[]).map(link)}
      <a href="${root}/${mail.id}/raw" download>Raw source</a>
    </nav>
    ${content(mail, email, view)}`,
  );
};

const content = (mail: CapturedMail, email: Email, view: View): Html => {
  if (view === "headers") {
    const lines = email.headerLines.map(({ line }) => line).reverse();
    return html`<pre class="source" tabindex="0">${lines.join("\n")}</pre>`;
  }
  if (view === "text" || !email.html) return html`<pre class="source" tabindex="0">${email.text ?? ""}</pre>`;
  return html`<iframe class="letter" title="The letter" sandbox="${frameRights}" src="${root}/${mail.id}/body"></iframe>`;
};

/** The mail's own HTML. Its links open beside the mailbox, not within the frame. */
const letterHtml = (email: Email): string => {
  const base = '<base target="_blank">';
  const own = email.html ?? "";
  return /<head[^>]*>/i.test(own) ? own.replace(/<head[^>]*>/i, (head) => head + base) : base + own;
};

/** The captured mails for people, mounted at `/mail`. Mails are shown as untrusted as they are: in a frame without scripts. */
export const mailboxPages = (mailbox: Mailbox): Hono => {
  const pages = new Hono();
  const style = asset("../notion/ui/ui.css") + asset("./mailbox.css");
  const withMail = async (
    c: Context,
    answer: (mail: CapturedMail) => Promise<Response>,
  ): Promise<Response> => {
    const mail = mailbox.find(Number(c.req.param("id")));
    if (mail) return answer(mail);
    return c.html(
      page("Nothing here", html`<h1>Nothing here</h1><p><a href="${root}">All mail</a></p>`),
      404,
    );
  };
  pages.get("/style.css", (c) => c.body(style, 200, { "content-type": "text/css; charset=utf-8" }));
  pages.get("/:id{[0-9]+}/body", (c) =>
    withMail(c, async (mail) => {
      c.header("content-security-policy", letterPolicy);
      c.header("referrer-policy", "no-referrer");
      return c.html(letterHtml(await PostalMime.parse(mail.raw)));
    }),
  );
  pages.get("/:id{[0-9]+}/raw", (c) =>
    withMail(c, async (mail) =>
      c.body(new Uint8Array(mail.raw), 200, {
        "content-type": "message/rfc822",
        "content-disposition": `attachment; filename="mail-${mail.id}.eml"`,
      }),
    ),
  );
  pages.use(headers);
  pages.get("/", async (c) => c.html(await listPage(mailbox)));
  pages.get("/:id{[0-9]+}/:view{text|headers}?", (c) =>
    withMail(c, async (mail) => c.html(await mailPage(mail, (c.req.param("view") ?? "letter") as View))),
  );
  return pages;
};
