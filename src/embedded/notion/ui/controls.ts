import { html } from "hono/html";
import type { Html } from "./model.ts";

export type Choice = { id: string; name: string };

/** What a control is made of. `texts` is what it submits while nobody has touched it. */
export type Field = {
  /** Of the element, unique on the page. */
  id: string;
  /** Under which the form submits it. */
  name: string;
  label: string;
  texts: readonly string[];
  choices: readonly Choice[];
};

export type Control = {
  /** A group takes the property's name as its own label; a single control is labelled by it. */
  isGroup: boolean;
  render(field: Field): Html;
};

const single = (render: Control["render"]): Control => ({ isGroup: false, render });
const group = (render: Control["render"]): Control => ({ isGroup: true, render });

const rowsOf = (text: string): number => {
  const lines = text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 70)), 0);
  return Math.min(lines, 10);
};

export const textArea = single(
  ({ id, name, texts: [text = ""] }) =>
    // HTML drops a line end that directly follows the tag.
    html`<textarea id="${id}" name="${name}" rows="${rowsOf(text)}">
${text}</textarea>`,
);

export const input = (type: "text" | "number" | "email" | "tel"): Control =>
  single(
    ({ id, name, texts: [text = ""] }) =>
      html`<input id="${id}" name="${name}" type="${type}" value="${text}" step="any" autocomplete="off">`,
  );

const option = (choice: Choice, chosen: string | undefined): Html =>
  html`<option value="${choice.id}" ${choice.id === chosen ? "selected" : ""}>${choice.name}</option>`;

/** `canBeEmpty` offers no choice at all, and so does an empty value. */
export const select = (canBeEmpty: boolean): Control =>
  single(({ id, name, texts: [chosen = ""], choices }) => {
    const empty = canBeEmpty || chosen === "" ? html`<option value="">—</option>` : "";
    return html`<select id="${id}" name="${name}">
      ${empty}${choices.map((choice) => option(choice, chosen))}
    </select>`;
  });

export const tick = single(
  ({ id, name, texts }) =>
    html`<input id="${id}" name="${name}" type="checkbox" value="yes" ${texts.length > 0 ? "checked" : ""}>`,
);

/** Several of many, folded while nobody chooses. */
export const ticks = group(({ name, texts, choices }) => {
  const chosen = choices.filter((choice) => texts.includes(choice.id));
  const summary = chosen.length > 0 ? chosen.map((choice) => choice.name).join(", ") : "None";
  return html`<details class="ticks">
    <summary>${summary}</summary>
    <div class="tick-list">
      ${choices.map(
        (choice) => html`<label>
          <input type="checkbox" name="${name}" value="${choice.id}" ${texts.includes(choice.id) ? "checked" : ""}>
          ${choice.name}
        </label>`,
      )}
      ${choices.length === 0 ? html`<span class="quiet">Nothing to choose from</span>` : ""}
    </div>
  </details>`;
});

const moment = (name: string, label: string, day: string, time: string): Html =>
  html`<input type="date" name="${name}" value="${day}" aria-label="${label}: date">
  <input type="time" name="${name}" value="${time}" aria-label="${label}: time, UTC">`;

/** Day and time of the start, and of the end where there is one. */
export const dates = group(({ name, label, texts: [day = "", time = "", endDay = "", endTime = ""] }) => {
  return html`<div class="dates">
    ${moment(name, label, day, time)}
    <details ${endDay === "" ? "" : "open"}>
      <summary>Until</summary>
      ${moment(name, `${label}, end`, endDay, endTime)}
    </details>
  </div>`;
});
