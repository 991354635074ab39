import type { Stage } from "./cast.ts";
import { boundProperty } from "./cast.ts";
import type { Part } from "./deeds.ts";
import type { Request } from "./run.ts";

/** Shows one property under another type, as after a person changed its type; its values come back with its type. */
export type Breakage = {
  readonly part: Part;
  /** Whether a request would write the property: Notion refuses a value of the wrong type. */
  readonly isIn: (request: Request) => boolean;
  readonly shown: (request: Request, response: Response) => Promise<Response>;
};

type Shown = { readonly object?: string; readonly id?: string; readonly properties?: Properties };
type Properties = Record<string, { readonly id: string; readonly name?: string; readonly type?: string }>;

export const breakage = ({ bindings, pages }: Stage, part: Part): Breakage => {
  const { propertyId, type } = boundProperty(bindings, part.role, part.property);
  const id = decodeURIComponent(propertyId);
  const [pageId, sourceId] = [pages[part.role], bindings[part.role]?.dataSourceId];
  const other = type === "number" ? "checkbox" : "number";
  const changed = (shown: Shown): Shown => {
    if (shown.id !== pageId && shown.id !== sourceId) return shown;
    const entries = Object.entries(shown.properties ?? {}).map(([name, property]) => {
      if (decodeURIComponent(property.id) !== id) return [name, property];
      const value = shown.object === "page" ? null : {};
      return [name, { id: property.id, name, type: other, [other]: value }];
    });
    return { ...shown, properties: Object.fromEntries(entries) as Properties };
  };
  return {
    part,
    isIn: ({ method, path, body }) => {
      if (method !== "PATCH" || path !== `/v1/pages/${pageId}`) return false;
      const { properties = {} } = JSON.parse(body) as { properties?: Record<string, unknown> };
      return Object.keys(properties).some((key) => decodeURIComponent(key) === id);
    },
    shown: async ({ path }, response) => {
      const isShown = path.endsWith("/query") || path.endsWith(pageId) || path.endsWith(String(sourceId));
      if (!response.ok || !isShown) return response;
      const json = (await response.json()) as Shown & { results?: Shown[] };
      const { status, headers } = response;
      const kept = new Headers(headers);
      kept.delete("content-length");
      const body = json.results ? { ...json, results: json.results.map(changed) } : changed(json);
      return Response.json(body, { status, headers: kept });
    },
  };
};
