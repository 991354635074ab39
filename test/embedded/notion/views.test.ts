import { describe, expect, it } from "vitest";
import { createDatabase, createRow, type Loose, openWorkspace, refusal, text } from "./open-workspace.ts";

const minute = 60_000;

const openViews = async () => {
  const opened = openWorkspace();
  const { bot, workspace } = opened;
  const { databaseId, dataSourceId } = await createDatabase(bot, workspace.rootPageId, "Tasks", {
    Name: { title: {} },
    Stage: { status: {} },
    Kind: { select: { options: [{ name: "Bug" }, { name: "Idea" }] } },
    Due: { date: {} },
    Points: { number: {} },
  });
  const source: Loose = await bot.dataSources.retrieve({ data_source_id: dataSourceId });
  const idOf = (name: string): string => source.properties[name].id;
  const create = (type: string, configuration?: Loose, more: Loose = {}): Promise<Loose> =>
    bot.views.create({
      database_id: databaseId,
      data_source_id: dataSourceId,
      name: type,
      type,
      ...(configuration ? { configuration: { type, ...configuration } } : {}),
      ...more,
    } as never);
  return {
    ...opened,
    databaseId,
    dataSourceId,
    idOf,
    create,
    update: (id: string, body: Loose): Promise<Loose> => bot.views.update({ view_id: id, ...body } as never),
    addRows: async (count: number): Promise<void> => {
      for (let row = 0; row < count; row++) {
        await createRow(bot, dataSourceId, { Name: { title: text(`Row ${row}`) }, Points: { number: row } });
      }
    },
    names: async (): Promise<string[]> => {
      const { results } = await bot.views.list({ database_id: databaseId });
      return Promise.all(
        results.map(async ({ id }) => ((await bot.views.retrieve({ view_id: id })) as Loose).name),
      );
    },
  };
};
type Opened = Awaited<ReturnType<typeof openViews>>;

const manual = { type: "manual" };
const configurations: readonly [type: string, make: (idOf: Opened["idOf"]) => Loose][] = [
  [
    "table",
    (idOf) => ({ properties: [{ property_id: idOf("Due"), visible: false, width: 90 }], wrap_cells: true }),
  ],
  [
    "board",
    (idOf) => ({
      group_by: { type: "status", property_id: idOf("Stage"), group_by: "option", sort: manual },
      card_layout: "compact",
    }),
  ],
  ["list", () => ({})],
  ["calendar", (idOf) => ({ date_property_id: idOf("Due"), view_range: "week" })],
  [
    "timeline",
    (idOf) => ({ date_property_id: idOf("Due"), preference: { zoom_level: "month" }, show_table: true }),
  ],
  ["gallery", () => ({ cover: { type: "page_cover" }, cover_size: "large" })],
  ["form", () => ({ is_form_closed: true })],
  ["map", () => ({ height: "large" })],
  [
    "chart",
    (idOf) => ({
      chart_type: "column",
      x_axis: { type: "select", property_id: idOf("Kind"), sort: manual },
      y_axis: { aggregator: "sum", property_id: idOf("Points") },
      reference_lines: [{ value: 3, label: "Goal", color: "red", dash_style: "dash" }],
    }),
  ],
];

