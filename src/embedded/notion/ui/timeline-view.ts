import { html } from "hono/html";
import { dayMs } from "../time.ts";
import { dayName, mondayOf, monthName } from "./days.ts";
import type { ApiPage, Html } from "./model.ts";
import { daysOf, type Rows, rowLink, undated } from "./row-cells.ts";
import { stepLinks } from "./step-links.ts";

const week = 7 * dayMs;
const weeksShown = 12;

const empty = (weeks: number): Html => (weeks > 0 ? html`<td colspan="${weeks}"></td>` : html``);

/** A row's bar reaches from the week in which it begins to the one in which it ends. */
const line = (row: ApiPage, days: { from: number; to: number }, start: number): Html => {
  const weekOf = (day: number): number => Math.floor((day - start) / week);
  const first = Math.max(0, weekOf(days.from));
  const last = Math.min(weeksShown - 1, weekOf(days.to));
  const text = days.from === days.to ? dayName(days.from) : `${dayName(days.from)} → ${dayName(days.to)}`;
  return html`<tr><th scope="row">${rowLink(row)}</th>${empty(first)}
    <td class="bar" colspan="${last - first + 1}"><span>${text}</span></td>${empty(weeksShown - 1 - last)}</tr>`;
};

/** Twelve weeks from the one of `shown`, with every row that touches them. */
export const timelineView = (view: Rows, shown: number, path: string): Html => {
  const start = mondayOf(shown);
  const end = start + weeksShown * week;
  const weeks = Array.from({ length: weeksShown }, (_week, index) => start + index * week);
  const lines = view.rows.flatMap((row) => {
    const days = daysOf(row, view.tab);
    return days && days.from < end && days.to >= start ? [line(row, days, start)] : [];
  });
  const step = weeksShown * week;
  return html`${stepLinks(path, `${monthName(start)} to ${monthName(end - dayMs)}`, start - step, end)}
    <div class="scroll" tabindex="0" role="group" aria-label="Timeline">
      <table class="rows timeline">
        <thead><tr><th scope="col">Name</th>
          ${weeks.map((monday) => html`<th scope="col" class="week">${dayName(monday)}</th>`)}</tr></thead>
        <tbody>${lines}</tbody>
      </table>
    </div>
    ${lines.length === 0 ? html`<p class="quiet">Nothing in these weeks.</p>` : ""}${undated(view)}`;
};
