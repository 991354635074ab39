import { html } from "hono/html";
import type { Field } from "./controls.ts";
import type { ApiProperty, ApiValue, Html } from "./model.ts";
import { kindOf, type Names } from "./property-kinds.ts";

/** Names of a property's fields: what it holds now, and what it held when the form was shown. */
const valueField = (id: string): string => `value.${id}`;
const shownField = (id: string): string => `shown.${id}`;

type Shown = { property: ApiProperty; value: ApiValue; names: Names; elementId: string };

const fieldOf = ({ property, value, names, elementId }: Shown): Field | null => {
  const { edit } = kindOf(property.type);
  if (!edit) return null;
  const texts = edit.texts(value);
  const choices = edit.choices?.(property, names) ?? [];
  const isKnown = (id: string): boolean => choices.some((choice) => choice.id === id);
  // What is chosen can be kept although it is not among the rows read for choosing.
  const others = edit.choices ? texts.filter((id) => id !== "" && !isKnown(id)) : [];
  return {
    id: elementId,
    name: valueField(property.id),
    label: property.name,
    texts,
    choices: [...choices, ...others.map((id) => ({ id, name: names.titleOf(id) ?? "Another page" }))],
  };
};

/** Only what a person has changed is written, so that a form shown before somebody else's edit does not undo it. */
const remembered = (property: ApiProperty, field: Field): Html =>
  html`<input type="hidden" name="${shownField(property.id)}" value="${JSON.stringify(field.texts)}">`;

/** A bare control with its memory, for a form of one property. */
export const propertyControl = (shown: Shown): Html => {
  const field = fieldOf(shown);
  if (!field) return html``;
  const { edit } = kindOf(shown.property.type);
  return html`${remembered(shown.property, field)}${edit?.control.render(field)}`;
};

/** One line of a page's properties: its name and its control, or its value where Notion computes it. */
export const propertyLine = (shown: Shown): Html => {
  const { property, value, names, elementId } = shown;
  const { show, edit } = kindOf(property.type);
  const title = property.description ?? "";
  const labelId = `${elementId}-name`;
  if (edit && !edit.control.isGroup) {
    return html`<div class="property"><label for="${elementId}" title="${title}">${property.name}</label>
      <div>${propertyControl(shown)}</div></div>`;
  }
  return html`<div class="property" role="group" aria-labelledby="${labelId}">
    <span class="name" id="${labelId}" title="${title}">${property.name}</span>
    <div>${edit ? propertyControl(shown) : html`<span class="fixed">${show(value, names)}</span>`}</div></div>`;
};

const typed = (form: FormData, name: string): string[] =>
  form.getAll(name).map((text) => (typeof text === "string" ? text.replaceAll("\r\n", "\n") : ""));

const isSame = (texts: readonly string[], before: readonly string[], isGroup: boolean): boolean => {
  const ordered = (list: readonly string[]): string => JSON.stringify(isGroup ? [...list].sort() : list);
  return ordered(texts) === ordered(before);
};

/** The properties that a person changed in a form, by id, as the API takes them. */
export const changedProperties = (
  form: FormData,
  properties: readonly ApiProperty[],
): Record<string, unknown> => {
  const changed: Record<string, unknown> = {};
  for (const { id, type } of properties) {
    const { edit } = kindOf(type);
    const [shown] = typed(form, shownField(id));
    if (!edit || shown === undefined) continue;
    const texts = typed(form, valueField(id));
    const before = JSON.parse(shown) as string[];
    if (!isSame(texts, before, type !== "date" && edit.control.isGroup))
      changed[id] = { [type]: edit.write(texts) };
  }
  return changed;
};
