import type { ApiDataSource, ApiProperty, ApiView } from "./model.ts";

/** The kinds of view that are shown; of Notion's others a gallery is shown as a list, the rest not at all. */
export type TabKind = "table" | "board" | "list" | "calendar" | "timeline" | "chart";

/** One way to look at a data source. */
export type Tab = {
  /** In the address. */
  key: string;
  name: string;
  kind: TabKind;
  source: ApiDataSource;
  /** The property whose options are a board's columns or what a chart counts; none for another kind. */
  group: ApiProperty | null;
  /** Where a calendar or timeline puts a row. */
  dates: { start: ApiProperty; end: ApiProperty | null } | null;
  /** A calendar of one week instead of a month. */
  isWeek: boolean;
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

const cardProperties = (columns: readonly ApiProperty[], group: ApiProperty | null): ApiProperty[] =>
  columns.filter((property) => property !== group && cardTypes.has(property.type));

const listed = (view: ApiView, columns: readonly ApiProperty[], unlisted: boolean): ApiProperty[] => {
  const chosen = view.configuration?.properties ?? [];
  return columns.filter(({ id }) => chosen.find((one) => one.property_id === id)?.visible ?? unlisted);
};

/** What a kind of view needs of its configuration; null where that is not there. */
const makers: Readonly<
  Record<string, (base: Tab, view: ApiView, columns: readonly ApiProperty[]) => Tab | null>
> = {
  table(base, view, columns) {
    const shown = listed(view, columns, true);
    return { ...base, properties: columns.filter((one) => one.type === "title" || shown.includes(one)) };
  },
  board(base, view, columns) {
    const group = columns.find(({ id }) => id === view.configuration?.group_by?.property_id);
    if (!group || !groupTypes.has(group.type)) return null;
    return { ...base, kind: "board", group, properties: onCards(view, columns, group) };
  },
  list: (base, view, columns) => ({ ...base, kind: "list", properties: onCards(view, columns, null) }),
  gallery: (base, view, columns) => ({ ...base, kind: "list", properties: onCards(view, columns, null) }),
  calendar: (base, view, columns) => dated({ ...base, kind: "calendar" }, view, columns),
  timeline: (base, view, columns) => dated({ ...base, kind: "timeline" }, view, columns),
  chart(base, view, columns) {
    const group = columns.find(({ id }) => id === view.configuration?.x_axis?.property_id);
    return group && groupTypes.has(group.type) ? { ...base, kind: "chart", group } : null;
  },
};

const onCards = (view: ApiView, columns: readonly ApiProperty[], group: ApiProperty | null): ApiProperty[] =>
  (view.configuration?.properties ?? []).length > 0
    ? listed(view, columns, false).filter(({ type }) => type !== "title")
    : cardProperties(columns, group);

const dated = (base: Tab, { configuration }: ApiView, columns: readonly ApiProperty[]): Tab | null => {
  const start = columns.find(({ id }) => id === configuration?.date_property_id);
  const end = columns.find(({ id }) => id === configuration?.end_date_property_id) ?? null;
  return start ? { ...base, dates: { start, end }, isWeek: configuration?.view_range === "week" } : null;
};

/** Boards come first: they are what people move cards on. */
const order: readonly TabKind[] = ["board", "table", "list", "timeline", "calendar", "chart"];

/** The tabs of a data source: its own views, boards first; then a table of all rows and a board where it has none. */
const tabsOfSource = (source: ApiDataSource, views: readonly ApiView[], suffix: string): Tab[] => {
  const columns = columnsOf(source);
  const plain: Tab = {
    key: `all${suffix}`,
    name: "All columns",
    kind: "table",
    source,
    group: null,
    dates: null,
    isWeek: false,
    properties: columns,
    filter: null,
    sorts: null,
  };
  const stored = views
    .filter((view) => view.data_source_id === source.id)
    .flatMap((view) => {
      const { id: key, name, filter, sorts } = view;
      return makers[view.type]?.({ ...plain, key, name, filter, sorts }, view, columns) ?? [];
    })
    .sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
  const showsAll = ({ kind, filter }: Tab): boolean => kind === "table" && !filter;
  const group = columns.find(({ name }) => name === "Stage") ?? columns.find(({ type }) => type === "status");
  const canGroup = !stored.some(({ kind }) => kind === "board") && group && groupTypes.has(group.type);
  const board = { key: `board${suffix}`, kind: "board" as const, group: group ?? null };
  return [
    ...stored,
    ...(stored.some(showsAll) ? [] : [plain]),
    ...(canGroup
      ? [{ ...plain, ...board, name: `By ${group.name}`, properties: cardProperties(columns, group) }]
      : []),
  ];
};

/** The tabs of a database; where it has several data sources, their names stand before those of their views. */
export const tabsOf = (
  sources: readonly { source: ApiDataSource; name: string }[],
  views: readonly ApiView[],
): Tab[] =>
  sources.flatMap(({ source, name }, index) => {
    const tabs = tabsOfSource(source, views, index === 0 ? "" : `-${source.id}`);
    return sources.length > 1 ? tabs.map((tab) => ({ ...tab, name: `${name}: ${tab.name}` })) : tabs;
  });