describe("a view", () => {
  it.each(configurations)("of type %s is made, read, changed and deleted", async (type, make) => {
    const { bot, create, update, idOf, databaseId, dataSourceId } = await openViews();
    const configuration = { type, ...make(idOf) };
    const made = await create(type, make(idOf));
    expect(made).toMatchObject({
      object: "view",
      type,
      name: type,
      parent: { type: "database_id", database_id: databaseId },
      data_source_id: dataSourceId,
      configuration,
    });
    expect(await bot.views.retrieve({ view_id: made.id })).toEqual(made);
    expect(await update(made.id, { name: "Renamed", configuration })).toMatchObject({
      name: "Renamed",
      configuration,
    });
    expect(await bot.views.delete({ view_id: made.id })).toEqual({
      object: "view",
      id: made.id,
      type,
      parent: made.parent,
    });
    expect(await refusal(bot.views.retrieve({ view_id: made.id }))).toMatchObject({ status: 404 });
    expect((await bot.views.list({ database_id: databaseId })).results).toHaveLength(1);
  });

  it("takes a change of its configuration field by field, and null as nothing", async () => {
    const { create, update, idOf } = await openViews();
    const { id } = await create("calendar", {
      date_property_id: idOf("Due"),
      view_range: "week",
      show_weekends: false,
    });
    const changed = await update(id, {
      configuration: { type: "calendar", date_property_id: idOf("Due"), view_range: null },
    });
    expect(changed.configuration).toEqual({
      type: "calendar",
      date_property_id: idOf("Due"),
      show_weekends: false,
    });
    const without = { configuration: { type: "calendar", view_range: "month" } };
    expect((await refusal(update(id, without))).message).toMatch(
      /configuration\.date_property_id should be defined/,
    );
  });

  it("answers ids of properties that it was given by name", async () => {
    const { create, idOf } = await openViews();
    const made = await create("timeline", { date_property_id: "Due", arrows_by: { property_id: null } });
    expect(made.configuration).toEqual({
      type: "timeline",
      date_property_id: idOf("Due"),
      arrows_by: { property_id: null },
    });
  });

  it("keeps, merges and drops its filter, sorts and quick filters", async () => {
    const { create, update } = await openViews();
    const filter = { property: "Points", number: { greater_than: 1 } };
    const sorts = [{ property: "Points", direction: "descending" }];
    const { id } = await create("table", undefined, {
      filter,
      sorts,
      quick_filters: { Kind: { select: { equals: "Bug" } } },
    });
    const merged = await update(id, { quick_filters: { Points: { number: { less_than: 9 } } } });
    expect(merged).toMatchObject({ filter, sorts, quick_filters: { Kind: {}, Points: {} } });
    expect(await update(id, { filter: null, sorts: null, quick_filters: { Kind: null } })).toMatchObject({
      filter: null,
      sorts: null,
      quick_filters: { Points: { number: { less_than: 9 } } },
    });
    expect((await update(id, { quick_filters: null })).quick_filters).toBeNull();
  });

  it("stands where it is asked to among the tabs", async () => {
    const { create, names } = await openViews();
    const { id } = await create("list", {}, { name: "Second" });
    await create("list", {}, { name: "First", position: { type: "start" } });
    await create("list", {}, { name: "Third", position: { type: "after_view", view_id: id } });
    await create("list", {}, { name: "Last", position: { type: "end" } });
    expect(await names()).toEqual(["First", "Default view", "Second", "Third", "Last"]);
  });

  it.each<[name: string, type: string, configuration: Loose | undefined, more: Loose]>([
    ["an unknown type", "wall", undefined, {}],
    ["a dashboard, which is not there", "dashboard", undefined, {}],
    ["the configuration of another type", "board", { type: "list" }, {}],
    ["no group for a board", "board", {}, {}],
    [
      "a group by a property that is not there",
      "board",
      { group_by: { type: "select", property_id: "nope", sort: manual } },
      {},
    ],
    [
      "a group of another type than the property",
      "board",
      { group_by: { type: "select", property_id: "Stage", sort: manual } },
      {},
    ],
    [
      "a status group without its unit",
      "board",
      { group_by: { type: "status", property_id: "Stage", sort: manual } },
      {},
    ],
    ["a calendar by something without a date", "calendar", { date_property_id: "Points" }, {}],
    ["a chart of no kind", "chart", { chart_type: "pie" }, {}],
    [
      "a chart over nothing that exists",
      "chart",
      { chart_type: "bar", y_axis: { aggregator: "sum", property_id: "nope" } },
      {},
    ],
    ["a column that does not exist", "table", { properties: [{ property_id: "nope" }] }, {}],
    ["an unknown field", "list", { columns: 3 }, {}],
    ["a filter on nothing", "list", {}, { filter: { property: "nope", number: { equals: 1 } } }],
    [
      "a quick filter of the wrong type",
      "list",
      {},
      { quick_filters: { Points: { select: { equals: "x" } } } },
    ],
    ["a sort by nothing", "list", {}, { sorts: [{ property: "nope", direction: "ascending" }] }],
    [
      "a place after no view",
      "list",
      {},
      { position: { type: "after_view", view_id: "11111111-1111-4111-8111-111111111111" } },
    ],
  ])("is not made with %s", async (_name, type, configuration, more) => {
    const { create, names } = await openViews();
    const { status, code } = await refusal(create(type, configuration, more));
    expect([status, code]).toEqual(more.position ? [404, "object_not_found"] : [400, "validation_error"]);
    expect(await names()).toEqual(["Default view"]);
  });

  it("tells of its life in the journal, with the fields that changed", async () => {
    const { create, update, bot, workspace } = await openViews();
    const before = workspace.control.journal().at(-1)?.seq;
    const { id } = await create("list");
    await update(id, { name: "Other", sorts: [{ property: "Points", direction: "ascending" }] });
    await update(id, { name: "Other" });
    await bot.views.delete({ view_id: id });
    expect(workspace.control.journal(before)).toMatchObject([
      { kind: "view.created", objectId: id, viewType: "list" },
      { kind: "view.updated", objectId: id, fields: ["name", "sorts"] },
      { kind: "view.deleted", objectId: id },
    ]);
  });
});

