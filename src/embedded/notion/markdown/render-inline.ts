import type { Annotations, DateValue, RichText, RichTextItem } from "../model.ts";
import type { Core } from "../scope.ts";
import { plainText } from "../show/rich-text.ts";
import { pageUrl } from "../show/urls.ts";
import { markdownColor } from "./colors.ts";

const escaped = (text: string): string => text.replace(/[\\*~`$[\]<>{}|^]/g, "\\$&").replaceAll("\n", "<br>");

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
  const color = markdownColor(annotations.color);
  return color === null ? result : wrapped(result, `<span color="${color}">`, "</span>");
};

/** `10:00` of a day in a time zone; a moment that carries an offset instead is given in UTC. */
const momentOf = (text: string, zone: string | null): { day: string; time: string | null } => {
  if (!text.includes("T")) return { day: text, time: null };
  const local = zone === null ? new Date(Date.parse(text)).toISOString() : text;
  return { day: local.slice(0, 10), time: local.slice(11, 16) };
};

const dateTag = ({ start, end, time_zone: zone }: DateValue): string => {
  const [from, to] = [momentOf(start, zone), end === null ? null : momentOf(end, zone)];
  const attributes: [string, string | null][] = [
    ["start", from.day],
    ["startTime", from.time],
    ["end", to?.day ?? null],
    ["endTime", to?.time ?? null],
    ["timeZone", zone],
  ];
  const given = attributes.flatMap(([name, value]) => (value === null ? [] : [` ${name}="${value}"`]));
  return `<mention-date${given.join("")}/>`;
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
  return dateTag(mention.date);
};

/** Code with backticks in it stands between more of them, with blanks where it begins or ends with one or a blank. */
const codeSpan = (text: string): string => {
  const runs = text.match(/`+/g) ?? [];
  const ticks = "`".repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const edge = /^[` ]|[` ]$/.test(text) && text.trim() !== "" ? " " : "";
  return ticks + edge + text + edge + ticks;
};

const codeLines = (text: string): string =>
  text
    .split("\n")
    .map((line) => (line === "" ? "" : codeSpan(line)))
    .join("<br>");

/** Blanks and brackets would end the address. */
export const address = (url: string): string =>
  url.replace(/[\s()<>]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`);

const renderItem = (item: RichTextItem, core: Core): string => {
  if (item.type === "mention") return annotated(mentionTag(item, core), item.annotations);
  if (item.type === "equation") {
    return annotated(`$\`${item.equation.expression.replaceAll("\n", " ")}\`$`, item.annotations);
  }
  const { content, link } = item.text;
  const text = item.annotations.code ? codeLines(content) : escaped(content);
  const marked = annotated(text, item.annotations);
  return link ? `[${marked}](${address(link.url)})` : marked;
};

const styleOf = (item: RichTextItem): string | null =>
  item.type === "text" ? JSON.stringify([item.annotations, item.text.link]) : null;

/** Neighbours of one style are one piece of text: two pairs of marks next to each other would read as one. */
const joined = (items: RichText): RichTextItem[] => {
  const result: RichTextItem[] = [];
  for (const item of items) {
    const last = result.at(-1);
    if (last?.type === "text" && item.type === "text" && styleOf(last) === styleOf(item)) {
      const content = last.text.content + item.text.content;
      result[result.length - 1] = { ...last, text: { ...last.text, content } };
    } else result.push(item);
  }
  return result;
};

/** Rich text as Notion-flavoured Markdown, which parseInline reads back as the same text. */
export const renderInline = (items: RichText, core: Core): string =>
  joined(items)
    .map((item) => renderItem(item, core))
    .join("");
