import { html } from "hono/html";
import type { Tab } from "./database-tabs.ts";
import { dayOf } from "./days.ts";
import { pathOf } from "./links.ts";
import type { ApiPage, ApiProperty, ApiValue, Html } from "./model.ts";
import { titleOf } from "./names.ts";
import { kindOf, type Names } from "./property-kinds.ts";
import { emojiOf } from "./sidebar.ts";

/** The rows of a tab, as every kind of view shows them. */
export type Rows = { tab: Tab; rows: readonly ApiPage[]; names: Names };

export const valueIn = (row: ApiPage, property: ApiProperty): ApiValue | undefined =>
  Object.values(row.properties).find(({ id }) => id === property.id);

export const rowLink = (row: ApiPage): Html => html`<a class="row-link" href="${pathOf(row.id)}">
  <span aria-hidden="true">${emojiOf(row.icon, "page")}</span>
  ${titleOf(row)}</a>`;

/** More would make a card longer than its neighbours' column is wide. */
const factsOnCard = 6;

export const facts = (row: ApiPage, properties: readonly ApiProperty[], names: Names): Html => {
  const shown = properties.flatMap((property) => {
    const value = valueIn(row, property);
    const text = value ? kindOf(value.type).show(value, names) : "";
    return String(text) === "" ? [] : [html`<div><dt>${property.name}</dt><dd>${text}</dd></div>`];
  });
  return shown.length > 0 ? html`<dl>${shown.slice(0, factsOnCard)}</dl>` : html``;
};

const startIn = (value: ApiValue | undefined): string | null | undefined =>
  value?.date?.start ?? value?.created_time ?? value?.last_edited_time;

/** The days that a row covers by the view's date properties; null for a row without a date. */
export const daysOf = (row: ApiPage, { dates }: Tab): { from: number; to: number } | null => {
  if (!dates) return null;
  const start = valueIn(row, dates.start);
  const from = dayOf(startIn(start));
  if (from === null) return null;
  const until = dates.end ? startIn(valueIn(row, dates.end)) : start?.date?.end;
  return { from, to: Math.max(from, dayOf(until) ?? from) };
};

/** How many rows a view by dates cannot place. */
export const undated = ({ tab, rows }: Rows): Html => {
  const count = rows.filter((row) => daysOf(row, tab) === null).length;
  return count === 0 ? html`` : html`<p class="quiet">${count} without a date</p>`;
};