describe("a view's query", () => {
  it("keeps the rows as they were for a quarter of an hour, page by page", async () => {
    const { bot, create, addRows, clock } = await openViews();
    await addRows(7);
    const { id } = await create("table", undefined, {
      filter: { property: "Points", number: { greater_than: 0 } },
      quick_filters: { Points: { number: { less_than: 6 } } },
      sorts: [{ property: "Points", direction: "descending" }],
    });
    const first: Loose = await bot.views.queries.create({ view_id: id, page_size: 2 });
    expect(first).toMatchObject({
      object: "view_query",
      view_id: id,
      expires_at: "2026-03-03T09:15:12.000Z",
      total_count: 5,
      has_more: true,
    });
    const [top] = first.results;
    expect(top).toEqual({ object: "page", id: expect.any(String) });
    expect(((await bot.pages.retrieve({ page_id: top.id })) as Loose).properties.Points.number).toBe(5);
    await bot.pages.update({ page_id: top.id, in_trash: true });
    await clock.advance(15 * minute - 1);
    const read = (start_cursor?: string): Promise<Loose> =>
      bot.views.queries.results({
        view_id: id,
        query_id: first.id,
        page_size: 2,
        ...(start_cursor ? { start_cursor } : {}),
      });
    expect((await read()).results).toEqual(first.results);
    const second = await read(first.next_cursor);
    const third = await read(second.next_cursor);
    expect(second).toMatchObject({ object: "list", type: "page", page: {}, has_more: true });
    expect(third).toMatchObject({ has_more: false, next_cursor: null, results: [{ object: "page" }] });
    await clock.advance(1);
    expect(await refusal(read())).toMatchObject({ status: 404, code: "object_not_found" });
  });

  it("is deleted once or twice alike, and belongs to its view", async () => {
    const { bot, create, addRows } = await openViews();
    await addRows(1);
    const [one, other] = [await create("list"), await create("list")];
    const query: Loose = await bot.views.queries.create({ view_id: one.id });
    expect(await refusal(bot.views.queries.results({ view_id: other.id, query_id: query.id }))).toMatchObject(
      { status: 404 },
    );
    for (let round = 0; round < 2; round++) {
      expect(await bot.views.queries.delete({ view_id: one.id, query_id: query.id })).toEqual({
        object: "view_query",
        id: query.id,
        deleted: true,
      });
    }
    expect(await refusal(bot.views.queries.results({ view_id: one.id, query_id: query.id }))).toMatchObject({
      status: 404,
    });
  });
});
