import { Hono } from "hono";
import { html, raw } from "hono/html";
import type { EngineContext } from "../engine/context.ts";
import { livePages } from "../store/pages.ts";
import type { DatabaseKey } from "../types/schema.ts";

const style = `
:root { color-scheme: light dark; font: 16px/1.55 system-ui, sans-serif; --quiet: light-dark(#5f6368, #a3a7ac); --line: light-dark(#dcdee1, #3c3f43); --accent: light-dark(#0b57a4, #8ab4f8); }
* { box-sizing: border-box; }
body { margin: 0; background: light-dark(#f7f7f5, #191919); color: light-dark(#26262a, #e8e8e6); }
main { max-width: 46rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .35rem; } h2 { font-size: 1.15rem; margin: 1.75rem 0 0; } h3 { font-size: 1.05rem; margin: 0 0 .3rem; }
p { margin: 0 0 .5rem; } p:last-child { margin: 0; } .quiet { color: var(--quiet); }
a { color: var(--accent); } :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; margin: 1rem 0 1.75rem; list-style: none; }
ol { counter-reset: step; list-style: none; padding: 0; margin: .75rem 0; }
ol > li { counter-increment: step; position: relative; padding: 1rem 1.1rem 1rem 3.4rem; margin: 0 0 .75rem; border: 1px solid var(--line); border-radius: .75rem; background: light-dark(#fff, #222); }
ol > li::before { content: counter(step); position: absolute; left: 1rem; top: 1rem; width: 1.65rem; height: 1.65rem; border-radius: 50%; background: var(--accent); color: light-dark(#fff, #10213a); font-weight: 650; text-align: center; line-height: 1.65rem; font-size: .9rem; }
`;

type Html = ReturnType<typeof html>;

/** The rows of the sample agency that the steps are about. */
const sample = { waiting: "Invoice approval", running: "Lead qualification agent", milestone: "Core build" };

/** Where the workspace shows a database, and a row by its name; the workspace itself, or the database, where it is gone. */
type Places = {
  readonly table: (key: DatabaseKey, text: string) => Html;
  readonly row: (key: DatabaseKey, name: string) => Html;
};

const placesIn = (workspaceUrl: string, { database, bindings }: EngineContext): Places => {
  const link = (id: string | undefined, text: string): Html =>
    html`<a href="${id === undefined ? workspaceUrl : `${workspaceUrl}/p/${id}`}">${text}</a>`;
  const idOf = (key: DatabaseKey): string | undefined => bindings()[key]?.databaseId;
  return {
    table: (key, text) => link(idOf(key), text),
    row: (key, name) => {
      const page = livePages(database, key).find(({ local }) => local.name === name);
      return link(page?.pageId ?? idOf(key), name);
    },
  };
};

const step = (title: string, ...lines: readonly Html[]): Html =>
  html`<li><h3>${title}</h3>${lines.map((line) => html`<p>${line}</p>`)}</li>`;

const steps = ({ table, row }: Places): readonly Html[] => [
  step(
    "Move a project that is not ready",
    html`On the ${table("projects", "Projects board")} move <b>${sample.waiting}</b> from <b>Intake</b> to <b>Planning</b>
    and press <b>+1 minute</b>. It is put back. Open ${row("projects", sample.waiting)}: the comment says what is missing.`,
  ),
  step(
    "Mend it and move it again",
    html`On the same page tick <b>Timeline acknowledged</b>, choose <b>Planning</b> as its Stage, save and press <b>+1 minute</b>. Now it stays, and
    the comment says that nothing is open.`,
  ),
  step(
    "Read and send the weekly summary",
    html`It is due on Friday at 09:00 in the office: press <b>Next due</b> at the top of the workspace until it is Friday. In
    ${table("updates", "Updates")} there is then a summary for each live project.`,
    html`The one of Support inbox triage waits as a <b>Draft</b>. Open it, change its words under <b>Edit the text</b>, save,
    set its State to <b>Ready</b>, save and press <b>+1 minute</b>. Its reader is in London, where office hours begin later:
    press <b>+1 hour</b>, and it is in the <a href="/mail">mailbox</a>. (The project
    ${row("projects", sample.running)} is on Automatic: its summary left by itself.)`,
  ),
  step(
    "Finish a milestone",
    html`Open ${row("milestones", sample.milestone)}, set its Status to <b>Done</b>, save and press <b>+1 minute</b>. Milepost
    writes the client's letter and sends it.`,
  ),
  step(
    "Read the client's mail",
    html`It is in the <a href="/mail">mailbox</a>: “${sample.running} – ${sample.milestone} complete”.`,
  ),
  step(
    "Sign off as the client",
    html`Follow the button in that mail, choose an answer, type a name and send it.`,
  ),
  step(
    "See the answer in Notion",
    html`${row("milestones", sample.milestone)} now says <b>Sign-off</b> Approved and who signed, and the
    <a href="/mail">mailbox</a> has the client's confirmation.`,
  ),
];

const startPage = (workspaceUrl: string, places: Places): Html =>
  page(
    "Milepost",
    html`<h1>Milepost is running</h1>
        <p class="quiet">It looks after a sample agency in a Notion workspace on this machine. Nothing leaves it.</p>
        <nav aria-label="Places">
          <ul>
            <li><a href="${workspaceUrl}">The workspace</a></li>
            <li>${places.table("projects", "Projects")}</li>
            <li>${places.table("milestones", "Milestones")}</li>
            <li>${places.table("updates", "Updates")}</li>
            <li><a href="/mail">Mailbox</a></li>
            <li><a href="/status">Status</a></li>
          </ul>
        </nav>
        <p>The workspace has a clock of its own. As Notion does, it tells of edits up to a minute late: press
          <b>+1 minute</b> at its top instead of waiting. Pages show by themselves what has changed.</p>
        <h2>What to try, in order</h2>
        <ol>
          ${steps(places)}
        </ol>`,
  );

const missingPage = (): Html =>
  page(
    "Nothing here",
    html`<h1>There is nothing here</h1>
      <p><a href="/">The start page</a> says what to try.</p>`,
  );

const page = (title: string, main: Html): Html => html`<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${title}</title>
      <link rel="icon" href="data:," />
      <style>
        ${raw(style)}
      </style>
    </head>
    <body>
      <main>
        ${main}
      </main>
    </body>
  </html>`;

/** The page a newcomer starts on, beside the embedded workspace: what to try, in order (design §11). */
export const home = (workspaceUrl: string, context: EngineContext): Hono =>
  new Hono()
    .get("/", (c) => c.html(startPage(workspaceUrl, placesIn(workspaceUrl, context))))
    .all("*", (c) => c.html(missingPage(), 404));
