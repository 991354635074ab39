import { html } from "hono/html";
import type { Html, Visit } from "./model.ts";
import { type Place, sidebar } from "./sidebar.ts";
import { showClock } from "./times.ts";

export type PageShell = {
  title: string;
  main: Html;
  /** The object shown; its changes reload the page. */
  aboutId: string | null;
  places: readonly Place[];
  currentId: string | null;
};

/** Steps of the clock's buttons. */
const steps = [
  { name: "+1 minute", value: "60000" },
  { name: "+1 hour", value: "3600000" },
  { name: "+1 day", value: "86400000" },
  { name: "Next due", value: "next" },
] as const;

export const returnField = (path: string): Html =>
  html`<input type="hidden" name="return_to" value="${path}">`;

const personSwitch = ({ workspace, person, path }: Visit): Html => html`
  <form class="person" method="post" action="/ui/person">
    ${returnField(path)}
    <label for="acting-as">Acting as</label>
    <select id="acting-as" name="person">
      ${workspace.people.map(
        ({ id, name }) => html`<option value="${id}" ${id === person.id ? "selected" : ""}>${name}</option>`,
      )}
    </select>
    <button>Switch</button>
  </form>`;

const clockForm = ({ clock, path }: Visit): Html => html`
  <form class="clock" method="post" action="/ui/clock">
    ${returnField(path)}
    <time datetime="${new Date(clock.now()).toISOString()}">${showClock(clock.now())}</time>
    <span class="steps" role="group" aria-label="Move the clock">
      ${steps.map(({ name, value }) => html`<button name="step" value="${value}">${name}</button>`)}
    </span>
  </form>`;

/** Without JavaScript the page reloads by itself for a while after a change; with it, when something has changed. */
const head = (visit: Visit, title: string): Html => html`<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title} · Agency workspace</title>
  <link rel="stylesheet" href="/ui.css">
  <link rel="icon" href="data:,">
  ${visit.isFresh ? html`<noscript><meta http-equiv="refresh" content="4"></noscript>` : ""}
  <script src="/ui.js" defer></script>
</head>`;

export const layout = (visit: Visit, shell: PageShell): Html => html`<!doctype html>
<html lang="en" data-seq="${visit.seq}" data-about="${shell.aboutId ?? ""}">
${head(visit, shell.title)}
<body>
  <a class="skip" href="#main">Skip to the content</a>
  <header>
    <p class="workspace"><strong>Agency</strong> <span>Notion workspace on this machine</span></p>
    ${personSwitch(visit)}
    ${clockForm(visit)}
  </header>
  <div class="columns">
    ${sidebar(shell.places, shell.currentId)}
    <main id="main">
      <p class="stale" role="status"></p>
      ${shell.main}
    </main>
  </div>
</body>
</html>`;
