import { html } from "hono/html";
import { dayMs } from "../time.ts";
import { listAll } from "./api.ts";
import { calendarView } from "./calendar-view.ts";
import { chartView } from "./chart-view.ts";
import { type Tab, tabsOf } from "./database-tabs.ts";
import { boardView, tableView } from "./database-views.ts";
import { floorToDay, namedDay } from "./days.ts";
import { pathOf } from "./links.ts";
import { listView } from "./list-view.ts";
import type { ApiDatabase, ApiDataSource, ApiList, ApiPage, ApiView, Html, Visit } from "./model.ts";
import { readNames } from "./names.ts";
import { plainOf, showText } from "./rich-text.ts";
import type { Rows } from "./row-cells.ts";
import { emojiOf } from "./sidebar.ts";
import { timelineView } from "./timeline-view.ts";

/** What the address of a database's page may carry. */
export type DatabaseQuery = {
  tab: string | undefined;
  cursor: string | undefined;
  /** A day of the time that a calendar or timeline shows. */
  from: string | undefined;
};

/** What is no table shows this many pages of a hundred rows; a table or list goes on by its link. */
const widePages = 5;

const timelineLead = 14 * dayMs;

const isPaged = ({ kind }: Tab): boolean => kind === "table" || kind === "list";

/** Without a sort the API promises no order, but a table keeps its own. */
const byCreation = [{ timestamp: "created_time", direction: "ascending" }];

type Found = { rows: ApiPage[]; next: string | null };

const readRows = async (visit: Visit, tab: Tab, cursor: string | undefined): Promise<Found> => {
  const rows: ApiPage[] = [];
  let next: string | null = cursor ?? null;
  for (let page = 0; page < (isPaged(tab) ? 1 : widePages); page++) {
    const found: ApiList<ApiPage> = await visit.api.send("POST", `data_sources/${tab.source.id}/query`, {
      ...(tab.filter ? { filter: tab.filter } : {}),
      sorts: tab.sorts ?? byCreation,
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

const newRowForm = ({ group, source }: Tab): Html => {
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

const showTab = (visit: Visit, view: Rows, shown: number, path: string): Html => {
  const { kind, group } = view.tab;
  if (kind === "board" && group) return boardView({ visit, group, ...view });
  if (kind === "chart" && group) return chartView(view, group);
  if (kind === "calendar") return calendarView(view, shown, path);
  if (kind === "timeline") return timelineView(view, shown, path);
  return kind === "list" ? listView(view) : tableView(view);
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
  if (database.data_sources.length === 0) {
    return html`${heading}<p class="quiet">This database has no data source.</p>`;
  }
  const [sources, views] = await Promise.all([
    Promise.all(
      database.data_sources.map(async ({ id, name }) => ({
        name: name || "Untitled",
        source: await visit.api.get<ApiDataSource>(`data_sources/${id}`),
      })),
    ),
    readViews(visit, database.id),
  ]);
  const tabs = tabsOf(sources, views);
  const [fallback] = tabs;
  const tab = tabs.find(({ key }) => key === query.tab) ?? fallback;
  if (!tab) return heading;
  const [{ rows, next }, names] = await Promise.all([
    readRows(visit, tab, query.cursor),
    readNames(visit, tab.properties),
  ]);
  // A timeline begins a little before now: what has begun is seen.
  const lead = tab.kind === "timeline" ? timelineLead : 0;
  const shown = namedDay(query.from) ?? floorToDay(visit.clock.now()) - lead;
  const path = `${pathOf(database.id)}?view=${tab.key}`;
  return html`${heading}
    <div class="toolbar">${tabLinks(database.id, tabs, tab)}${newRowForm(tab)}</div>
    ${showTab(visit, { tab, rows, names }, shown, path)}${more(database.id, tab, next)}`;
};
