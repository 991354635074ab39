import { blockTypes } from "../blocks/block-types.ts";
import { normaliseId } from "../ids.ts";
import type { JsonObject } from "../model.ts";
import { apiColor } from "./colors.ts";
import type { MarkdownBlock } from "./markdown-block.ts";
import { parseInline } from "./parse-inline.ts";

type LineRule = { pattern: RegExp; read(match: RegExpExecArray): MarkdownBlock };

export const block = (type: string, data: JsonObject, children: MarkdownBlock[] = []): MarkdownBlock => ({
  type,
  data: { ...blockTypes[type]?.defaults, ...data },
  children,
});

const markPattern = / ?\{(toggle="true" ?)?(?:color="(\w+)")?\}$/;

/** Rich text and colour of a line such as `Text {color="blue"}`. */
const textData = (line: string): JsonObject => {
  const color = markPattern.exec(line)?.[2];
  return { rich_text: parseInline(line.replace(markPattern, "")), color: apiColor(color) };
};

/** An address longer than the API takes makes no file (notion-api §4). */
const maxUrl = 2000;

const media = (type: string, url: string, caption: string, whole: string): MarkdownBlock => {
  if (url.length > maxUrl) return block("paragraph", textData(whole));
  const content = { external: { url }, caption: parseInline(caption) };
  return block(type, blockTypes[type]?.complete?.(content) ?? content);
};

const url = String.raw`[^()\s]+(?:\([^()\s]*\)[^()\s]*)*`;

/** Blocks that a single line makes, tried in this order (documented: enhanced Markdown). */
export const lineRules: readonly LineRule[] = [
  { pattern: /^(?:---+|\*\*\*+|___+)$/, read: () => block("divider", {}) },
  { pattern: /^<empty-block\s*\/>$/, read: () => block("paragraph", textData("")) },
  {
    pattern: /^<table_of_contents(?: color="(\w+)")?\s*\/>$/,
    read: ([, color]) => block("table_of_contents", { color: apiColor(color) }),
  },
  { pattern: /^\$\$(.+)\$\$$/, read: ([, expression = ""]) => block("equation", { expression }) },
  {
    pattern: new RegExp(String.raw`^!\[((?:\\.|[^\]\\])*)\]\((${url})\)(?: ?\{color="\w+"\})?$`),
    read: ([whole, caption = "", address = ""]) => media("image", address, caption, whole),
  },
  {
    pattern: /^<(audio|video|file|pdf) src="([^"]+)"[^>]*?(?:\/>|>(.*)<\/\1>)$/,
    read: ([whole, type = "", address = "", caption = ""]) => media(type, address, caption, whole),
  },
  {
    pattern: /^(#{1,6}) (.*)$/,
    read: ([, marks = "", text = ""]) =>
      block(`heading_${Math.min(marks.length, 4)}`, {
        ...textData(text),
        is_toggleable: markPattern.exec(text)?.[1] !== undefined,
      }),
  },
  {
    pattern: /^[-*+] \[([ xX])\](?: (.*))?$/,
    read: ([, mark = " ", text = ""]) => block("to_do", { ...textData(text), checked: mark !== " " }),
  },
  { pattern: /^[-*+](?: (.*))?$/, read: ([, text = ""]) => block("bulleted_list_item", textData(text)) },
  { pattern: /^\d+[.)](?: (.*))?$/, read: ([, text = ""]) => block("numbered_list_item", textData(text)) },
  { pattern: /^> ?(.*)$/, read: ([, text = ""]) => block("quote", textData(text)) },
  {
    pattern: /^<(page|database|unknown) url="[^"]*?([0-9a-f-]{32,36})"[^>]*?(?:\/>|>.*<\/\w+>)$/i,
    read: ([whole, tag = "", id = ""]) => {
      const known = normaliseId(id);
      if (!known) return block("paragraph", textData(whole));
      const alt = /\balt="([^"]*)"/.exec(whole)?.[1];
      return tag === "unknown"
        ? { ...block(tag, { alt }), id: known }
        : { ...block(`child_${tag}`, {}), id: known };
    },
  },
  { pattern: /^(.*)$/, read: ([, text = ""]) => block("paragraph", textData(text)) },
];
