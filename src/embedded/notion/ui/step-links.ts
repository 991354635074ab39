import { html } from "hono/html";
import { isoDay } from "./days.ts";
import type { Html } from "./model.ts";

/** What a view by dates shows, with the ways to the time before and after. */
export const stepLinks = (path: string, name: string, before: number, after: number): Html => html`
  <div class="step">
    <a href="${path}&amp;from=${isoDay(before)}">← Earlier</a>
    <h2>${name}</h2>
    <a href="${path}&amp;from=${isoDay(after)}">Later →</a>
  </div>`;
