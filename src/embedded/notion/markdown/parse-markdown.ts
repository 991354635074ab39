import { validationError } from "../api/errors.ts";
import { blockTypes } from "../blocks/block-types.ts";
import { codeLanguages } from "../blocks/code-languages.ts";
import { normaliseId } from "../ids.ts";
import { textItem } from "../show/rich-text.ts";
import { apiColor } from "./colors.ts";
import { block, lineRules } from "./line-rules.ts";
import { indentOf, type Lines, takeDeeper, takeUntil, takeUntilClosed } from "./lines.ts";
import type { MarkdownBlock } from "./markdown-block.ts";
import { maxContent, parseInline } from "./parse-inline.ts";
import { readHtmlTable, readPipeTable } from "./parse-table.ts";

/** More blocks make the creation of a page fail (documented: notion-api §2; the words are assumed). */
const maxNewBlocks = 5000;

/** Deeper nesting is refused before it exhausts anything (assumed). */
const maxDepth = 100;

const attribute = (attributes: string, name: string): string | undefined =>
  new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1];

const colorIn = (attributes: string): string => apiColor(attribute(attributes, "color"));

const pieces = (text: string): string[] =>
  Array.from({ length: Math.ceil(text.length / maxContent) }, (_piece, index) =>
    text.slice(index * maxContent, (index + 1) * maxContent),
  );

const languages: ReadonlySet<string> = new Set(codeLanguages);

/** Code is literal; a language that Notion does not know makes plain text (assumed). */
const readCode = (source: Lines, fence: string, language: string, indent: number): MarkdownBlock =>
  block("code", {
    rich_text: pieces(takeUntil(source, fence, indent)).map((piece) => textItem(piece)),
    language: languages.has(language) ? language : "plain text",
  });

type ReadTag = (lines: string[], attributes: string, depth: number) => MarkdownBlock[];

const readCallout: ReadTag = (lines, attributes, depth) => {
  const [first, ...rest] = parseLines(lines, depth);
  const icon = attribute(attributes, "icon");
  const isText = first?.type === "paragraph";
  const data = {
    rich_text: isText ? first.data.rich_text : [],
    color: colorIn(attributes),
    icon: icon ? { type: "emoji", emoji: icon } : null,
  };
  if (isText) return [block("callout", data, [...first.children, ...rest])];
  return [block("callout", data, first ? [first, ...rest] : [])];
};

const readToggle: ReadTag = (lines, attributes, depth) => {
  const [, summary] = /^<summary>(.*)<\/summary>$/.exec(lines[0]?.trim() ?? "") ?? [];
  const data = { rich_text: parseInline(summary ?? ""), color: colorIn(attributes) };
  return [block("toggle", data, parseLines(summary === undefined ? lines : lines.slice(1), depth))];
};

/** A list of columns has two at least (documented: OpenAPI); fewer leave what is in them. */
const readColumns: ReadTag = (lines, _attributes, depth) => {
  const source: Lines = { lines, at: 0 };
  const columns: MarkdownBlock[] = [];
  while (source.at < lines.length) {
    const opening = /^<column\b([^>]*)>$/.exec((lines[source.at++] ?? "").trim());
    if (!opening) continue;
    const ratio = Number(attribute(opening[1] ?? "", "ratio") ?? Number.NaN);
    const data = ratio > 0 && ratio <= 100 ? { width_ratio: ratio / 100 } : {};
    columns.push(block("column", data, parseLines(takeUntilClosed(source, "column"), depth)));
  }
  return columns.length < 2
    ? columns.flatMap(({ children }) => children)
    : [block("column_list", {}, columns)];
};

const idIn = (attributes: string): string | null =>
  normaliseId(/([0-9a-f-]{32,36})$/i.exec(attribute(attributes, "url") ?? "")?.[1] ?? "");

const readSynced: ReadTag = (lines, attributes, depth) => {
  const id = idIn(attributes);
  const synced = block("synced_block", { synced_from: null }, parseLines(lines, depth));
  return [id ? { ...synced, id } : synced];
};

/** A reference without the block that it refers to is none. */
const readSyncedReference: ReadTag = (_lines, attributes) => {
  const id = idIn(attributes);
  return id ? [block("synced_block", { synced_from: { type: "block_id", block_id: id } })] : [];
};

/** Blocks that a tag opens and its closing tag ends (documented: enhanced Markdown). */
const tags: Readonly<Record<string, ReadTag>> = {
  callout: readCallout,
  details: readToggle,
  table: (lines, attributes) => [readHtmlTable(lines, attributes)],
  columns: readColumns,
  synced_block: readSynced,
  synced_block_reference: readSyncedReference,
};

/** A heading holds blocks only when it is a toggle (documented: enhanced Markdown). */
const holdsLines = ({ type, data }: MarkdownBlock): boolean =>
  blockTypes[type]?.below === "blocks" && (!type.startsWith("heading_") || data.is_toggleable === true);

const readLine = (source: Lines, line: string, depth: number): MarkdownBlock[] => {
  for (const { pattern, read } of lineRules) {
    const match = pattern.exec(line.trim());
    if (!match) continue;
    const made = read(match);
    const below = parseLines(takeDeeper(source, indentOf(line)), depth);
    return holdsLines(made) ? [{ ...made, children: below }] : [made, ...below];
  }
  return [];
};

const readBlock = (source: Lines, depth: number): MarkdownBlock[] => {
  const line = source.lines[source.at++] ?? "";
  const text = line.trim();
  if (text === "") return [];
  const [, fence, language = ""] = /^(```+)([^`]*)$/.exec(text) ?? [];
  if (fence) return [readCode(source, fence, language.trim(), indentOf(line))];
  if (text === "$$") return [block("equation", { expression: takeUntil(source, "$$", indentOf(line)) })];
  const [, tag = "", attributes = ""] = /^<(\w+)\b([^>]*)>$/.exec(text) ?? [];
  const readTag = attributes.endsWith("/") ? undefined : tags[tag];
  if (readTag) return readTag(takeUntilClosed(source, tag), attributes, depth);
  return readPipeTable(source, text) ?? readLine(source, line, depth);
};

const parseLines = (lines: readonly string[], depth: number): MarkdownBlock[] => {
  if (depth > maxDepth) throw validationError("The Markdown is nested too deeply.");
  const source: Lines = { lines, at: 0 };
  const blocks: MarkdownBlock[] = [];
  while (source.at < lines.length) blocks.push(...readBlock(source, depth + 1));
  return blocks;
};

const countOf = (blocks: readonly MarkdownBlock[]): number =>
  blocks.reduce((sum, { children }) => sum + 1 + countOf(children), 0);

/**
 * Notion-flavoured Markdown as blocks: each line a block, tabs (or spaces) nest, tags hold callouts, toggles, tables,
 * columns and synced blocks. Throws validation_error for more than `maxBlocks`, or for nesting without end.
 */
export const parseMarkdown = (text: string, maxBlocks = maxNewBlocks): MarkdownBlock[] => {
  const blocks = parseLines(text.replaceAll("\r\n", "\n").split("\n"), 0);
  const count = countOf(blocks);
  if (count > maxBlocks) {
    throw validationError(`The Markdown makes ${count} blocks; a request takes ≤ \`${maxBlocks}\`.`);
  }
  return blocks;
};
