import { readFileSync } from "node:fs";
import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import type { Log } from "../../../ports.ts";
import type { AdjustableClock } from "../../clock.ts";
import { normaliseId } from "../ids.ts";
import type { Workspace } from "../workspace.ts";
import { RefusedError } from "./api.ts";
import { followChanges } from "./changes.ts";
import { databasePage } from "./database-page.ts";
import { formRoutes } from "./forms.ts";
import { layout } from "./layout.ts";
import type { ApiDatabase, ApiPage, Html, Visit } from "./model.ts";
import { titleOf } from "./names.ts";
import { holderOf, recordPage } from "./record-page.ts";
import { plainOf } from "./rich-text.ts";
import { type Place, readPlaces } from "./sidebar.ts";
import { beginVisit, type Parts } from "./visit.ts";
import { workbenchRoutes } from "./workbench.ts";

export type UiOptions = { workspace: Workspace; clock: AdjustableClock; log: Log };

const asset = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");

/** No inline script or style, nothing from elsewhere, no frame. */
const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    connectSrc: ["'self'"],
    imgSrc: ["data:"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  // "no-referrer" would make browsers send `Origin: null` with our own forms.
  referrerPolicy: "same-origin",
  strictTransportSecurity: false,
});

/** A path names a page or a database; which of them, the side bar knows, or Notion's answer says. */
const readObject = async (
  { api }: Visit,
  id: string,
  places: readonly Place[],
): Promise<ApiPage | ApiDatabase> => {
  const isDatabase = places.some((place) => place.id === id && place.kind === "database");
  if (isDatabase) return api.get<ApiDatabase>(`databases/${id}`);
  try {
    return await api.get<ApiPage>(`pages/${id}`);
  } catch (error) {
    if (!(error instanceof RefusedError) || error.status !== 404) throw error;
    return api.get<ApiDatabase>(`databases/${id}`);
  }
};

const showObject = async (c: Context, parts: Parts, id: string): Promise<Html> => {
  const visit = beginVisit(c, parts, id);
  const places = await readPlaces(visit);
  const object = await readObject(visit, id, places);
  const shell = { aboutId: id, places };
  if ("data_sources" in object) {
    const query = {
      tab: c.req.query("view"),
      cursor: c.req.query("cursor"),
      from: c.req.query("from"),
    };
    const main = await databasePage(visit, object, query);
    return layout(visit, { ...shell, title: plainOf(object.title) || "Untitled", main, currentId: id });
  }
  const holder = places.find((place) => place.id === holderOf(object));
  const main = await recordPage(visit, object, holder?.name);
  const isPlace = places.some((place) => place.id === id);
  const currentId = isPlace ? id : (holder?.id ?? null);
  return layout(visit, { ...shell, title: titleOf(object), main, currentId });
};

/** Forms of this page lead back to the first one: what failed may be no page that a browser can open again. */
const failurePage = (c: Context, parts: Parts, heading: string, message: string): Html => {
  const visit = { ...beginVisit(c, parts, null), path: "/" };
  const main = html`<h1>${heading}</h1><p>${message}</p><p><a href="/">To the first page</a></p>`;
  return layout(visit, { title: heading, main, aboutId: null, places: [], currentId: null });
};

const onError = (c: Context, parts: Parts, log: Log, error: Error): Response | Promise<Response> => {
  if (error instanceof HTTPException) return error.getResponse();
  if (error instanceof RefusedError) {
    c.status(error.status === 429 ? 429 : error.status === 404 ? 404 : 400);
    return c.html(failurePage(c, parts, "The workspace refused this", error.message));
  }
  log.error("workspace.ui_failed", { kind: error.name, stack: error.stack });
  c.status(500);
  return c.html(failurePage(c, parts, "This page failed", "The workspace's log says where."));
};

/** The pages for people. They read and write through the ordinary API alone, as the person that the browser chose. */
export const createUi = ({ workspace, clock, log }: UiOptions): Hono => {
  const changes = followChanges(workspace);
  const parts: Parts = { workspace, clock, changes };
  const [style, script] = [asset("./ui.css"), asset("./ui.js")];
  const ui = new Hono();
  ui.use(headers);
  ui.onError((error, c) => onError(c, parts, log, error));
  ui.get("/ui.css", (c) => c.body(style, 200, { "content-type": "text/css; charset=utf-8" }));
  ui.get("/ui.js", (c) => c.body(script, 200, { "content-type": "text/javascript; charset=utf-8" }));
  ui.get("/ui/changes", (c) => c.text(String(changes.latest(c.req.query("about") ?? ""))));
  ui.route("/ui", formRoutes(parts));
  ui.route("/ui", workbenchRoutes(parts));
  ui.get("/", async (c) => c.html(await showObject(c, parts, workspace.rootPageId)));
  ui.get("/p/:id", async (c) => {
    const id = normaliseId(c.req.param("id"));
    return id === null ? c.notFound() : c.html(await showObject(c, parts, id));
  });
  ui.notFound((c) => {
    c.status(404);
    return c.html(failurePage(c, parts, "Nothing here", "There is no page at this address."));
  });
  return ui;
};
