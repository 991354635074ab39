import { html } from "hono/html";
import type { Html } from "./model.ts";
import { facts, type Rows, rowLink } from "./row-cells.ts";

/** One line for each row, with what the view shows of it. */
export const listView = ({ tab, rows, names }: Rows): Html => html`
  <ul class="list">${rows.map((row) => html`<li>${rowLink(row)}${facts(row, tab.properties, names)}</li>`)}</ul>
  ${rows.length === 0 ? html`<p class="quiet">No rows yet.</p>` : ""}`;
