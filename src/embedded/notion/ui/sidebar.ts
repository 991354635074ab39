import { html } from "hono/html";
import { listAll } from "./api.ts";
import { pathOf } from "./links.ts";
import type { ApiBlock, ApiDataSource, ApiIcon, ApiList, ApiPage, Html, Visit } from "./model.ts";
import { titleOf } from "./names.ts";
import { plainOf } from "./rich-text.ts";

/** One database or page that the side bar leads to. */
export type Place = { id: string; kind: "page" | "database"; name: string; icon: string };

const pageIcon = "📄";
const databaseIcon = "🗂️";

export const emojiOf = (icon: ApiIcon, kind: "page" | "database"): string =>
  icon?.emoji ?? (kind === "page" ? pageIcon : databaseIcon);

const childPlace = (block: ApiBlock, icons: ReadonlyMap<string, string>): Place | null => {
  if (block.type !== "child_page" && block.type !== "child_database") return null;
  const { title } = block[block.type] as { title: string };
  const kind = block.type === "child_page" ? "page" : "database";
  return { id: block.id, kind, name: title || "Untitled", icon: icons.get(block.id) ?? emojiOf(null, kind) };
};

/** The shared page, what lies in it in its order, then the databases elsewhere. */
export const readPlaces = async ({ api, workspace }: Visit): Promise<Place[]> => {
  const wanted = { filter: { property: "object", value: "data_source" }, page_size: 100 };
  const [root, children, found] = await Promise.all([
    api.get<ApiPage>(`pages/${workspace.rootPageId}`),
    listAll<ApiBlock>(api, `blocks/${workspace.rootPageId}/children`),
    api.send<ApiList<ApiDataSource>>("POST", "search", wanted),
  ]);
  const databases = found.results.map((source) => ({
    id: source.parent.database_id ?? source.id,
    kind: "database" as const,
    name: plainOf(source.title) || "Untitled",
    icon: emojiOf(source.icon, "database"),
  }));
  const icons = new Map(databases.map(({ id, icon }) => [id, icon]));
  const inside = children.flatMap((block) => childPlace(block, icons) ?? []);
  const elsewhere = databases.filter(({ id }) => !inside.some((place) => place.id === id));
  const top: Place = { id: root.id, kind: "page", name: titleOf(root), icon: emojiOf(root.icon, "page") };
  return [top, ...inside, ...elsewhere];
};

const entry = (place: Place, currentId: string | null): Html =>
  html`<li><a href="${pathOf(place.id)}" ${place.id === currentId ? html`aria-current="page"` : ""}>
    <span class="icon" aria-hidden="true">${place.icon}</span>${place.name}</a></li>`;

/** Pages about the workspace itself. */
const workbench = [
  { path: "/ui/requests", name: "Requests", icon: "📜" },
  { path: "/ui/faults", name: "Faults", icon: "⚡" },
] as const;

const workbenchEntry = ({ path, name, icon }: (typeof workbench)[number], currentId: string | null): Html => {
  const isCurrent = currentId?.split("?", 1)[0] === path;
  return html`<li><a href="${path}" ${isCurrent ? html`aria-current="page"` : ""}>
    <span class="icon" aria-hidden="true">${icon}</span>${name}</a></li>`;
};

/** `currentId` is the place shown, or the one that holds it, or a workbench page's path. */
export const sidebar = (places: readonly Place[], currentId: string | null): Html => html`
  <nav class="sidebar" aria-label="Workspace">
    <ul>${
      places.length > 0
        ? places.map((place) => entry(place, currentId))
        : html`<li><a href="/"><span class="icon" aria-hidden="true">←</span>Pages</a></li>`
    }</ul>
    <ul class="workbench">${workbench.map((one) => workbenchEntry(one, currentId))}</ul>
  </nav>`;
