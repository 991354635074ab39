import type { CreateViewParameters, UpdateViewParameters } from "@notionhq/client";
import { NotionError } from "../types/errors.ts";
import type { NewView } from "../types/notion.ts";
import type { NotionCalls } from "../types/notion-gateway.ts";
import { viewAnswer, viewsAnswer } from "./answers.ts";
import { pageFrom } from "./paging.ts";
import type { Send } from "./send.ts";

type ViewProperty = NewView["properties"][string];
type ViewKind = NewView["view"]["type"];
type ViewConfiguration = NonNullable<CreateViewParameters["configuration"]>;
type Grouping = Extract<ViewConfiguration, { type: "board" }>["group_by"];
/** The SDK types the elements of `sorts` as empty objects (reference/notion-api §2). */
type Sorts = NonNullable<CreateViewParameters["sorts"]>;

/** The calls for views. A view that names a property which `properties` lacks is refused before anything is sent. */
export const viewCalls = (
  send: Send,
): Pick<NotionCalls, "createView" | "updateView" | "listViews" | "retrieveView"> => ({
  async createView(wanted) {
    const request = viewRequest(wanted);
    const { id } = await send("createView", (notion) => notion.views.create(request), viewAnswer);
    return { viewId: id };
  },
  async updateView(viewId, wanted) {
    const { name, configuration, sorts } = viewRequest(wanted);
    const request: UpdateViewParameters = {
      ...{ view_id: viewId, name },
      ...(configuration ? { configuration } : {}),
      ...(sorts ? { sorts: sorts as unknown as NonNullable<UpdateViewParameters["sorts"]> } : {}),
    };
    await send("updateView", (notion) => notion.views.update(request), viewAnswer);
  },
  listViews(databaseId, cursor) {
    const request = { database_id: databaseId, ...pageFrom(cursor) };
    return send("listViews", (notion) => notion.views.list(request), viewsAnswer);
  },
  async retrieveView(viewId) {
    const request = { view_id: viewId };
    const view = await send("retrieveView", (notion) => notion.views.retrieve(request), viewAnswer);
    return { viewId: view.id, name: view.name, type: view.type };
  },
});

const viewRequest = (wanted: NewView): CreateViewParameters => {
  const { sortBy, name, type } = wanted.view;
  const sort = sortBy && { property: find(wanted, sortBy.property).propertyId, direction: sortBy.direction };
  return {
    database_id: wanted.databaseId,
    data_source_id: wanted.dataSourceId,
    name,
    type,
    configuration: configurations[type](wanted),
    ...filterOf(wanted),
    ...(sort ? { sorts: [sort] as unknown as Sorts } : {}),
  };
};

/** The SDK types a view's filter as an empty object (reference/notion-api §2). */
const filterOf = (wanted: NewView): Pick<CreateViewParameters, "filter"> => {
  const { only, without } = wanted.view;
  const condition = (key: string, test: object): object => {
    const { propertyId, type } = find(wanted, key);
    return { property: propertyId, [type]: test };
  };
  const and = [
    ...(only ? [condition(only.property, { equals: only.is })] : []),
    ...(without?.options ?? []).map((name) => condition(without?.property ?? "", { does_not_equal: name })),
  ];
  if (and.length === 0) return {};
  return { filter: { and } as unknown as NonNullable<CreateViewParameters["filter"]> };
};

/** What each kind of view needs beside its name. Only a table shows every column by itself, so only a table hides some. */
const configurations: Readonly<Record<ViewKind, (wanted: NewView) => ViewConfiguration>> = {
  table: (wanted) => ({ type: "table", properties: columnsOf(wanted) }),
  list: () => ({ type: "list" }),
  board: (wanted) => ({
    type: "board",
    group_by: grouping(find(wanted, wanted.view.groupBy)),
    properties: cardProperties(wanted),
  }),
  timeline: (wanted) => ({ type: "timeline", date_property_id: find(wanted, wanted.view.dateBy).propertyId }),
  calendar: (wanted) => ({ type: "calendar", date_property_id: find(wanted, wanted.view.dateBy).propertyId }),
  chart: (wanted) => ({
    type: "chart",
    chart_type: "column",
    x_axis: grouping(find(wanted, wanted.view.groupBy)),
    y_axis: { aggregator: "count" },
  }),
};

type Shown = { property_id: string; visible: boolean };

/** The title, then the named columns in their order, then the rest out of sight; all in the template's order where none is named. */
const columnsOf = ({ properties, view }: NewView): Shown[] => {
  const { columns } = view;
  const place = ([key, { type }]: [string, ViewProperty]): number => {
    if (type === "title") return -1;
    const index = columns?.indexOf(key) ?? 0;
    return index < 0 ? Number.POSITIVE_INFINITY : index;
  };
  return Object.entries(properties)
    .toSorted((one, other) => {
      const [first, second] = [place(one), place(other)];
      return first === second ? 0 : first - second;
    })
    .map((entry) => ({
      property_id: entry[1].propertyId,
      visible: entry[1].hidden !== true && place(entry) !== Number.POSITIVE_INFINITY,
    }));
};

const cardProperties = ({ properties, view }: NewView): Shown[] =>
  Object.entries(properties).map(([key, { propertyId }]) => ({
    property_id: propertyId,
    visible: view.onCards?.includes(key) === true,
  }));

const grouping = ({ propertyId, type }: ViewProperty): Grouping => {
  const shared = { property_id: propertyId, sort: { type: "manual" as const } };
  if (type === "status") return { type, group_by: "option", ...shared };
  if (type === "select") return { type, ...shared };
  throw new NotionError("notion_refused", `a board cannot be grouped by ${type}, not sent`);
};

const find = ({ properties, view }: NewView, key: string | undefined): ViewProperty => {
  const property = key === undefined ? undefined : properties[key];
  if (!property) throw new NotionError("notion_refused", `a ${view.type} without property ${key}, not sent`);
  return property;
};
