import type { Client } from "@notionhq/client";
import { databases } from "../../notion-templates/databases.ts";
import type { DatabaseKey } from "../../src/types/schema.ts";

export type DataSources = Readonly<Record<DatabaseKey, string>>;

/** Finds Milepost's databases by their titles, as a person would. */
export const dataSources = async (client: Client): Promise<DataSources> => {
  const found = await client.search({ filter: { property: "object", value: "data_source" } });
  const byTitle = new Map(
    found.results.flatMap((result) =>
      result.object === "data_source" && "title" in result
        ? [[result.title.map((part) => part.plain_text).join(""), result.id] as const]
        : [],
    ),
  );
  const entries = Object.entries(databases).map(([key, template]) => [key, byTitle.get(template.title)]);
  const missing = entries.filter(([, id]) => id === undefined);
  if (missing.length > 0) throw new Error(`not there: ${missing.map(([key]) => key).join(", ")}`);
  return Object.fromEntries(entries) as DataSources;
};

type Properties = NonNullable<Parameters<Client["pages"]["create"]>[0]["properties"]>;
/** Texts are written as the property's type in the template wants them; anything else is passed as it is. */
export type Cells = Readonly<Record<string, string | Properties[string]>>;

/** Adds a row as the person whose client it is. */
export const addRow = async (
  client: Client,
  sources: DataSources,
  key: DatabaseKey,
  cells: Cells,
): Promise<string> => {
  const page = await client.pages.create({
    parent: { type: "data_source_id", data_source_id: sources[key] },
    properties: propertiesOf(key, cells),
  });
  return page.id;
};

/** Edits a row as the person whose client it is. */
export const edit = async (client: Client, key: DatabaseKey, pageId: string, cells: Cells): Promise<void> => {
  await client.pages.update({ page_id: pageId, properties: propertiesOf(key, cells) });
};

const propertiesOf = (key: DatabaseKey, cells: Cells): Properties => {
  const templates = Object.values(databases[key].properties);
  return Object.fromEntries(
    Object.entries(cells).map(([name, cell]) => {
      const template = templates.find((property) => property.name === name);
      if (!template) throw new Error(`${key} has no ${name}`);
      return [name, typeof cell === "string" ? asProperty(template.type, cell) : cell];
    }),
  ) as Properties;
};

const asProperty = (type: string, text: string): unknown => {
  switch (type) {
    case "title":
    case "rich_text":
      return { [type]: [{ text: { content: text } }] };
    case "select":
    case "status":
      return { [type]: { name: text } };
    case "date":
      return { date: { start: text } };
    case "relation":
    case "people":
      return { [type]: text === "" ? [] : text.split(",").map((id) => ({ id })) };
    case "checkbox":
      return { checkbox: text === "yes" };
    default:
      return { [type]: text };
  }
};

/** A row's values as a person reads them, by property name. */
export const cellsOf = async (client: Client, pageId: string): Promise<ShownCells> =>
  cellsIn(await client.pages.retrieve({ page_id: pageId }));

type ShownCells = Readonly<Record<string, string>>;

const cellsIn = (page: object): ShownCells => {
  if (!("properties" in page)) throw new Error("only a part of the page is visible");
  const properties = Object.entries(page.properties as Readonly<Record<string, { readonly type: string }>>);
  return Object.fromEntries(properties.map(([name, value]) => [name, shown(value)]));
};

/** The first hundred rows of a database that belong to a project, oldest first. */
export const rowsOfProject = async (
  client: Client,
  dataSourceId: string,
  project: string,
): Promise<{ readonly id: string; readonly cells: ShownCells }[]> => {
  const { results } = await client.dataSources.query({
    data_source_id: dataSourceId,
    filter: { property: "Project", relation: { contains: project } },
    sorts: [{ timestamp: "created_time", direction: "ascending" }],
  });
  return results.map((page) => ({ id: page.id, cells: cellsIn(page) }));
};

const shown = (property: { readonly type: string }): string => {
  const value = (property as unknown as Record<string, unknown>)[property.type];
  if (value === null || value === undefined) return "";
  if (Array.isArray(value))
    return value
      .map((part) => part.plain_text ?? part.name ?? part.id)
      .join(property.type === "title" || property.type === "rich_text" ? "" : ",");
  if (typeof value === "object")
    return String((value as { name?: string }).name ?? (value as { start?: string }).start ?? "");
  return String(value);
};

/** The texts of a page's open comments, oldest first. */
export const commentTexts = async (client: Client, pageId: string): Promise<string[]> => {
  const list = await client.comments.list({ block_id: pageId });
  return list.results.map((comment) =>
    "rich_text" in comment ? comment.rich_text.map((part) => part.plain_text).join("") : "",
  );
};

export type ShownComment = {
  readonly id: string;
  readonly thread: string;
  readonly by: string;
  readonly text: string;
  /** The people that it mentions, by id. */
  readonly mentions: readonly string[];
};

/** A page's open comments as a person reads them, oldest first. */
export const commentsOf = async (client: Client, pageId: string): Promise<ShownComment[]> => {
  const list = await client.comments.list({ block_id: pageId });
  return list.results.flatMap((comment) =>
    "rich_text" in comment
      ? {
          ...{ id: comment.id, thread: comment.discussion_id, by: comment.created_by.id },
          text: comment.rich_text.map((part) => part.plain_text).join(""),
          mentions: comment.rich_text.flatMap((part) =>
            part.type === "mention" && part.mention.type === "user" ? [part.mention.user.id] : [],
          ),
        }
      : [],
  );
};
