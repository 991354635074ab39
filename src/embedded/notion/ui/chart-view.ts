import { html } from "hono/html";
import { optionOf } from "./database-views.ts";
import type { ApiOption, ApiProperty, Html } from "./model.ts";
import type { Rows } from "./row-cells.ts";

/** How many rows have each option, in the options' order; those without one last. */
export const chartView = ({ rows }: Rows, group: ApiProperty): Html => {
  const options = group.status?.options ?? group.select?.options ?? [];
  const bar = (option: ApiOption | null): Html => {
    const count = rows.filter((row) => (optionOf(row, group)?.id ?? null) === (option?.id ?? null)).length;
    if (option === null && count === 0) return html``;
    const name = option?.name ?? `No ${group.name}`;
    return html`<tr>
      <th scope="row"><span class="tag tag-${option?.color ?? "default"}">${name}</span></th>
      <td><meter min="0" max="${Math.max(1, rows.length)}" value="${count}" aria-label="${name}"></meter> ${count}</td>
    </tr>`;
  };
  return html`<table class="rows chart">
    <thead><tr><th scope="col">${group.name}</th><th scope="col">Rows</th></tr></thead>
    <tbody>${options.map(bar)}${bar(null)}</tbody>
  </table>`;
};
