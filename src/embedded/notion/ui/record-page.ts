import { html } from "hono/html";
import { listAll } from "./api.ts";
import { readBlocks, showBlocks } from "./blocks.ts";
import { commentSection } from "./comments.ts";
import { columnsOf } from "./database-tabs.ts";
import { returnField } from "./layout.ts";
import { pathOf } from "./links.ts";
import type { Api, ApiComment, ApiDataSource, ApiPage, ApiProperty, ApiValue, Html, Visit } from "./model.ts";
import { readNames, titleOf } from "./names.ts";
import { propertyLine } from "./property-form.ts";
import type { Names } from "./property-kinds.ts";
import { emojiOf } from "./sidebar.ts";
import { showTime } from "./times.ts";

/** The properties of a row's data source; a page outside a database has none to edit here. */
export const readProperties = async (api: Api, page: ApiPage): Promise<ApiProperty[]> => {
  const sourceId = page.parent.data_source_id;
  return sourceId ? columnsOf(await api.get<ApiDataSource>(`data_sources/${sourceId}`)) : [];
};

type RelationItem = { relation: { id: string } };

/** A page read shows 25 related rows; to change some of them all have to be known. */
const completed = async (api: Api, page: ApiPage): Promise<ApiValue[]> =>
  Promise.all(
    Object.values(page.properties).map(async (value) => {
      if (!value.has_more) return value;
      const items = await listAll<RelationItem>(api, `pages/${page.id}/properties/${value.id}`);
      return { ...value, relation: items.map(({ relation }) => relation), has_more: false };
    }),
  );

const propertyForm = (
  visit: Visit,
  page: ApiPage,
  properties: readonly ApiProperty[],
  values: readonly ApiValue[],
  names: Names,
): Html => html`
  <form class="properties" method="post" action="/ui/pages/${page.id}">
    ${returnField(visit.path)}
    ${properties.map((property, index) => {
      const value = values.find(({ id }) => id === property.id);
      return value ? propertyLine({ property, value, names, elementId: `property-${index}` }) : "";
    })}
    ${
      page.in_trash
        ? html`<p class="notice">This page is in the trash.</p>`
        : html`<p class="save"><button class="primary">Save as ${visit.person.name}</button></p>`
    }
  </form>`;

/** The body as Markdown, folded while nobody edits. */
const textForm = (visit: Visit, page: ApiPage, markdown: string): Html => html`
  <details class="edit-text">
    <summary>Edit the text</summary>
    <form method="post" action="/ui/pages/${page.id}/text">
      ${returnField(visit.path)}
      <label class="hidden" for="page-text">The text of this page, in Markdown</label>
      <textarea id="page-text" name="text" rows="16">
${markdown}</textarea>
      <button>Save the text</button>
    </form>
  </details>`;

/** The place that holds a page; none for a page at the top of the workspace. */
export const holderOf = ({ parent }: ApiPage): string | null => parent.database_id ?? parent.page_id ?? null;

const crumb = (page: ApiPage, holderName: string | undefined): Html => {
  const id = holderOf(page);
  return id === null
    ? html``
    : html`<p class="crumb"><a href="${pathOf(id)}">← ${holderName ?? "Back"}</a></p>`;
};

/** A page with its properties, body and comments. `holderName` names the place above it. */
export const recordPage = async (
  visit: Visit,
  page: ApiPage,
  holderName: string | undefined,
): Promise<Html> => {
  const { api } = visit;
  const [properties, values, blocks, comments, { markdown }] = await Promise.all([
    readProperties(api, page),
    completed(api, page),
    readBlocks(api, page.id),
    listAll<ApiComment>(api, `comments?block_id=${page.id}`),
    api.get<{ markdown: string }>(`pages/${page.id}/markdown`),
  ]);
  const names = await readNames(visit, properties);
  const isRow = properties.length > 0;
  const body =
    blocks.length > 0 || isRow
      ? html`<article class="body">${showBlocks(blocks)}${isRow && !page.in_trash ? textForm(visit, page, markdown) : ""}</article>`
      : "";
  const thread = commentSection(visit, page.id, comments, names);
  return html`
    ${crumb(page, holderName)}
    <h1><span aria-hidden="true">${emojiOf(page.icon, "page")}</span> ${titleOf(page)}</h1>
    <p class="quiet">Edited ${showTime(page.last_edited_time)} by ${names.userName(page.last_edited_by.id)}
      · <a href="#comments">${comments.length === 1 ? "1\u00a0comment" : `${comments.length}\u00a0comments`}</a></p>
    <div class="record">
      ${isRow ? html`${propertyForm(visit, page, properties, values, names)}${thread}${body}` : html`${body}${thread}`}
    </div>`;
};
