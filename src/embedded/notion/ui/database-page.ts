import { html } from "hono/html";
import { listAll } from "./api.ts";
import { type Tab, tabsOf } from "./database-tabs.ts";
import { boardView, tableView } from "./database-views.ts";
import { pathOf } from "./links.ts";
import type { ApiDatabase, ApiDataSource, ApiList, ApiPage, ApiView, Html, Visit } from "./model.ts";
import { readNames } from "./names.ts";
import { plainOf, showText } from "./rich-text.ts";
import { emojiOf } from "./sidebar.ts";

/** What the address of a database's page may carry. */
export type DatabaseQuery = { tab: string | undefined; cursor: string | undefined };

/** A board shows this many pages of a hundred rows; a table goes on by its link. */
const boardPages = 5;

type Rows = { rows: ApiPage[]; next: string | null };

const readRows = async (
  visit: Visit,
  sourceId: string,
  tab: Tab,
  cursor: string | undefined,
): Promise<Rows> => {
  const rows: ApiPage[] = [];
  let next: string | null = cursor ?? null;
  for (let page = 0; page < (tab.group ? boardPages : 1); page++) {
    const found: ApiList<ApiPage> = await visit.api.send("POST", `data_sources/${sourceId}/query`, {
      ...(tab.filter ? { filter: tab.filter } : {}),
      ...(tab.sorts ? { sorts: tab.sorts } : {}),
      ...(next === null ? {} : { start_cursor: next }),
    });
    rows.push(...found.results);
    next = found.next_cursor;
    if (next === null) break;
  }
  return { rows, next };
};

const readViews = async ({ api }: Visit, databaseId: string): Promise<ApiView[]> => {
  const references = await listAll<{ id: string }>(api, `views?database_id=${databaseId}`);
  return Promise.all(references.map(({ id }) => api.get<ApiView>(`views/${id}`)));
};

const tabLinks = (databaseId: string, tabs: readonly Tab[], current: Tab): Html => html`
  <nav class="tabs" aria-label="Views"><ul>
    ${tabs.map(
      (tab) => html`<li><a href="${pathOf(databaseId)}?view=${tab.key}"
        ${tab === current ? html`aria-current="page"` : ""}>${tab.name}</a></li>`,
    )}
  </ul></nav>`;

const newRowForm = (source: ApiDataSource, { group }: Tab): Html => {
  const options = group?.status?.options ?? group?.select?.options ?? [];
  return html`<details class="new-row">
    <summary>New</summary>
    <form method="post" action="/ui/rows">
      <input type="hidden" name="data_source_id" value="${source.id}">
      <label>Name <input name="title" required maxlength="2000" autocomplete="off"></label>
      ${
        group
          ? html`<input type="hidden" name="group" value="${group.id}">
            <input type="hidden" name="group_type" value="${group.type}">
            <label>${group.name} <select name="option">
              ${options.map((option) => html`<option value="${option.id}">${option.name}</option>`)}
            </select></label>`
          : ""
      }
      <button>Create</button>
    </form>
  </details>`;
};

const more = (databaseId: string, tab: Tab, next: string | null): Html => {
  if (next === null) return html``;
  const href = `${pathOf(databaseId)}?view=${tab.key}&cursor=${encodeURIComponent(next)}`;
  return html`<p><a href="${href}">${tab.group ? "More cards" : "More rows"}</a></p>`;
};

/** A database as one of its tabs. */
export const databasePage = async (
  visit: Visit,
  database: ApiDatabase,
  query: DatabaseQuery,
): Promise<Html> => {
  const heading = html`<h1><span aria-hidden="true">${emojiOf(database.icon, "database")}</span>
    ${plainOf(database.title) || "Untitled"}</h1>
    ${database.description.length > 0 ? html`<p class="quiet">${showText(database.description)}</p>` : ""}`;
  const [first] = database.data_sources;
  if (!first) return html`${heading}<p class="quiet">This database has no data source.</p>`;
  const [source, views] = await Promise.all([
    visit.api.get<ApiDataSource>(`data_sources/${first.id}`),
    readViews(visit, database.id),
  ]);
  const tabs = tabsOf(source, views);
  const [fallback] = tabs;
  const tab = tabs.find(({ key }) => key === query.tab) ?? fallback;
  if (!tab) return heading;
  const [{ rows, next }, names] = await Promise.all([
    readRows(visit, source.id, tab, query.cursor),
    readNames(visit, tab.properties),
  ]);
  const view = tab.group
    ? boardView({ visit, tab, rows, names, group: tab.group })
    : tableView({ tab, rows, names });
  return html`${heading}
    <div class="toolbar">${tabLinks(database.id, tabs, tab)}${newRowForm(source, tab)}</div>
    ${view}${more(database.id, tab, next)}`;
};
