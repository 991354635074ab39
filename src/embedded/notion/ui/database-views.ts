import { html } from "hono/html";
import { returnField } from "./layout.ts";
import type { ApiOption, ApiPage, ApiProperty, Html, Visit } from "./model.ts";
import { titleOf } from "./names.ts";
import { propertyControl } from "./property-form.ts";
import { kindOf, type Names } from "./property-kinds.ts";
import { facts, type Rows, rowLink, valueIn } from "./row-cells.ts";

const cell = (row: ApiPage, property: ApiProperty, names: Names): Html => {
  if (property.type === "title") return html`<th scope="row">${rowLink(row)}</th>`;
  const value = valueIn(row, property);
  return html`<td><div>${value ? kindOf(value.type).show(value, names) : ""}</div></td>`;
};

/** Every row with the columns of the tab. */
export const tableView = ({ tab, rows, names }: Rows): Html => html`
  <div class="scroll" tabindex="0" role="group" aria-label="Rows">
    <table class="rows">
      <thead><tr>${tab.properties.map(
        ({ name, description }) => html`<th scope="col" title="${description ?? ""}">${name}</th>`,
      )}</tr></thead>
      <tbody>${rows.map(
        (row) => html`<tr>${tab.properties.map((property) => cell(row, property, names))}</tr>`,
      )}</tbody>
    </table>
  </div>
  ${rows.length === 0 ? html`<p class="quiet">No rows yet.</p>` : ""}`;

type Board = Rows & { visit: Visit; group: ApiProperty };

const card = ({ visit, tab, names, group }: Board, row: ApiPage): Html => {
  const value = valueIn(row, group);
  const elementId = `move-${row.id}`;
  const control = value ? propertyControl({ property: group, value, names, elementId }) : "";
  return html`<li class="card">
    <h3>${rowLink(row)}</h3>
    ${facts(row, tab.properties, names)}
    <form class="move" method="post" action="/ui/pages/${row.id}">
      ${returnField(visit.path)}
      <label class="hidden" for="${elementId}">${group.name} of ${titleOf(row)}</label>
      ${control}
      <button>Move</button>
    </form>
  </li>`;
};

export const optionOf = (row: ApiPage, group: ApiProperty): ApiOption | null => {
  const value = valueIn(row, group);
  return value?.status ?? value?.select ?? null;
};

/** A column for each option in its order, and one for rows that have none. */
export const boardView = (board: Board): Html => {
  const { rows, group } = board;
  const options = group.status?.options ?? group.select?.options ?? [];
  const column = (option: ApiOption | null): Html => {
    const cards = rows.filter((row) => (optionOf(row, group)?.id ?? null) === (option?.id ?? null));
    if (option === null && cards.length === 0) return html``;
    const name = option?.name ?? `No ${group.name}`;
    return html`<section class="column" aria-label="${name}">
      <h2><span class="tag tag-${option?.color ?? "default"}">${name}</span> <span class="count">${cards.length}</span></h2>
      <ul>${cards.map((row) => card(board, row))}</ul>
    </section>`;
  };
  return html`<div class="board" tabindex="0" role="group" aria-label="Board by ${group.name}">
    ${column(null)}${options.map(column)}
  </div>`;
};
