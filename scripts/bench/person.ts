import { databases } from "../../notion-templates/databases.ts";
import type { Workspace } from "../../src/embedded/notion/workspace.ts";
import type { DatabaseKey, DatabaseTemplate } from "../../src/types/schema.ts";

/** A person at work in the embedded workspace, through the ordinary API. */
export type Person = {
  /** The id of a database's data source, found by its title; throws where it is not there. */
  readonly dataSource: (key: DatabaseKey) => Promise<string>;
  /** Adds a row and answers its id. */
  readonly addRow: (key: DatabaseKey, properties: object) => Promise<string>;
  readonly edit: (pageId: string, properties: object) => Promise<void>;
};

type DataSource = { readonly id: string; readonly title: readonly { readonly plain_text: string }[] };

export const title = (text: string): object => ({ title: [{ text: { content: text } }] });

export const phone = (number: string): object => ({
  [databases.contacts.properties.phone.name]: { phone_number: number },
});

/** Rows with nothing but a title, made by the workspace itself. */
export const seedRows = async (
  { workspace, dataSource }: Person & { readonly workspace: Workspace },
  key: DatabaseKey,
  count: number,
): Promise<string[]> => {
  const { properties }: DatabaseTemplate = databases[key];
  const named = Object.values(properties).find(({ type }) => type === "title")?.name ?? "";
  const rows = Array.from({ length: count }, (_none, index) => ({ [named]: title(`Row ${index}`) }));
  return workspace.control.seedRows(await dataSource(key), rows as Parameters<SeedRows>[1]);
};

type SeedRows = Workspace["control"]["seedRows"];

export const createPerson = (workspace: Workspace): Person => {
  const token = Object.values(workspace.tokens.people)[0] ?? "";
  const headers = {
    ...{ authorization: `Bearer ${token}`, "notion-version": "2026-03-11" },
    "content-type": "application/json",
  };
  const call = async <T>(method: string, path: string, body: object): Promise<T> => {
    const init = { method, headers, body: JSON.stringify(body) };
    const response = await workspace.fetch(`http://notion.bench/v1/${path}`, init);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const dataSource: Person["dataSource"] = async (key) => {
    const filter = { property: "object", value: "data_source" };
    const { results } = await call<{ readonly results: readonly DataSource[] }>("POST", "search", { filter });
    const found = results.find((one) => one.title[0]?.plain_text === databases[key].title);
    if (!found) throw new Error(`${databases[key].title} is not set up`);
    return found.id;
  };
  const known = new Map<DatabaseKey, string>();
  return {
    dataSource,
    async addRow(key, properties) {
      const source = known.get(key) ?? (await dataSource(key));
      known.set(key, source);
      const parent = { type: "data_source_id", data_source_id: source };
      return (await call<{ readonly id: string }>("POST", "pages", { parent, properties })).id;
    },
    async edit(pageId, properties) {
      await call("PATCH", `pages/${pageId}`, { properties });
    },
  };
};
