import type { JsonObject, RichText } from "../model.ts";
import type { Core } from "../scope.ts";
import { titleOf } from "../show/page.ts";
import { plainText } from "../show/rich-text.ts";
import { pageUrl } from "../show/urls.ts";
import { markdownColor } from "./colors.ts";
import type { MarkdownBlock } from "./markdown-block.ts";
import { address, renderInline } from "./render-inline.ts";

const richText = (data: JsonObject, core: Core): string =>
  renderInline((data.rich_text ?? []) as RichText, core);

const colorAttribute = (data: JsonObject): string => {
  const color = markdownColor(data.color);
  return color === null ? "" : ` color="${color}"`;
};

const colorMark = (data: JsonObject): string => {
  const color = markdownColor(data.color);
  return color === null ? "" : ` {color="${color}"}`;
};

type Render = (block: MarkdownBlock, core: Core, number: number) => string[];

const prefixed =
  (prefix: (data: JsonObject, number: number) => string): Render =>
  ({ data }, core, number) => [prefix(data, number) + richText(data, core) + colorMark(data)];

/** Toggle headings say so; only they hold blocks. */
const heading =
  (marks: string): Render =>
  ({ data, children }, core) => {
    const isToggle = data.is_toggleable === true || children.length > 0;
    const color = markdownColor(data.color);
    const attributes = [...(isToggle ? ['toggle="true"'] : []), ...(color ? [`color="${color}"`] : [])];
    const mark = attributes.length > 0 ? ` {${attributes.join(" ")}}` : "";
    return [`${marks} ${richText(data, core)}${mark}`];
  };

/** A line that would read as a list, heading or other block is written so that it stays a paragraph. */
const guarded = (text: string): string =>
  text.replace(/^(\d*)(#{1,6} |[-+](?: |$)|[.)](?: |$)|---|___|!(?=\[))/, "$1\\$2");

const paragraph: Render = ({ data }, core) => {
  const text = richText(data, core);
  if (text === "") return ["<empty-block/>"];
  return [guarded(text) + colorMark(data)];
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

/** The first line of a callout is its text; a block that could pass for it needs an empty one before. */
const callout: Render = ({ data, children }, core) => {
  const emoji = (data.icon as { emoji?: string } | null)?.emoji;
  const head = `<callout${emoji ? ` icon="${emoji}"` : ""}${colorAttribute(data)}>`;
  const text = richText(data, core);
  const first = text === "" && children.length > 0 ? "<empty-block/>" : guarded(text);
  const lines = first === "" ? [] : [first];
  return [head, ...indented([...lines, ...renderLines(children, core)]), "</callout>"];
};

const toggle: Render = ({ data, children }, core) => {
  const summary = `<summary>${richText(data, core)}</summary>`;
  const inside = indented(renderLines(children, core));
  return [`<details${colorAttribute(data)}>`, summary, ...inside, "</details>"];
};

const code: Render = ({ data }, core) => {
  const text = plainText((data.rich_text ?? []) as RichText, core);
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return [fence + (data.language === "plain text" ? "" : data.language), ...text.split("\n"), fence];
};

const columnList: Render = ({ children }, core) => {
  const columns = children.flatMap(({ data, children: inside }) => {
    const ratio = data.width_ratio === undefined ? "" : ` ratio="${Number(data.width_ratio) * 100}"`;
    return [`<column${ratio}>`, ...indented(renderLines(inside, core)), "</column>"];
  });
  return ["<columns>", ...indented(columns), "</columns>"];
};

/** A copy shows only which block it copies (assumed: Notion shows that block's text again). */
const synced: Render = ({ id, data, children }, core) => {
  const from = data.synced_from as { block_id: string } | null;
  if (from) return [`<synced_block_reference url="${pageUrl(from.block_id)}">`, "</synced_block_reference>"];
  const head = `<synced_block${id ? ` url="${pageUrl(id)}"` : ""}>`;
  return [head, ...indented(renderLines(children, core)), "</synced_block>"];
};

const caption = (data: JsonObject, core: Core): string =>
  renderInline((data.caption ?? []) as RichText, core);
const addressOf = (data: JsonObject): string => (data.external as { url: string }).url;

const media =
  (tag: string): Render =>
  ({ data }, core) => [
    `<${tag} src="${addressOf(data).replaceAll('"', "%22")}">${caption(data, core)}</${tag}>`,
  ];

/** Blocks whose lines hold their children already. */
const wholeRenders: Readonly<Record<string, Render>> = {
  table,
  callout,
  toggle,
  code,
  column_list: columnList,
  synced_block: synced,
  divider: () => ["---"],
  equation: ({ data }) => ["$$", ...String(data.expression).split("\n"), "$$"],
  table_of_contents: ({ data }) => [`<table_of_contents${colorAttribute(data)}/>`],
  image: ({ data }, core) => [`![${caption(data, core)}](${address(addressOf(data))})`],
  audio: media("audio"),
  video: media("video"),
  file: media("file"),
  pdf: media("pdf"),
  child_page: reference("page"),
  child_database: reference("database"),
};

/** Blocks that begin with one line; their children are indented below it. */
const lineRenders: Readonly<Record<string, Render>> = {
  paragraph,
  heading_1: heading("#"),
  heading_2: heading("##"),
  heading_3: heading("###"),
  heading_4: heading("####"),
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
  return [`<unknown url="${pageUrl(block.id ?? "")}" alt="${block.data.alt ?? block.type}"/>`];
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
