import type { Annotations, RichText, RichTextItem } from "../model.ts";
import type { Core } from "../scope.ts";
import { plainText } from "../show/rich-text.ts";
import { pageUrl } from "../show/urls.ts";

const escaped = (text: string): string => text.replace(/[\\*~`$[\]<>{}|^]/g, "\\$&").replaceAll("\n", "<br>");

const markdownColor = (color: string): string => color.replace(/_background$/, "_bg");

/** Marks stand next to letters: blanks at either end stay outside them. */
const wrapped = (text: string, open: string, close: string): string => {
  const [, before = "", inner = "", after = ""] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? [];
  return inner === "" ? text : before + open + inner + close + after;
};

const annotated = (text: string, annotations: Annotations): string => {
  let result = text;
  if (annotations.italic) result = wrapped(result, "*", "*");
  if (annotations.bold) result = wrapped(result, "**", "**");
  if (annotations.strikethrough) result = wrapped(result, "~~", "~~");
  if (annotations.underline) result = wrapped(result, '<span underline="true">', "</span>");
  if (annotations.color === "default") return result;
  return wrapped(result, `<span color="${markdownColor(annotations.color)}">`, "</span>");
};

const mentionTag = (item: Extract<RichTextItem, { type: "mention" }>, core: Core): string => {
  const { mention } = item;
  const label = escaped(plainText([item], core).replace(/^@/, ""));
  if (mention.type === "user") return `<mention-user url="user://${mention.user.id}">${label}</mention-user>`;
  if (mention.type === "page")
    return `<mention-page url="${pageUrl(mention.page.id)}">${label}</mention-page>`;
  if (mention.type === "database") {
    return `<mention-database url="${pageUrl(mention.database.id)}">${label}</mention-database>`;
  }
  const end = mention.date.end === null ? "" : ` end="${mention.date.end}"`;
  return `<mention-date start="${mention.date.start}"${end}/>`;
};

const renderItem = (item: RichTextItem, core: Core): string => {
  if (item.type === "mention") return mentionTag(item, core);
  if (item.type === "equation") return `$\`${item.equation.expression}\`$`;
  const { content, link } = item.text;
  const text = item.annotations.code ? `\`${content}\`` : escaped(content);
  const marked = annotated(text, item.annotations);
  return link ? `[${marked}](${link.url})` : marked;
};

/** Rich text as Notion-flavoured Markdown, which parseInline reads back as the same text. */
export const renderInline = (items: RichText, core: Core): string =>
  items.map((item) => renderItem(item, core)).join("");
