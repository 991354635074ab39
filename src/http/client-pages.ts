import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { SignOffView } from "../content/client-view.ts";
import type { LinkState } from "../engine/answers.ts";

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** The one stylesheet of the client's pages: readable from a phone up, light and dark. */
export const pageStyle = `
:root { color-scheme: light dark; font: 17px/1.6 system-ui, sans-serif; --quiet: light-dark(#5f6368, #9aa0a6); --line: light-dark(#d5d7da, #45484c); --accent: light-dark(#0b57a4, #8ab4f8); }
* { box-sizing: border-box; }
body { margin: 0; background: light-dark(#f7f7f5, #191919); color: light-dark(#26262a, #e8e8e6); }
main { max-width: 38rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: .25rem 0 1.5rem; }
h2 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
.quiet { color: var(--quiet); margin: 0; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; }
form, .result { margin-top: 2rem; padding: 1.25rem; border: 1px solid var(--line); border-radius: .75rem; background: light-dark(#fff, #222); }
fieldset { border: 0; margin: 0 0 1rem; padding: 0; }
legend { font-weight: 600; padding: 0; margin-bottom: .5rem; }
label { display: block; margin: .5rem 0; }
label.field { font-weight: 600; margin-top: 1rem; }
input[type=text], textarea { display: block; width: 100%; font: inherit; padding: .5rem .65rem; margin-top: .25rem; border: 1px solid light-dark(#8b8d91, #75787d); border-radius: .4rem; background: transparent; color: inherit; }
input[type=radio] { width: 1.1rem; height: 1.1rem; vertical-align: -.15rem; margin: 0 .5rem 0 0; }
button { font: inherit; font-weight: 600; margin-top: 1.25rem; padding: .6rem 1.2rem; border: 0; border-radius: .45rem; background: light-dark(#0b57a4, #8ab4f8); color: light-dark(#fff, #10213a); cursor: pointer; }
a { color: var(--accent); } :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.result h2 { margin-top: 0; } .result p { margin: .5rem 0 0; } h2 + p { margin: 0; }
.faults { margin: 0 0 1rem; padding: .75rem 1rem .75rem 2rem; border-radius: .4rem; background: light-dark(#fdecea, #442726); }
`;

/** A page for people without a token; `style` is where the stylesheet lies, as seen from the page. */
export const page = (title: string, content: Html, style = "style.css"): Html => html`<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex, nofollow" />
      <title>${title}</title>
      <link rel="stylesheet" href="${style}" />
    </head>
    <body>
      <main>${content}</main>
    </body>
  </html>`;

const section = (title: string, text: string): Html | string =>
  text === ""
    ? ""
    : html`<h2>${title}</h2>
        <p class="text">${text}</p>`;

const demo = (address: string | null): Html | string =>
  address === null || !/^https?:\/\//i.test(address)
    ? ""
    : html`<h2>Try it</h2>
        <p><a href="${address}" rel="noopener noreferrer" target="_blank">${address}</a></p>`;

/** What is to be signed, exactly as it will be kept. */
const content = (shown: SignOffView): Html => html`<p class="quiet">${shown.agency} · ${shown.project}</p>
  <h1>${shown.milestone}</h1>
  ${section("What you get", shown.deliverable)} ${section("What works now", shown.whatWorksNow)} ${demo(shown.demo)}`;

/** So many characters of each a client may type, as browsers count them. */
export const longest = { name: 200, comment: 4_000 } as const;

/** The form with what was typed so far and what is wrong with it. */
export const formPage = (
  shown: SignOffView,
  typed: Readonly<Record<string, string>>,
  faults: readonly string[],
): Html =>
  page(
    `Your sign-off: ${shown.milestone}`,
    html`${content(shown)}
      <form method="post">
        ${faults.length === 0 ? "" : html`<ul class="faults" role="alert">${faults.map((fault) => html`<li>${fault}</li>`)}</ul>`}
        <fieldset>
          <legend>Are we good to move on?</legend>
          ${choice("approve", "Yes, I approve this", typed.choice)} ${choice("changes", "No, something has to change", typed.choice)}
        </fieldset>
        <label class="field">Your name <input type="text" name="name" required maxlength="${longest.name}" autocomplete="name" value="${typed.name ?? ""}" /></label>
        <label class="field">What should change? (needed if you ask for changes)
          <textarea name="comment" rows="4" maxlength="${longest.comment}">${typed.comment ?? ""}</textarea></label>
        <button>Send my answer</button>
      </form>`,
  );

const choice = (value: string, label: string, chosen: string | undefined): Html => html`<label
  ><input type="radio" name="choice" value="${value}" required ${chosen === value ? "checked" : ""} />${label}</label
>`;

/** What was answered, by whom and when. What another contact wrote with it is not shown. */
export const answeredPage = ({ shown, answer, own }: Extract<LinkState, { kind: "answered" }>): Html =>
  page(
    `Answered: ${shown.milestone}`,
    html`${content(shown)}
      <div class="result" role="status">
        <h2>${answer.approved ? "Approved" : "Changes requested"}</h2>
        <p class="quiet">by ${answer.name} on ${answer.at}</p>
        ${answer.comment === "" ? "" : html`<p class="text">${answer.comment}</p>`}
        <p>${own ? "Thank you. You get this by mail as well." : "This has been answered already, so nothing more is needed."}</p>
      </div>`,
  );

export const newerPage = (): Html =>
  page(
    "There is a newer version",
    html`<h1>There is a newer version</h1>
      <p>What this link asked about has changed since it was sent, so nothing was recorded. You will get a new link for the new version.</p>`,
  );

/** One page for every link that does not work, so that it tells nothing about why. */
export const gonePage = (): Html =>
  page(
    "This link does not work",
    html`<h1>This link does not work</h1>
      <p>It may have expired, or not been copied whole. Please answer the mail that it came in, and you will get a new one.</p>`,
  );

const plainPage = (title: string, text: string): Html =>
  page(
    title,
    html`<h1>${title}</h1>
      <p>${text}</p>`,
  );

export const withdrawnPage = (): Html =>
  plainPage(
    "Nothing is asked any more",
    "What this link asked for has been withdrawn or settled since it was sent. You need not do anything.",
  );

export const unavailablePage = (): Html =>
  plainPage("Not now", "Your answer cannot be taken at the moment. Please try again in an hour.");

export const foreignPage = (): Html =>
  plainPage(
    "Your answer did not come from this page",
    "Nothing was recorded. Please open the link from your mail again and answer there.",
  );

export const busyPage = (): Html =>
  plainPage("Too many attempts", "Please wait a minute, then open the link from your mail again.");
