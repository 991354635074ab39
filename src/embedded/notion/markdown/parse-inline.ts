import { normaliseId } from "../ids.ts";
import type { Annotations, Mention, RichText, RichTextItem } from "../model.ts";
import { plainAnnotations } from "../show/rich-text.ts";
import { apiColor } from "./colors.ts";

/** The style that text inherits from what surrounds it. `budget`: how much more may be searched in vain. */
type Style = { annotations: Annotations; link: string | null; budget: { left: number } };
type Rule = { pattern: RegExp; read(match: RegExpExecArray, style: Style): RichTextItem[] };

/** The longest text of one item (notion-api §4). */
export const maxContent = 2000;

/** Characters looked through without finding a mark's end: a text of nothing but marks would take its square. */
const searchBudget = 5_000_000;

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

const mentionPattern = (name: string): RegExp =>
  new RegExp(`<mention-${name} url="([^"]*)"\\s*(?:/>|>[^<]*</mention-${name}>)`, "y");

/** A span may hold another: a colour and an underline have one each. */
const spanPattern = (attribute: string): RegExp =>
  new RegExp(
    String.raw`<span ${attribute}>((?:\\.|(?!<\/?span\b)[^\\]|<span [^>]*>(?:\\.|(?!<\/span>)[^\\])*<\/span>)*)<\/span>`,
    "sy",
  );

const attribute = (attributes: string, name: string): string | null =>
  new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? null;

/** A moment without a time zone is in UTC. */
const momentOf = (day: string, time: string | null, zone: string | null): string => {
  if (time === null) return day;
  return zone === null ? `${day}T${time}:00.000+00:00` : `${day}T${time}:00`;
};

const isMoment = (text: string): boolean => !Number.isNaN(Date.parse(text));

const dateMention: Rule["read"] = ([whole, attributes = ""], style) => {
  const zone = attribute(attributes, "timeZone");
  const day = attribute(attributes, "end");
  const start = momentOf(attribute(attributes, "start") ?? "", attribute(attributes, "startTime"), zone);
  const end = day === null ? null : momentOf(day, attribute(attributes, "endTime"), zone);
  if (!isMoment(start) || (end !== null && !isMoment(end))) return textItems(whole, style);
  const mention: Mention = { type: "date", date: { start, end, time_zone: zone } };
  return [{ type: "mention", mention, annotations: style.annotations }];
};

/** Blanks that keep backticks apart from the marks are no part of the code. */
const codeIn = (text: string): string =>
  text.startsWith(" ") && text.endsWith(" ") && text.trim() !== "" ? text.slice(1, -1) : text;

const maxExpression = 1000;

const equation: Rule["read"] = ([whole, quoted, bare], style) => {
  const expression = quoted ?? bare ?? "";
  if (expression.length > maxExpression) return textItems(whole, style);
  return [{ type: "equation", equation: { expression }, annotations: style.annotations }];
};

/** An address longer than a link may be stays text (notion-api §4). */
const maxUrl = 2000;

/** Notion's inline Markdown, tried in this order at each place (documented: enhanced Markdown; bare `$…$`: observed). */
const rules: readonly Rule[] = [
  { pattern: /\\([!-/:-@[-`{-~])/y, read: ([, character = ""], style) => textItems(character, style) },
  {
    pattern: /(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/y,
    read: ([, , code = ""], style) =>
      textItems(codeIn(code), { ...style, annotations: { ...style.annotations, code: true } }),
  },
  { pattern: /\$`([^`]+)`\$|\$(?![\s$])([^$`]+?)(?<!\s)\$(?!\d)/y, read: equation },
  { pattern: /\*\*(?=\S)((?:\\.|`[^`]*`|[^\\])+?)(?<=\S)\*\*(?!\*)/sy, read: styled({ bold: true }) },
  { pattern: /\*(?=[^\s*])((?:\\.|`[^`]*`|\*\*|[^\\*])+?)(?<=\S)\*(?!\*)/sy, read: styled({ italic: true }) },
  { pattern: /~~(?=\S)((?:\\.|`[^`]*`|[^\\])+?)(?<=\S)~~/sy, read: styled({ strikethrough: true }) },
  { pattern: spanPattern('underline="true"'), read: styled({ underline: true }) },
  {
    pattern: spanPattern('color="(\\w+)"'),
    read: ([, color, inner = ""], style) =>
      parse(inner, { ...style, annotations: { ...style.annotations, color: apiColor(color) } }),
  },
  {
    pattern: /\[((?:\\.|`[^`]*`|[^\]\\])+?)\]\(([^()\s]+(?:\([^()\s]*\)[^()\s]*)*)\)/y,
    read: ([whole, inner = "", url = ""], style) =>
      url.length > maxUrl ? textItems(whole, style) : parse(inner, { ...style, link: url }),
  },
  { pattern: mentionPattern("user"), read: mentioned((id) => ({ type: "user", user: { id } })) },
  { pattern: mentionPattern("page"), read: mentioned((id) => ({ type: "page", page: { id } })) },
  { pattern: mentionPattern("database"), read: mentioned((id) => ({ type: "database", database: { id } })) },
  { pattern: /<mention-date ([^>]*?)(?:\/>|><\/mention-date>)/y, read: dateMention },
  { pattern: /<br\s*\/?>/y, read: (_match, style) => textItems("\n", style) },
];

const readAt = (text: string, at: number, style: Style): { items: RichTextItem[]; end: number } | null => {
  for (const { pattern, read } of rules) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return { items: read(match, style), end: at + match[0].length };
  }
  style.budget.left -= text.length - at;
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

const special = /[\\*~`$<[]/g;

const parse = (text: string, style: Style): RichTextItem[] => {
  const items: RichTextItem[] = [];
  let plainFrom = 0;
  for (let at = 0; at < text.length && style.budget.left > 0; ) {
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
  parse(text, { annotations: plainAnnotations, link: null, budget: { left: searchBudget } });
