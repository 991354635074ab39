import type { ApiDataSource, ApiProperty, ApiView } from "./model.ts";

/** One way to look at a data source. */
export type Tab = {
  /** In the address. */
  key: string;
  name: string;
  /** The property whose options are a board's columns; none for a table. */
  group: ApiProperty | null;
  /** Properties shown: a table's columns, or what stands on a card. */
  properties: readonly ApiProperty[];
  filter: object | null;
  sorts: object[] | null;
};

const groupTypes = new Set(["status", "select"]);

/** What a board's card shows where the view does not say: short facts about the row, in the schema's order. */
const cardTypes = new Set(["rich_text", "select", "status", "people", "date", "number"]);

/** Title first, then in the schema's order. */
export const columnsOf = (source: ApiDataSource): ApiProperty[] => {
  const properties = Object.values(source.properties);
  return [
    ...properties.filter(({ type }) => type === "title"),
    ...properties.filter(({ type }) => type !== "title"),
  ];
};

const cardProperties = (columns: readonly ApiProperty[], group: ApiProperty): ApiProperty[] =>
  columns.filter((property) => property !== group && cardTypes.has(property.type));

const storedTab = (view: ApiView, columns: readonly ApiProperty[]): Tab | null => {
  const { id: key, name, filter, sorts, configuration } = view;
  const listed = configuration?.properties ?? [];
  const isShown = ({ id }: ApiProperty, unlisted: boolean): boolean =>
    listed.find((one) => one.property_id === id)?.visible ?? unlisted;
  if (view.type === "table") {
    const properties = columns.filter((one) => one.type === "title" || isShown(one, true));
    return { key, name, group: null, properties, filter, sorts };
  }
  const group = columns.find(({ id }) => id === configuration?.group_by?.property_id);
  if (view.type !== "board" || !group || !groupTypes.has(group.type)) return null;
  const properties =
    listed.length > 0
      ? columns.filter((one) => one.type !== "title" && isShown(one, false))
      : cardProperties(columns, group);
  return { key, name, group, properties, filter, sorts };
};

/** The boards and tables of a data source: its own views, boards first; then all columns and a board where it has none. */
export const tabsOf = (source: ApiDataSource, views: readonly ApiView[]): Tab[] => {
  const columns = columnsOf(source);
  const stored = views
    .filter((view) => view.data_source_id === source.id)
    .flatMap((view) => storedTab(view, columns) ?? []);
  const [boards, tables] = [stored.filter((tab) => tab.group), stored.filter((tab) => !tab.group)];
  const plain: Tab = {
    key: "all",
    name: "All columns",
    group: null,
    properties: columns,
    filter: null,
    sorts: null,
  };
  const showsAll = (tab: Tab): boolean =>
    !tab.filter && !tab.sorts && tab.properties.length === columns.length;
  const group = columns.find(({ name }) => name === "Stage") ?? columns.find(({ type }) => type === "status");
  const canGroup = boards.length === 0 && group !== undefined && groupTypes.has(group.type);
  return [
    ...boards,
    ...tables,
    ...(tables.some(showsAll) ? [] : [plain]),
    ...(canGroup
      ? [
          {
            ...plain,
            key: "board",
            name: `By ${group.name}`,
            group,
            properties: cardProperties(columns, group),
          },
        ]
      : []),
  ];
};
