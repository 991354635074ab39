import { normaliseId } from "../ids.ts";
import type { JsonObject } from "../model.ts";
import type { Lines, MarkdownBlock } from "./markdown-block.ts";
import { parseInline } from "./parse-inline.ts";
import { readHtmlTable, readPipeTable } from "./parse-table.ts";

const tabWidth = 4;

const indentOf = (line: string): number => {
  let width = 0;
  for (const character of line) {
    if (character === "\t") width += tabWidth;
    else if (character === " ") width += 1;
    else break;
  }
  return width;
};

const dedented = (line: string, width: number): string => {
  let removed = 0;
  let at = 0;
  while (removed < width && at < line.length && (line[at] === "\t" || line[at] === " ")) {
    removed += line[at] === "\t" ? tabWidth : 1;
    at++;
  }
  return line.slice(at);
};

const colorPattern = / ?\{(?:toggle="true" ?)?(?:color="(\w+)")?\}$/;

/** Rich text and colour of a line such as `Text {color="blue"}`. */
const textData = (line: string): JsonObject => {
  const color = colorPattern.exec(line)?.[1];
  const text = line.replace(colorPattern, "");
  return { rich_text: parseInline(text), color: color?.replace(/_bg$/, "_background") ?? "default" };
};

const block = (type: string, data: JsonObject, children: MarkdownBlock[] = []): MarkdownBlock => ({
  type,
  data,
  children,
});

type LineRule = { pattern: RegExp; read(match: RegExpExecArray): MarkdownBlock };

/** Blocks that a single line makes; lines indented below it become its children. */
const lineRules: readonly LineRule[] = [
  { pattern: /^(?:---+|\*\*\*+|___+)$/, read: () => block("divider", {}) },
  { pattern: /^<empty-block\s*\/>$/, read: () => block("paragraph", textData("")) },
  { pattern: /^<table_of_contents\s*\/>$/, read: () => block("table_of_contents", { color: "default" }) },
  {
    pattern: /^(#{1,6}) (.*)$/,
    read: ([, marks = "", text = ""]) =>
      block(`heading_${Math.min(marks.length, 4)}`, {
        ...textData(text),
        is_toggleable: /\{toggle="true"/.test(text),
      }),
  },
  {
    pattern: /^[-*+] \[([ xX])\] ?(.*)$/,
    read: ([, mark = " ", text = ""]) => block("to_do", { ...textData(text), checked: mark !== " " }),
  },
  { pattern: /^[-*+] (.*)$/, read: ([, text = ""]) => block("bulleted_list_item", textData(text)) },
  { pattern: /^\d+[.)] (.*)$/, read: ([, text = ""]) => block("numbered_list_item", textData(text)) },
  { pattern: /^> ?(.*)$/, read: ([, text = ""]) => block("quote", textData(text)) },
  {
    pattern: /^<(page|database|unknown) url="[^"]*?([0-9a-f-]{32,36})"[^>]*?(?:\/>|>.*<\/\w+>)$/,
    read: ([whole, tag = "", id = ""]) => {
      const known = normaliseId(id);
      if (!known) return block("paragraph", textData(whole));
      const type = tag === "unknown" ? "unsupported" : `child_${tag}`;
      return { ...block(type, {}), id: known };
    },
  },
  { pattern: /^(.*)$/, read: ([, text = ""]) => block("paragraph", textData(text)) },
];

const childless = new Set([
  "divider",
  "table_of_contents",
  "code",
  "child_page",
  "child_database",
  "unsupported",
]);

/** The lines below the one at `source.at` that belong to it: deeper ones, with the empty lines among them. */
const takeDeeper = (source: Lines, indent: number): string[] => {
  let end = source.at;
  for (let at = source.at; at < source.lines.length; at++) {
    const line = source.lines[at] ?? "";
    if (line.trim() === "") continue;
    if (indentOf(line) <= indent) break;
    end = at + 1;
  }
  const taken = source.lines.slice(source.at, end);
  source.at = end;
  return [...taken];
};

