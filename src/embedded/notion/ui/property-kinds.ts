import { html } from "hono/html";
import { type Choice, type Control, dates, input, select, textArea, tick, ticks } from "./controls.ts";
import { pathOf, safeHref } from "./links.ts";
import type { ApiOption, ApiProperty, ApiResult, ApiUser, ApiValue, Html } from "./model.ts";
import { plainOf, showText, typedText } from "./rich-text.ts";
import { fromControls, showTime, toControls } from "./times.ts";

/** Names for the ids that values carry. */
export type Names = {
  people: readonly Choice[];
  userName(id: string): string;
  /** Rows that a relation may point to, by data source. */
  rowsOf(dataSourceId: string): readonly Choice[];
  /** The title of a related row; undefined where it is not among the rows read. */
  titleOf(pageId: string): string | undefined;
};

type Edit = {
  control: Control;
  choices?(property: ApiProperty, names: Names): readonly Choice[];
  /** What the control submits while nobody has touched it. */
  texts(value: ApiValue): readonly string[];
  /** The API's value for what it submitted. */
  write(texts: readonly string[]): unknown;
};

/** One row of the table of property types, as people see and edit them. */
type Kind = { show(value: ApiValue, names: Names): Html | string; edit: Edit | null };

const tag = (option: ApiOption): Html => html`<span class="tag tag-${option.color}">${option.name}</span>`;
const userName = (user: ApiUser | undefined, names: Names): string => (user ? names.userName(user.id) : "");
const ids = (list: readonly { id: string }[] | undefined): string[] => (list ?? []).map(({ id }) => id);
const asReferences = (texts: readonly string[]): { id: string }[] => texts.map((id) => ({ id }));
const asChoice = ([id = ""]: readonly string[]): { id: string } | null => (id === "" ? null : { id });
const asText = ([text = ""]: readonly string[]): string | null => (text === "" ? null : text);

const link = (href: string, text: string): Html | string => {
  const safe = safeHref(href);
  return safe === null ? text : html`<a href="${safe}" rel="noreferrer">${text}</a>`;
};

const textKind = (type: "title" | "rich_text", control: Control): Kind => ({
  show: (value) => showText(value[type] ?? []),
  edit: {
    control,
    texts: (value) => [plainOf(value[type] ?? [])],
    write: ([text = ""]) => typedText(text),
  },
});

const stringKind = (
  type: "url" | "email" | "phone_number",
  control: Control,
  toHref: (text: string) => string,
): Kind => ({
  show: (value) => (value[type] ? link(toHref(value[type]), value[type]) : ""),
  edit: { control, texts: (value) => [value[type] ?? ""], write: asText },
});

const choiceKind = (type: "select" | "status", canBeEmpty: boolean): Kind => ({
  show: (value) => (value[type] ? tag(value[type]) : ""),
  edit: {
    control: select(canBeEmpty),
    choices: (property) => property[type]?.options ?? [],
    texts: (value) => [value[type]?.id ?? ""],
    write: asChoice,
  },
});

const readOnly = (show: Kind["show"]): Kind => ({ show, edit: null });

const relatedRow = (id: string, names: Names): Html =>
  html`<a class="chip" href="${pathOf(id)}">${names.titleOf(id) ?? "Open page"}</a>`;

const showRelation: Kind["show"] = (value, names) =>
  html`${ids(value.relation).map((id) => relatedRow(id, names))}${value.has_more ? " and more" : ""}`;

const kinds: Readonly<Record<string, Kind>> = {
  title: textKind("title", input("text")),
  rich_text: textKind("rich_text", textArea),
  number: {
    show: (value) => ((value.number ?? null) === null ? "" : String(value.number)),
    edit: {
      control: input("number"),
      texts: (value) => [value.number === null || value.number === undefined ? "" : String(value.number)],
      write: ([text = ""]) => (text === "" ? null : Number(text)),
    },
  },
  // A status is never empty; Notion shows its default instead.
  status: choiceKind("status", false),
  select: choiceKind("select", true),
  multi_select: {
    show: (value) => html`${(value.multi_select ?? []).map(tag)}`,
    edit: {
      control: ticks,
      choices: (property) => property.multi_select?.options ?? [],
      texts: (value) => ids(value.multi_select),
      write: asReferences,
    },
  },
  people: {
    show: (value, names) =>
      html`${(value.people ?? []).map((user) => html`<span class="chip">${userName(user, names)}</span>`)}`,
    edit: {
      control: ticks,
      choices: (_property, names) => names.people,
      texts: (value) => ids(value.people),
      write: asReferences,
    },
  },
  relation: {
    show: showRelation,
    edit: {
      control: ticks,
      choices: (property, names) => names.rowsOf(property.relation?.data_source_id ?? ""),
      texts: (value) => ids(value.relation),
      write: asReferences,
    },
  },
  date: {
    show: (value) =>
      [value.date?.start, value.date?.end].flatMap((text) => (text ? [showTime(text)] : [])).join(" → "),
    edit: {
      control: dates,
      texts: (value) => [...toControls(value.date?.start), ...toControls(value.date?.end)],
      write: ([day = "", time = "", endDay = "", endTime = ""]) => {
        const start = fromControls(day, time);
        return start === null ? null : { start, end: fromControls(endDay, endTime) };
      },
    },
  },
  checkbox: {
    show: (value) => (value.checkbox ? html`<span aria-label="yes" role="img">✓</span>` : ""),
    edit: {
      control: tick,
      texts: (value) => (value.checkbox ? ["yes"] : []),
      write: (texts) => texts.length > 0,
    },
  },
  url: stringKind("url", input("text"), (text) => text),
  email: stringKind("email", input("email"), (text) => `mailto:${text}`),
  phone_number: stringKind("phone_number", input("tel"), (text) => text),
  files: readOnly((value) => (value.files ?? []).map((file) => file.name).join(", ")),
  unique_id: readOnly(({ unique_id: id }) =>
    id ? [id.prefix, id.number].filter((part) => part !== null).join("-") : "",
  ),
  formula: readOnly((value, names) => resultOf(value.formula, names)),
  rollup: readOnly((value, names) => resultOf(value.rollup, names)),
  created_time: readOnly((value) => showTime(value.created_time ?? "")),
  last_edited_time: readOnly((value) => showTime(value.last_edited_time ?? "")),
  created_by: readOnly((value, names) => userName(value.created_by, names)),
  last_edited_by: readOnly((value, names) => userName(value.last_edited_by, names)),
};

/** What a formula or rollup came to, shown as a value of its type; a list as its items. */
const resultOf = (result: ApiResult | undefined, names: Names): Html | string => {
  if (!result || result.type === "unsupported") return "";
  if (result.type === "array") {
    const items = (result.array ?? []).map((item) => kindOf(item.type).show({ id: "", ...item }, names));
    return html`${items.map((item, index) => html`${index > 0 ? ", " : ""}${item}`)}`;
  }
  if (result.type === "boolean") return result.boolean ? "yes" : "no";
  if (result.type === "string") return result.string ?? "";
  const { type, number = null, date = null } = result;
  return kindOf(type).show({ id: "", type, number, date }, names);
};

const unknownKind = readOnly((value) => html`<span class="quiet">${value.type}</span>`);

/** How a type is shown and edited; one that this table lacks is shown by its type's name and not edited. */
export const kindOf = (type: string): Kind => kinds[type] ?? unknownKind;
