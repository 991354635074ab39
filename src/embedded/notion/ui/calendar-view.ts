import { html } from "hono/html";
import { dayMs } from "../time.ts";
import { dayName, isoDay, mondayOf, monthName, monthOf, weekdayName, wholeDayName } from "./days.ts";
import type { ApiPage, Html } from "./model.ts";
import { daysOf, type Rows, rowLink, undated } from "./row-cells.ts";
import { stepLinks } from "./step-links.ts";

const week = 7 * dayMs;

type Range = { from: number; until: number; before: number; after: number; name: string };

/** The weeks shown around a day: its own, or those of its month. */
const rangeAround = (day: number, isWeek: boolean): Range => {
  if (isWeek) {
    const from = mondayOf(day);
    const name = `${dayName(from)} to ${dayName(from + week - dayMs)}`;
    return { from, until: from + week, before: from - week, after: from + week, name };
  }
  const [first, next] = [monthOf(day), monthOf(day, 1)];
  return {
    from: mondayOf(first),
    until: mondayOf(next - dayMs) + week,
    before: monthOf(day, -1),
    after: next,
    name: monthName(first),
  };
};

const cell = (
  day: number,
  rows: readonly ApiPage[],
): Html => html`<td class="${rows.length > 0 ? "" : "free"}">
  <time datetime="${isoDay(day)}"><span class="short">${new Date(day).getUTCDate()}</span>
    <span class="long">${wholeDayName(day)}</span></time>
  ${rows.length > 0 ? html`<ul>${rows.map((row) => html`<li>${rowLink(row)}</li>`)}</ul>` : ""}
</td>`;

/** A row stands on every day that it covers. `shown` is a day of the weeks to show, `path` the view's own address. */
export const calendarView = (view: Rows, shown: number, path: string): Html => {
  const { from, until, before, after, name } = rangeAround(shown, view.tab.isWeek);
  const placed = view.rows.flatMap((row) => {
    const days = daysOf(row, view.tab);
    return days ? [{ row, ...days }] : [];
  });
  const on = (day: number): ApiPage[] =>
    placed.filter((one) => one.from <= day && day <= one.to).map(({ row }) => row);
  const days = Array.from({ length: (until - from) / dayMs }, (_day, index) => from + index * dayMs);
  const weeks = Array.from({ length: days.length / 7 }, (_week, index) =>
    days.slice(index * 7, index * 7 + 7),
  );
  return html`${stepLinks(path, name, before, after)}
    <table class="calendar">
      <thead><tr>${days.slice(0, 7).map((day) => html`<th scope="col">${weekdayName(day)}</th>`)}</tr></thead>
      <tbody>${weeks.map((one) => html`<tr>${one.map((day) => cell(day, on(day)))}</tr>`)}</tbody>
    </table>
    ${undated(view)}`;
};
