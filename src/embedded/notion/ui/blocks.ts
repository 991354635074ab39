import { html } from "hono/html";
import { listAll } from "./api.ts";
import { pathOf } from "./links.ts";
import type { Api, ApiBlock, ApiIcon, ApiRichText, Html } from "./model.ts";
import { plainOf, showText } from "./rich-text.ts";

export type BlockNode = { id: string; type: string; data: BlockData; children: BlockNode[] };

/** The fields that the types below show. */
type BlockData = {
  rich_text?: ApiRichText;
  checked?: boolean;
  icon?: ApiIcon;
  is_toggleable?: boolean;
  cells?: ApiRichText[];
  has_column_header?: boolean;
  title?: string;
  url?: string;
  expression?: string;
};

const ownPlace = new Set(["child_page", "child_database"]);

/** A page's body with everything nested in it. */
export const readBlocks = async (api: Api, parentId: string): Promise<BlockNode[]> => {
  const blocks = await listAll<ApiBlock>(api, `blocks/${parentId}/children`);
  return Promise.all(
    blocks.map(async (block) => ({
      id: block.id,
      type: block.type,
      data: block[block.type] as BlockData,
      children: block.has_children && !ownPlace.has(block.type) ? await readBlocks(api, block.id) : [],
    })),
  );
};

type Show = (data: BlockData, children: BlockNode[], block: BlockNode) => Html;

const text = (data: BlockData): Html => html`<span class="rich">${showText(data.rich_text ?? [])}</span>`;
const nested = (children: BlockNode[]): Html =>
  children.length > 0 ? html`<div class="nested">${showBlocks(children)}</div>` : html``;

/** A page's title is its h1. Pages begin their headings with Notion's first or second level, so both come below it. */
const heading =
  (wrap: (inner: Html) => Html): Show =>
  (data, children) => {
    if (!data.is_toggleable) return html`${wrap(text(data))}${nested(children)}`;
    return html`<details class="toggle"><summary>${wrap(text(data))}</summary>${nested(children)}</details>`;
  };

const tableRow = (row: BlockNode, isHead: boolean): Html => {
  const cells = (row.data.cells ?? []).map((cell) =>
    isHead ? html`<th scope="col">${showText(cell)}</th>` : html`<td>${showText(cell)}</td>`,
  );
  return html`<tr>${cells}</tr>`;
};

const childLink =
  (icon: string): Show =>
  (data, _children, block) =>
    html`<p class="child"><span aria-hidden="true">${icon}</span>
    <a href="${pathOf(block.id)}">${data.title || "Untitled"}</a></p>`;

const shows: Readonly<Record<string, Show>> = {
  paragraph: (data, children) => html`<p>${text(data)}</p>${nested(children)}`,
  heading_1: heading((inner) => html`<h2 class="first">${inner}</h2>`),
  heading_2: heading((inner) => html`<h2>${inner}</h2>`),
  heading_3: heading((inner) => html`<h3>${inner}</h3>`),
  heading_4: heading((inner) => html`<h4>${inner}</h4>`),
  bulleted_list_item: (data, children) => html`<li>${text(data)}${nested(children)}</li>`,
  numbered_list_item: (data, children) => html`<li>${text(data)}${nested(children)}</li>`,
  to_do: (data, children) => html`<li>
    <span class="box" role="img" aria-label="${data.checked ? "done" : "to do"}">${data.checked ? "☑" : "☐"}</span>
    ${text(data)}${nested(children)}</li>`,
  quote: (data, children) => html`<blockquote>${text(data)}${nested(children)}</blockquote>`,
  toggle: (data, children) =>
    html`<details class="toggle"><summary>${text(data)}</summary>${nested(children)}</details>`,
  callout: (data, children) => html`<div class="callout">
    <span aria-hidden="true">${data.icon?.emoji ?? "💡"}</span><div>${text(data)}${nested(children)}</div></div>`,
  code: (data) => html`<pre tabindex="0"><code>${plainOf(data.rich_text ?? [])}</code></pre>`,
  divider: () => html`<hr>`,
  table: (data, [first, ...rest]) => {
    const rows = data.has_column_header ? rest : [...(first ? [first] : []), ...rest];
    const headRow = data.has_column_header && first ? html`<thead>${tableRow(first, true)}</thead>` : "";
    return html`<div class="scroll" tabindex="0" role="group" aria-label="Table"><table class="plain">
      ${headRow}<tbody>${rows.map((row) => tableRow(row, false))}</tbody></table></div>`;
  },
  equation: (data) => html`<pre><code>${data.expression ?? ""}</code></pre>`,
  bookmark: (data) => html`<p>${data.url ?? ""}</p>`,
  child_page: childLink("📄"),
  child_database: childLink("🗂️"),
};

const listTags: Readonly<Record<string, (items: Html) => Html>> = {
  bulleted_list_item: (items) => html`<ul>${items}</ul>`,
  numbered_list_item: (items) => html`<ol>${items}</ol>`,
  to_do: (items) => html`<ul class="to-do">${items}</ul>`,
};

const showBlock = (block: BlockNode): Html => {
  const show = shows[block.type];
  return show ? show(block.data, block.children, block) : html`<p class="quiet">${block.type}</p>`;
};

/** Neighbouring items of one kind make one list. */
export const showBlocks = (blocks: readonly BlockNode[]): Html => {
  const runs: BlockNode[][] = [];
  for (const block of blocks) {
    const run = runs.at(-1);
    if (run && listTags[block.type] && run[0]?.type === block.type) run.push(block);
    else runs.push([block]);
  }
  return html`${runs.map((run) => {
    const items = html`${run.map(showBlock)}`;
    return listTags[run[0]?.type ?? ""]?.(items) ?? items;
  })}`;
};