/** The lines up to the one that closes a tag opened before; nested tags of the same name count. */
const takeUntilClosed = (source: Lines, tag: string): string[] => {
  const taken: string[] = [];
  for (let depth = 1; source.at < source.lines.length; ) {
    const line = source.lines[source.at++] ?? "";
    if (line.trim().startsWith(`<${tag}`)) depth++;
    if (line.trim() === `</${tag}>` && --depth === 0) break;
    taken.push(line);
  }
  return taken;
};

const readCode = (source: Lines, fence: string, language: string, indent: number): MarkdownBlock => {
  const code: string[] = [];
  while (source.at < source.lines.length) {
    const line = dedented(source.lines[source.at++] ?? "", indent);
    if (line.trim() === fence) break;
    code.push(line);
  }
  const text = code.join("\n");
  // Code is literal: escaping every character keeps the inline parser from reading markup in it.
  const escaped = text.replace(/[\\*~`$[\]<>{}|^_]/g, "\\$&");
  return block("code", { rich_text: parseInline(escaped), caption: [], language: language || "plain text" });
};

const readCallout = (source: Lines, attributes: string): MarkdownBlock => {
  const [first, ...rest] = parseLines(takeUntilClosed(source, "callout"));
  const icon = /icon="([^"]+)"/.exec(attributes)?.[1];
  const color = /color="(\w+)"/.exec(attributes)?.[1]?.replace(/_bg$/, "_background") ?? "default";
  const isText = first?.type === "paragraph";
  const data = {
    rich_text: isText ? first.data.rich_text : [],
    color,
    icon: icon ? { type: "emoji", emoji: icon } : null,
  };
  if (isText) return block("callout", data, [...first.children, ...rest]);
  return block("callout", data, first ? [first, ...rest] : []);
};

const readToggle = (source: Lines, attributes: string): MarkdownBlock => {
  const lines = takeUntilClosed(source, "details");
  const [, summary = ""] = /^<summary>(.*)<\/summary>$/.exec(lines[0]?.trim() ?? "") ?? [];
  const color = /color="(\w+)"/.exec(attributes)?.[1]?.replace(/_bg$/, "_background") ?? "default";
  return block("toggle", { rich_text: parseInline(summary), color }, parseLines(lines.slice(1)));
};

const readLine = (source: Lines, line: string, indent: number): MarkdownBlock[] => {
  const text = line.trim();
  for (const { pattern, read } of lineRules) {
    const match = pattern.exec(text);
    if (!match) continue;
    const made = read(match);
    const below = parseLines(takeDeeper(source, indent));
    if (childless.has(made.type)) return [made, ...below];
    return [{ ...made, children: below }];
  }
  return [];
};

const readBlock = (source: Lines): MarkdownBlock[] => {
  const line = source.lines[source.at++] ?? "";
  const indent = indentOf(line);
  const text = line.trim();
  if (text === "") return [];
  const [, fence, language = ""] = /^(```+)([^`]*)$/.exec(text) ?? [];
  if (fence) return [readCode(source, fence, language.trim(), indent)];
  const [, tag, attributes = ""] = /^<(callout|details|table)\b([^>]*)>$/.exec(text) ?? [];
  if (tag === "callout") return [readCallout(source, attributes)];
  if (tag === "details") return [readToggle(source, attributes)];
  if (tag === "table") return [readHtmlTable(takeUntilClosed(source, "table"), attributes)];
  return readPipeTable(source, text) ?? readLine(source, line, indent);
};

const parseLines = (lines: readonly string[]): MarkdownBlock[] => {
  const source: Lines = { lines, at: 0 };
  const blocks: MarkdownBlock[] = [];
  while (source.at < lines.length) blocks.push(...readBlock(source));
  return blocks;
};

/** Notion-flavoured Markdown as blocks: each line a block, tabs (or spaces) nest, tags for callouts, toggles and tables. */
export const parseMarkdown = (text: string): MarkdownBlock[] =>
  parseLines(text.replaceAll("\r\n", "\n").split("\n"));
