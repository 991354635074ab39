import type { Choice } from "./controls.ts";
import type { ApiList, ApiPage, ApiProperty, Visit } from "./model.ts";
import type { Names } from "./property-kinds.ts";
import { plainOf } from "./rich-text.ts";

export const titleOf = (page: Pick<ApiPage, "properties">): string => {
  const title = Object.values(page.properties).find((value) => value.type === "title")?.title ?? [];
  return plainOf(title) || "Untitled";
};

/** Rows that a relation may point to: the first hundred, by name. */
const readRows = async ({ api }: Visit, dataSourceId: string): Promise<Choice[]> => {
  const path = `data_sources/${dataSourceId}/query?filter_properties=title`;
  const { results } = await api.send<ApiList<ApiPage>>("POST", path, { page_size: 100 });
  const rows = results.map((page) => ({ id: page.id, name: titleOf(page) }));
  return rows.sort((one, other) => one.name.localeCompare(other.name, "en"));
};

/** Names for all that values of these properties may refer to. */
export const readNames = async (visit: Visit, properties: readonly ApiProperty[]): Promise<Names> => {
  const { people, botId } = visit.workspace;
  const targets = new Set(properties.flatMap(({ relation }) => relation?.data_source_id ?? []));
  const rows = new Map(
    await Promise.all([...targets].map(async (id) => [id, await readRows(visit, id)] as const)),
  );
  const titles = new Map([...rows.values()].flat().map(({ id, name }) => [id, name]));
  const users = new Map([[botId, "Milepost"], ...people.map(({ id, name }) => [id, name] as const)]);
  return {
    people,
    userName: (id) => users.get(id) ?? "Somebody",
    rowsOf: (dataSourceId) => rows.get(dataSourceId) ?? [],
    titleOf: (pageId) => titles.get(pageId),
  };
};
