import type { RichText } from "../model.ts";
import type { Lines } from "./lines.ts";
import type { MarkdownBlock } from "./markdown-block.ts";
import { parseInline } from "./parse-inline.ts";

const table = (rows: readonly RichText[][], header: { column: boolean; row: boolean }): MarkdownBlock => {
  const width = Math.max(1, ...rows.map((row) => row.length));
  return {
    type: "table",
    data: { table_width: width, has_column_header: header.column, has_row_header: header.row },
    children: rows.map((row) => ({
      type: "table_row",
      data: { cells: Array.from({ length: width }, (_cell, index) => row[index] ?? []) },
      children: [],
    })),
  };
};

/** The inside of `<table>`: `header-row` names the first row, `header-column` the first column. */
export const readHtmlTable = (lines: readonly string[], attributes: string): MarkdownBlock => {
  const inside = lines.map((line) => line.trim()).join("\n");
  const rows = [...inside.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row = ""]) =>
    [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell = ""]) => parseInline(cell.trim())),
  );
  return table(rows, {
    column: attributes.includes('header-row="true"'),
    row: attributes.includes('header-column="true"'),
  });
};

const cellsOf = (line: string): string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());

const isSeparator = (line: string): boolean => /^\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?$/.test(line.trim());

/** A table of standard Markdown that begins with `first`, whose next line is its ruler; null if there is none. */
export const readPipeTable = (source: Lines, first: string): MarkdownBlock[] | null => {
  const ruler = source.lines[source.at] ?? "";
  if (!first.startsWith("|") || !isSeparator(ruler)) return null;
  const rows = [cellsOf(first)];
  source.at++;
  while ((source.lines[source.at] ?? "").trim().startsWith("|"))
    rows.push(cellsOf(source.lines[source.at++] ?? ""));
  return [
    table(
      rows.map((row) => row.map(parseInline)),
      { column: true, row: false },
    ),
  ];
};
