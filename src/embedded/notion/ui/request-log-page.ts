import { html } from "hono/html";
import type { RequestEntry } from "../api/request-log.ts";
import { exactTime } from "../time.ts";
import type { Html, Visit } from "./model.ts";

/** Whose requests are listed, as the address says it. */
const choices = [
  { key: "bot", name: "The connection's" },
  { key: "people", name: "People's" },
  { key: "refused", name: "Refused or failed" },
  { key: "all", name: "All" },
] as const;
type Choice = (typeof choices)[number]["key"];

export type LogQuery = { who: string | undefined; before: string | undefined };

const shownAtOnce = 100;

const fits = (entry: RequestEntry, who: Choice, botId: string): boolean => {
  if (who === "all") return true;
  if (who === "refused") return entry.status >= 400 || entry.fault !== null || entry.status === 0;
  return who === "bot" ? entry.actorId === botId : entry.actorId !== botId;
};

const statusTag = ({ status }: RequestEntry): Html => {
  const color = status === 0 ? "red" : status < 300 ? "green" : status === 429 ? "yellow" : "red";
  return html`<span class="tag tag-${color}">${status === 0 ? "no answer" : status}</span>`;
};

const line = (entry: RequestEntry, nameOf: (id: string | null) => string): Html => html`<tr>
  <th scope="row">${entry.seq}</th>
  <td>${statusTag(entry)}${entry.fault ? html` <span class="tag tag-orange">${entry.fault}</span>` : ""}</td>
  <td><code>${entry.method} ${entry.path}</code></td>
  <td>${entry.operation ?? html`<span class="quiet-text">not there</span>`}</td>
  <td>${nameOf(entry.actorId)}</td>
  <td>${exactTime(entry.at).slice(11, 23)}</td>
  <td>${entry.cost}</td>
</tr>`;

const heads = ["No.", "Answer", "Request", "Operation", "By", "Time, UTC", "Cost"];

/** The last requests of the API, newest first; the pages' own are among people's. */
export const requestLogPage = (visit: Visit, { who: wanted, before }: LogQuery): Html => {
  const { control, botId, people } = visit.workspace;
  const who = choices.find(({ key }) => key === wanted)?.key ?? "bot";
  const names = new Map([[botId, "Milepost"], ...people.map(({ id, name }) => [id, name] as const)]);
  const nameOf = (id: string | null): string => (id === null ? "nobody" : (names.get(id) ?? "somebody"));
  const limit = /^\d{1,15}$/.test(before ?? "") ? Number(before) : Number.POSITIVE_INFINITY;
  const fitting = control.requests().filter((entry) => entry.seq < limit && fits(entry, who, botId));
  const shown = fitting.slice(-shownAtOnce).reverse();
  const oldest = shown.at(-1)?.seq;
  return html`<h1>Requests</h1>
    <p class="quiet">What was asked of the API, newest first. The last 10,000 are kept.</p>
    <nav class="tabs" aria-label="Whose requests"><ul>
      ${choices.map(
        ({ key, name }) => html`<li><a href="/ui/requests?who=${key}"
          ${key === who ? html`aria-current="page"` : ""}>${name}</a></li>`,
      )}
    </ul></nav>
    <div class="scroll" tabindex="0" role="group" aria-label="Requests">
      <table class="log"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
      <tbody>${shown.map((entry) => line(entry, nameOf))}</tbody></table>
    </div>
    ${shown.length === 0 ? html`<p class="quiet">None yet.</p>` : ""}
    ${
      fitting.length > shown.length
        ? html`<p><a href="/ui/requests?who=${who}&amp;before=${oldest}">Older</a></p>`
        : ""
    }`;
};
