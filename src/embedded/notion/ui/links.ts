import { normaliseId } from "../ids.ts";
import { pageUrl } from "../show/urls.ts";

/** The local address of a page or database. */
export const pathOf = (id: string): string => `/p/${id}`;

const recordRoot = pageUrl("");
const clickable = new Set(["http:", "https:", "mailto:"]);

/** Where a link of a text may lead: an object of this workspace, or a web or mail address; null for anything else. */
export const safeHref = (href: string): string | null => {
  if (href.startsWith(recordRoot)) {
    const id = normaliseId(href.slice(recordRoot.length, recordRoot.length + 32));
    if (id) return pathOf(id);
  }
  return URL.canParse(href) && clickable.has(new URL(href).protocol) ? href : null;
};
