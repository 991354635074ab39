import { normaliseId } from "../ids.ts";
import type { Annotations, Mention, RichText, RichTextItem } from "../model.ts";
import { plainAnnotations } from "../show/rich-text.ts";

/** The style that text inherits from what surrounds it. */
type Style = { annotations: Annotations; link: string | null };
type Rule = { pattern: RegExp; read(match: RegExpExecArray, style: Style): RichTextItem[] };

const maxContent = 2000;

const textItems = (content: string, { annotations, link }: Style): RichTextItem[] => {
  const items: RichTextItem[] = [];
  for (let start = 0; start < content.length; start += maxContent) {
    const text = {
      content: content.slice(start, start + maxContent),
      link: link === null ? null : { url: link },
    };
    items.push({ type: "text", text, annotations });
  }
  return items;
};

const styled =
  (change: Partial<Annotations>): Rule["read"] =>
  ([, inner = ""], style) =>
    parse(inner, { ...style, annotations: { ...style.annotations, ...change } });

/** The id in a mention's address: `user://…`, a page's address or the bare id. */
const idIn = (url: string): string | null => normaliseId(/([0-9a-f-]{32,36})\/?$/i.exec(url)?.[1] ?? "");

const mentioned =
  (mentionOf: (id: string) => Mention): Rule["read"] =>
  ([whole, url = ""], style) => {
    const id = idIn(url);
    return id
      ? [{ type: "mention", mention: mentionOf(id), annotations: style.annotations }]
      : textItems(whole, style);
  };

const apiColor = (color: string): string => color.replace(/_bg$/, "_background");

const mentionPattern = (name: string): RegExp =>
  new RegExp(`<mention-${name} url="([^"]*)"\\s*(?:/>|>[^<]*</mention-${name}>)`, "y");

/** Notion's inline Markdown, tried in this order at each place. */
const rules: readonly Rule[] = [
  {
    pattern: /\\([\\*~`$[\]<>{}|^_#.)+-])/y,
    read: ([, character = ""], style) => textItems(character, style),
  },
  {
    pattern: /`([^`]+)`/y,
    read: ([, code = ""], style) =>
      textItems(code, { ...style, annotations: { ...style.annotations, code: true } }),
  },
  { pattern: /\*\*(?=\S)((?:\\.|[^\\])+?)(?<=\S)\*\*(?!\*)/sy, read: styled({ bold: true }) },
  { pattern: /\*(?=[^\s*])((?:\\.|\*\*|[^\\*])+?)(?<=\S)\*(?!\*)/sy, read: styled({ italic: true }) },
  { pattern: /~~(?=\S)((?:\\.|[^\\])+?)(?<=\S)~~/sy, read: styled({ strikethrough: true }) },
  { pattern: /<span underline="true">(.*?)<\/span>/sy, read: styled({ underline: true }) },
  {
    pattern: /<span color="(\w+)">(.*?)<\/span>/sy,
    read: ([, color = "", inner = ""], style) =>
      parse(inner, { ...style, annotations: { ...style.annotations, color: apiColor(color) } }),
  },
  {
    pattern: /\[((?:\\.|[^\]\\])+)\]\(([^()\s]+(?:\([^()\s]*\)[^()\s]*)*)\)/y,
    read: ([, inner = "", url = ""], style) => parse(inner, { ...style, link: url }),
  },
  { pattern: mentionPattern("user"), read: mentioned((id) => ({ type: "user", user: { id } })) },
  { pattern: mentionPattern("page"), read: mentioned((id) => ({ type: "page", page: { id } })) },
  { pattern: mentionPattern("database"), read: mentioned((id) => ({ type: "database", database: { id } })) },
  {
    pattern: /<mention-date start="([^"]+)"(?: end="([^"]+)")?\s*\/>/y,
    read: ([, start = "", end], { annotations }) => [
      {
        type: "mention",
        mention: { type: "date", date: { start, end: end ?? null, time_zone: null } },
        annotations,
      },
    ],
  },
  { pattern: /<br\s*\/?>/y, read: (_match, style) => textItems("\n", style) },
];

const readAt = (text: string, at: number, style: Style): { items: RichTextItem[]; end: number } | null => {
  for (const { pattern, read } of rules) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return { items: read(match, style), end: at + match[0].length };
  }
  return null;
};

const styleOf = (item: RichTextItem): string | null =>
  item.type === "text" ? JSON.stringify([item.annotations, item.text.link]) : null;

/** Neighbours of one style become one item. */
const joined = (items: readonly RichTextItem[]): RichTextItem[] => {
  const result: RichTextItem[] = [];
  for (const item of items) {
    const last = result.at(-1);
    const fits = last?.type === "text" && item.type === "text" && styleOf(last) === styleOf(item);
    const content = fits ? last.text.content + item.text.content : "";
    if (fits && content.length <= maxContent) {
      result[result.length - 1] = { ...last, text: { ...last.text, content } };
    } else result.push(item);
  }
  return result;
};

const special = /[\\*~`<[]/g;

const parse = (text: string, style: Style): RichTextItem[] => {
  const items: RichTextItem[] = [];
  let plainFrom = 0;
  for (let at = 0; at < text.length; ) {
    special.lastIndex = at;
    const place = special.exec(text);
    if (!place) break;
    const found = readAt(text, place.index, style);
    if (found) {
      items.push(...textItems(text.slice(plainFrom, place.index), style), ...found.items);
      plainFrom = found.end;
    }
    at = found?.end ?? place.index + 1;
  }
  items.push(...textItems(text.slice(plainFrom), style));
  return joined(items);
};

/** Notion-flavoured inline Markdown as rich text; what is no markup stays text. */
export const parseInline = (text: string): RichText =>
  parse(text, { annotations: plainAnnotations, link: null });
