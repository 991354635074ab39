import { type Context, Hono } from "hono";
import { csrf } from "hono/csrf";
import { normaliseId } from "../ids.ts";
import { pathOf } from "./links.ts";
import type { ApiPage } from "./model.ts";
import { changedProperties } from "./property-form.ts";
import { readProperties } from "./record-page.ts";
import { typedText } from "./rich-text.ts";
import { beginVisit, goBack, type Parts, rememberPerson } from "./visit.ts";

const fieldOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
};

const moveClock = ({ clock }: Parts, step: string): void => {
  if (step === "next") clock.advanceToNext();
  else if (/^\d{1,9}$/.test(step)) clock.advance(Number(step));
};

/** Writes what the person changed; a form in which nothing changed writes nothing. */
const saveProperties = async (c: Context, parts: Parts, pageId: string): Promise<Response> => {
  const { api } = beginVisit(c, parts, null);
  const form = await c.req.formData();
  const page = await api.get<ApiPage>(`pages/${pageId}`);
  const properties = changedProperties(form, await readProperties(api, page));
  if (Object.keys(properties).length > 0) await api.send("PATCH", `pages/${page.id}`, { properties });
  return goBack(c, parts, fieldOf(form, "return_to"));
};

/** Writes the body anew; a text in which nothing changed writes nothing. */
const saveText = async (c: Context, parts: Parts, pageId: string): Promise<Response> => {
  const { api } = beginVisit(c, parts, null);
  const form = await c.req.formData();
  const text = fieldOf(form, "text").replaceAll("\r\n", "\n");
  const { markdown } = await api.get<{ markdown: string }>(`pages/${pageId}/markdown`);
  const replaceContent = { type: "replace_content", replace_content: { new_str: text } };
  if (text !== markdown) await api.send("PATCH", `pages/${pageId}/markdown`, replaceContent);
  return goBack(c, parts, fieldOf(form, "return_to"));
};

const createRow = async (c: Context, parts: Parts): Promise<Response> => {
  const { api } = beginVisit(c, parts, null);
  const form = await c.req.formData();
  const [group, option] = [fieldOf(form, "group"), fieldOf(form, "option")];
  const page = await api.send<ApiPage>("POST", "pages", {
    parent: { data_source_id: fieldOf(form, "data_source_id") },
    properties: {
      title: { title: typedText(fieldOf(form, "title")) },
      ...(group === "" ? {} : { [group]: { [fieldOf(form, "group_type")]: { id: option } } }),
    },
  });
  return goBack(c, parts, pathOf(page.id));
};

const addComment = async (c: Context, parts: Parts): Promise<Response> => {
  const { api } = beginVisit(c, parts, null);
  const form = await c.req.formData();
  const discussionId = fieldOf(form, "discussion_id");
  const place =
    discussionId === "" ? { parent: { page_id: fieldOf(form, "page_id") } } : { discussion_id: discussionId };
  const text = fieldOf(form, "text").replaceAll("\r\n", "\n");
  await api.send("POST", "comments", { ...place, rich_text: typedText(text) });
  return goBack(c, parts, fieldOf(form, "return_to"));
};

/** What people do. Only forms of this server's own pages are taken. */
export const formRoutes = (parts: Parts): Hono => {
  const routes = new Hono();
  routes.use(csrf());
  routes.post("/person", async (c) => {
    const form = await c.req.formData();
    rememberPerson(c, parts, fieldOf(form, "person"));
    return goBack(c, parts, fieldOf(form, "return_to"));
  });
  routes.post("/clock", async (c) => {
    const form = await c.req.formData();
    moveClock(parts, fieldOf(form, "step"));
    return goBack(c, parts, fieldOf(form, "return_to"));
  });
  routes.post("/pages/:id", (c) => {
    const id = normaliseId(c.req.param("id"));
    return id === null ? c.notFound() : saveProperties(c, parts, id);
  });
  routes.post("/pages/:id/text", (c) => {
    const id = normaliseId(c.req.param("id"));
    return id === null ? c.notFound() : saveText(c, parts, id);
  });
  routes.post("/rows", (c) => createRow(c, parts));
  routes.post("/comments", (c) => addComment(c, parts));
  return routes;
};
