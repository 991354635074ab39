import { html } from "hono/html";
import { safeHref } from "./links.ts";
import type { ApiRichText, Html } from "./model.ts";

type Item = ApiRichText[number];
type Mark = Exclude<keyof Item["annotations"], "color">;

const marks: Readonly<Record<Mark, (inner: Html | string) => Html>> = {
  code: (inner) => html`<code>${inner}</code>`,
  bold: (inner) => html`<strong>${inner}</strong>`,
  italic: (inner) => html`<em>${inner}</em>`,
  strikethrough: (inner) => html`<s>${inner}</s>`,
  underline: (inner) => html`<u>${inner}</u>`,
};

const showItem = (item: Item): Html => {
  let shown: Html | string = item.plain_text;
  for (const [mark, wrap] of Object.entries(marks)) if (item.annotations[mark as Mark]) shown = wrap(shown);
  const href = item.href === null ? null : safeHref(item.href);
  const isMention = item.type === "mention";
  if (href === null) return isMention ? html`<span class="mention">${shown}</span>` : html`${shown}`;
  return isMention
    ? html`<a class="mention" href="${href}">${shown}</a>`
    : html`<a href="${href}" rel="noreferrer">${shown}</a>`;
};

export const showText = (items: ApiRichText): Html => html`${items.map(showItem)}`;

export const plainOf = (items: ApiRichText): string => items.map((item) => item.plain_text).join("");

/** The longest text of one rich-text item (notion-api §4). */
const itemLength = 2000;

/** What a person typed, as the API takes it. */
export const typedText = (text: string): { type: "text"; text: { content: string } }[] =>
  Array.from({ length: Math.ceil(text.length / itemLength) }, (_, index) => ({
    type: "text",
    text: { content: text.slice(index * itemLength, (index + 1) * itemLength) },
  }));
