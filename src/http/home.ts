import { Hono } from "hono";
import { html } from "hono/html";

const style = `
:root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; }
body { max-width: 42rem; margin: 0 auto; padding: 2.5rem 1.25rem; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
ol { padding-left: 1.4rem; } li { margin: .6rem 0; }
a { color: light-dark(#0b57d0, #8ab4f8); }
p.quiet { color: light-dark(#5f6368, #9aa0a6); }
`;

/** The page a newcomer starts on, beside the embedded workspace: what to try, in order (design §11). */
export const home = (workspaceUrl: string): Hono =>
  new Hono().get("/", (c) =>
    c.html(html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>Milepost</title>
          <style>
            ${style}
          </style>
        </head>
        <body>
          <main>
            <h1>Milepost is running</h1>
            <p class="quiet">It watches the embedded workspace at <a href="${workspaceUrl}">${workspaceUrl}</a>.</p>
            <h2>What to try</h2>
            <ol>
              <li>Open <a href="${workspaceUrl}">the workspace</a>, choose the database <b>Projects</b> and add a project.</li>
              <li>On its board, move the card from <b>Intake</b> to <b>Planning</b>.</li>
              <li>A few seconds later it is back in Intake. Open it: the comment says what is missing.</li>
              <li>Tick <b>Requirements signed off</b> and <b>Timeline acknowledged</b>, and move it again. Now it stays.
                <br /><small>Notion gathers the edits of a minute before it tells of them: press <b>+1 minute</b> instead of waiting.</small></li>
            </ol>
            <p class="quiet">What Milepost is doing right now: <a href="/status">/status</a></p>
          </main>
        </body>
      </html>`),
  );
