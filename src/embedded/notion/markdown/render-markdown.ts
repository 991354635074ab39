import type { JsonObject, RichText } from "../model.ts";
import type { Core } from "../scope.ts";
import { titleOf } from "../show/page.ts";
import { plainText } from "../show/rich-text.ts";
import { pageUrl } from "../show/urls.ts";
import type { MarkdownBlock } from "./markdown-block.ts";
import { renderInline } from "./render-inline.ts";

const richText = (data: JsonObject, core: Core): string =>
  renderInline((data.rich_text ?? []) as RichText, core);

const colorOf = (data: JsonObject): string | null =>
  typeof data.color === "string" && data.color !== "default"
    ? data.color.replace(/_background$/, "_bg")
    : null;

const colorMark = (data: JsonObject): string => {
  const color = colorOf(data);
  return color ? ` {color="${color}"}` : "";
};

type Render = (block: MarkdownBlock, core: Core, number: number) => string[];

const prefixed =
  (prefix: (data: JsonObject, number: number) => string): Render =>
  ({ data }, core, number) => [prefix(data, number) + richText(data, core) + colorMark(data)];

/** A line that would read as a list, heading or other block is written so that it stays a paragraph. */
const paragraph: Render = ({ data }, core) => {
  const text = richText(data, core);
  if (text === "") return ["<empty-block/>"];
  return [text.replace(/^(\d*)(#{1,6} |[-+] |[.)] |---)/, "$1\\$2") + colorMark(data)];
};

const referenceTitle = (id: string, core: Core): string => {
  const record = core.objects.get(id);
  if (record?.kind === "page") return titleOf(record, core);
  return record?.kind === "database" ? plainText(record.title, core) : "";
};

const reference =
  (tag: string): Render =>
  ({ id = "" }, core) => [`<${tag} url="${pageUrl(id)}">${referenceTitle(id, core)}</${tag}>`];

const table: Render = ({ data, children }, core) => {
  const rows = children.flatMap((row) => [
    "<tr>",
    ...(row.data.cells as RichText[]).map((cell) => `<td>${renderInline(cell, core)}</td>`),
    "</tr>",
  ]);
  const head = `<table header-row="${data.has_column_header === true}" header-column="${data.has_row_header === true}">`;
  return [head, ...rows, "</table>"];
};

const indented = (lines: readonly string[]): string[] => lines.map((line) => `\t${line}`);

const callout: Render = ({ data, children }, core) => {
  const emoji = (data.icon as { emoji?: string } | null)?.emoji;
  const color = colorOf(data);
  const head = `<callout${emoji ? ` icon="${emoji}"` : ""}${color ? ` color="${color}"` : ""}>`;
  return [head, ...indented([richText(data, core), ...renderLines(children, core)]), "</callout>"];
};

const toggle: Render = ({ data, children }, core) => {
  const color = colorOf(data);
  const summary = `<summary>${richText(data, core)}</summary>`;
  const head = `<details${color ? ` color="${color}"` : ""}>`;
  return [head, summary, ...indented(renderLines(children, core)), "</details>"];
};

/** Blocks whose lines hold their children already. */
const wholeRenders: Readonly<Record<string, Render>> = {
  table,
  callout,
  toggle,
  code: ({ data }, core) => [
    `\`\`\`${data.language === "plain text" ? "" : data.language}`,
    ...plainText((data.rich_text ?? []) as RichText, core).split("\n"),
    "```",
  ],
  divider: () => ["---"],
  table_of_contents: () => ["<table_of_contents/>"],
  child_page: reference("page"),
  child_database: reference("database"),
};

/** Blocks that begin with one line; their children are indented below it. */
const lineRenders: Readonly<Record<string, Render>> = {
  paragraph,
  heading_1: prefixed(() => "# "),
  heading_2: prefixed(() => "## "),
  heading_3: prefixed(() => "### "),
  heading_4: prefixed(() => "#### "),
  bulleted_list_item: prefixed(() => "- "),
  numbered_list_item: prefixed((_data, number) => `${number}. `),
  to_do: prefixed((data) => (data.checked === true ? "- [x] " : "- [ ] ")),
  quote: prefixed(() => "> "),
};

/** True when Markdown can say what the block is; others are only named. */
export const isRenderable = (type: string): boolean => type in wholeRenders || type in lineRenders;

const renderBlock = (block: MarkdownBlock, core: Core, number: number): string[] => {
  const whole = wholeRenders[block.type];
  if (whole) return whole(block, core, number);
  const line = lineRenders[block.type];
  if (line) return [...line(block, core, number), ...indented(renderLines(block.children, core))];
  return [`<unknown url="${pageUrl(block.id ?? "")}" alt="${block.type}"/>`];
};

/** Each block's lines as one text. */
export const renderBlocks = (blocks: readonly MarkdownBlock[], core: Core): string[] => {
  let number = 0;
  return blocks.map((block) => {
    number = block.type === "numbered_list_item" ? number + 1 : 0;
    return renderBlock(block, core, number).join("\n");
  });
};

const renderLines = (blocks: readonly MarkdownBlock[], core: Core): string[] =>
  renderBlocks(blocks, core).flatMap((text) => text.split("\n"));

export const renderMarkdown = (blocks: readonly MarkdownBlock[], core: Core): string =>
  renderBlocks(blocks, core).join("\n");
