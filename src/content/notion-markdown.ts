/** Notion writes one block a line, with children below it indented by tabs; CommonMark joins such lines. */
type Line = { readonly depth: number; readonly text: string };

const listItem = /^(?:[-*+]|\d{1,9}[.)]) /;
/** The tags of Notion's own Markdown; every other one is text that somebody wrote. */
const tag =
  /(?<!\\)<\/?(?:callout|details|summary|columns?|span|mention-[a-z-]+|page|database|table_of_contents|table|colgroup|col|tr|td|empty-block|unknown|synced_block\w*|audio|video|file|pdf|image)(?:\s[^<>]*)?\/?>/g;
const dateTag = /(?<!\\)<mention-date start="([^"<>]*)"(?: end="([^"<>]*)")?[^<>]*\/?>/g;
const colorMark = /(?<!\\) ?\{color="\w+"\}$/;
const readsAsBlock = /^(?=#{1,6} |[-+*>] |\d{1,9}[.)] |-{3})/;
const fence = /^```/;

/**
 * A page body as Notion gives it (one block a line, its own tags) as CommonMark with pipe tables. What letters cannot
 * show, such as embedded files and colours, is left out; the texts in it stay.
 */
export const toCommonMark = (body: string): string => {
  const out: string[] = [];
  const indents: number[] = [];
  let inList = false;
  for (const { depth, text } of blocksOf(body)) {
    const indent = indents.slice(0, depth).at(-1) ?? 0;
    const isItem = listItem.test(text);
    indents.length = Math.min(depth, indents.length);
    indents.push(isItem ? indent + 4 : indent);
    if (!(isItem && inList)) out.push("");
    out.push(...text.split("\n").map((line) => " ".repeat(indent) + line));
    inList = isItem;
  }
  return out.join("\n").trim();
};

/** The blocks of a body: code and tables whole, everything else a line each. */
const blocksOf = (body: string): Line[] => {
  const lines = body.split("\n").map(lineOf);
  const blocks: Line[] = [];
  for (let at = 0; at < lines.length; at++) {
    const { depth, text } = lines[at] ?? { depth: 0, text: "" };
    const end = endOfWhole(lines, at);
    const whole = lines.slice(at, end + 1).map((line) => line.text);
    if (fence.test(text)) blocks.push({ depth, text: whole.join("\n") });
    else if (text.startsWith("<table")) blocks.push({ depth, text: pipeTable(whole.join("\n")) });
    else blocks.push({ depth, text: blockText(text) });
    at = end;
  }
  return blocks.filter(({ text }) => text !== "");
};

const lineOf = (line: string): Line => {
  const text = line.replace(/^\t+/, "");
  return { depth: line.length - text.length, text: text.trimEnd() };
};

/** Where a block that spans several lines ends; an unclosed one ends with the body. */
const endOfWhole = (lines: readonly Line[], start: number): number => {
  const first = lines[start]?.text ?? "";
  const closes = fence.test(first) ? fence : first.startsWith("<table") ? /^<\/table>/ : null;
  if (closes === null) return start;
  const length = lines.slice(start + 1).findIndex((line) => closes.test(line.text));
  return length < 0 ? lines.length - 1 : start + 1 + length;
};

const withoutTags = (text: string): string =>
  text
    .replace(dateTag, (_all, start: string, end?: string) => (end ? `${start} – ${end}` : start))
    .replace(tag, "");

const blockText = (line: string): string => {
  const marked = line
    .replace(colorMark, "")
    .replace(/^- \[( |x)\] /, (_all, done) => `- ${done === "x" ? "☑" : "☐"} `);
  const parts = marked.split(/(?<!\\)<br\/?>/).map((part) => withoutTags(part).trim());
  if (/^#{1,6} /.test(marked)) return parts.join(" ");
  const hang = listItem.test(marked) ? "    " : "";
  return parts.map((part, at) => (at === 0 ? part : hang + part.replace(readsAsBlock, "\\"))).join("\\\n");
};

/** Notion's table tags as a pipe table; the first row is its head, which pipe tables always have. */
const pipeTable = (text: string): string => {
  const rows = text
    .split("</tr>")
    .map((row) => [...row.matchAll(/<td>(.*?)<\/td>/gs)].map(([, cell = ""]) => cell));
  const [head = [], ...rest] = rows.filter((cells) => cells.length > 0).map((cells) => cells.map(cellText));
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return head.length === 0 ? "" : [line(head), line(head.map(() => "---")), ...rest.map(line)].join("\n");
};

const cellText = (cell: string): string =>
  withoutTags(cell.replace(/(?<!\\)<br\/?>|\n/g, " ")).replace(/(?<!\\)\|/g, "\\|");
