import { describe, expect, test } from "vitest";
import type { DatabaseTemplate, ViewTemplate } from "../../src/types/schema.ts";
import { failureOf, json, refusal, scripted } from "./support.ts";

const milestones: DatabaseTemplate = {
  key: "milestones",
  title: "Milestones",
  icon: "🏁",
  description: "What we promised, and when.",
  properties: {
    name: { type: "title", name: "Name", owner: "team", description: "Short." },
    project: {
      type: "relation",
      name: "Project",
      owner: "team",
      description: "Whose.",
      to: "projects",
      twin: "Milestones",
    },
    dependsOn: {
      type: "relation",
      name: "Depends on",
      owner: "team",
      description: "What first.",
      to: "milestones",
      twin: "Blocks",
    },
    status: {
      type: "status",
      name: "Status",
      owner: "shared",
      description: "How far.",
      options: [
        { name: "Not started", group: "To-do" },
        { name: "In review", color: "blue", group: "In progress" },
      ],
    },
    slip: { type: "number", name: "Slip", owner: "service", description: "Days late.", format: "number" },
  },
  views: [],
};

const database = {
  object: "database",
  id: "db-1",
  title: [],
  description: [],
  in_trash: false,
  data_sources: [{ id: "ds-1", name: "Milestones" }],
};
const dataSource = (twinName: string) => ({
  object: "data_source",
  id: "ds-1",
  parent: { type: "database_id", database_id: "db-1" },
  in_trash: false,
  properties: {
    Name: { id: "title", name: "Name", type: "title", title: {} },
    Status: {
      id: "st",
      name: "Status",
      type: "status",
      status: { options: [{ id: "o-1", name: "Not started", color: "gray" }], groups: [] },
    },
    Project: {
      id: "rel",
      name: "Project",
      type: "relation",
      relation: {
        data_source_id: "ds-projects",
        type: "dual_property",
        dual_property: { synced_property_id: "tw%3A", synced_property_name: twinName },
      },
    },
  },
});

describe("setting up a database", () => {
  test("one request makes it with all its columns, colours, groups and explanations", async () => {
    const { gateway, sent } = scripted([json(database), json(dataSource("Milestones"))]);
    const created = await gateway.bulk.createDatabase("root", milestones, { projects: "ds-projects" });
    expect(created).toMatchObject({ databaseId: "db-1", dataSources: [{ id: "ds-1", name: "Milestones" }] });
    expect(sent[0]).toMatchObject({ method: "POST", path: "/v1/databases" });
    expect(sent[0]?.body).toEqual({
      parent: { type: "page_id", page_id: "root" },
      title: [{ text: { content: "Milestones" } }],
      description: [{ text: { content: "What we promised, and when." } }],
      icon: { type: "emoji", emoji: "🏁" },
      initial_data_source: {
        properties: {
          Name: { title: {}, description: "Short." },
          Project: {
            relation: {
              data_source_id: "ds-projects",
              type: "dual_property",
              dual_property: { synced_property_name: "Milestones" },
            },
            description: "Whose.",
          },
          Status: {
            status: {
              options: [
                { name: "Not started", group: "To-do" },
                { name: "In review", color: "blue", group: "In progress" },
              ],
            },
            description: "How far.",
          },
          Slip: { number: { format: "number" }, description: "Days late." },
        },
      },
    });
    expect(sent.map((request) => request.method)).toEqual(["POST", "GET"]);
  });

  test("a column that Notion made on the other side under a name of its own gets ours", async () => {
    const { gateway, sent } = scripted([json(database), json(dataSource("Related to Milestones (Project)"))]);
    await gateway.bulk.createDatabase("root", milestones, { projects: "ds-projects" });
    expect(sent[2]).toMatchObject({
      method: "PATCH",
      path: "/v1/data_sources/ds-projects",
      body: { properties: { "tw%3A": { name: "Milestones" } } },
    });
    expect(sent).toHaveLength(3);
  });

  test("a relation to the database itself is added once the database exists", async () => {
    const { gateway, sent } = scripted([json(dataSource("Milestones"))]);
    const live = await gateway.bulk.addProperties("ds-1", milestones, ["dependsOn"], { milestones: "ds-1" });
    expect(sent[0]).toMatchObject({
      method: "PATCH",
      path: "/v1/data_sources/ds-1",
      body: { properties: { "Depends on": { relation: { data_source_id: "ds-1" } } } },
    });
    expect(live.dataSourceId).toBe("ds-1");
    const early = gateway.bulk.addProperties("ds-1", milestones, ["dependsOn"], {});
    expect(await failureOf(early)).toMatchObject({ code: "notion_refused", status: null });
    expect(sent).toHaveLength(1);
  });

  test("the live schema shows ids, options and what a relation points to", async () => {
    const { gateway } = scripted([json(dataSource("Milestones"))]);
    expect(await gateway.pull.retrieveDataSource("ds-1")).toEqual({
      dataSourceId: "ds-1",
      databaseId: "db-1",
      inTrash: false,
      properties: [
        { propertyId: "title", name: "Name", type: "title", options: [], relatedTo: null },
        {
          propertyId: "st",
          name: "Status",
          type: "status",
          options: [{ id: "o-1", name: "Not started" }],
          relatedTo: null,
        },
        { propertyId: "rel", name: "Project", type: "relation", options: [], relatedTo: "ds-projects" },
      ],
    });
  });

  test("a database that is not shared says so", async () => {
    const { gateway } = scripted([refusal(404, "object_not_found")]);
    expect(await failureOf(gateway.pull.retrieveDatabase("db-1"))).toMatchObject({
      code: "notion_not_found",
    });
  });
});

describe("setting up views", () => {
  const properties = {
    stage: { propertyId: "st", type: "status" },
    health: { propertyId: "he", type: "select" },
    target: { propertyId: "ta", type: "date" },
    key: { propertyId: "ke", type: "rich_text", hidden: true },
  } as const;
  const columns = [
    { property_id: "st", visible: true },
    { property_id: "he", visible: true },
    { property_id: "ta", visible: true },
    { property_id: "ke", visible: false },
  ];
  const onCards = (...ids: readonly string[]) =>
    columns.map(({ property_id }) => ({ property_id, visible: ids.includes(property_id) }));
  const manual = { type: "manual" };

  test.each<[ViewTemplate, Record<string, unknown>]>([
    [
      { name: "Board", type: "board", groupBy: "stage", onCards: ["health"] },
      {
        type: "board",
        group_by: { type: "status", property_id: "st", group_by: "option", sort: manual },
        properties: onCards("he"),
      },
    ],
    [
      { name: "Health", type: "board", groupBy: "health" },
      {
        type: "board",
        group_by: { type: "select", property_id: "he", sort: manual },
        properties: onCards(),
      },
    ],
    [
      { name: "Plan", type: "timeline", dateBy: "target" },
      { type: "timeline", date_property_id: "ta" },
    ],
    [
      { name: "Month", type: "calendar", dateBy: "target" },
      { type: "calendar", date_property_id: "ta" },
    ],
    [
      { name: "All", type: "table" },
      { type: "table", properties: columns },
    ],
    [{ name: "Names", type: "list" }, { type: "list" }],
    [
      { name: "Named columns", type: "table", columns: ["target", "stage"] },
      {
        type: "table",
        properties: [
          { property_id: "ta", visible: true },
          { property_id: "st", visible: true },
          { property_id: "he", visible: false },
          { property_id: "ke", visible: false },
        ],
      },
    ],
    [
      { name: "How many", type: "chart", groupBy: "health" },
      {
        ...{ type: "chart", chart_type: "column", y_axis: { aggregator: "count" } },
        x_axis: { type: "select", property_id: "he", sort: manual },
      },
    ],
  ])(
    "$name shows what its template says, and a table hides internal columns",
    async (view, configuration) => {
      const { gateway, sent } = scripted([
        json({ object: "view", id: "v-1", name: view.name, type: view.type }),
      ]);
      const answer = await gateway.bulk.createView({
        databaseId: "db",
        dataSourceId: "ds",
        view,
        properties,
      });
      expect(answer).toEqual({ viewId: "v-1" });
      expect(sent[0]?.body).toEqual({
        database_id: "db",
        data_source_id: "ds",
        name: view.name,
        type: view.type,
        configuration,
      });
    },
  );

  test("a sorted table is sorted by the property's id", async () => {
    const { gateway, sent } = scripted([json({ object: "view", id: "v-1", name: "Next", type: "table" })]);
    const view = {
      name: "Next",
      type: "table",
      sortBy: { property: "target", direction: "ascending" },
    } as const;
    await gateway.bulk.createView({ databaseId: "db", dataSourceId: "ds", view, properties });
    expect(sent[0]?.body).toMatchObject({ sorts: [{ property: "ta", direction: "ascending" }] });
  });

  test.each([
    [
      "hold an option",
      { property: "health", is: "Off track" },
      { property: "he", select: { equals: "Off track" } },
    ],
    ["are ticked", { property: "late", is: true }, { property: "la", checkbox: { equals: true } }],
  ] as const)("a view shows only rows that %s", async (_which, only, condition) => {
    const { gateway, sent } = scripted([json({ object: "view", id: "v-1", name: "Some", type: "table" })]);
    const late = { propertyId: "la", type: "checkbox" } as const;
    await gateway.bulk.createView({
      ...{ databaseId: "db", dataSourceId: "ds", properties: { ...properties, late } },
      view: { name: "Some", type: "table", only },
    });
    expect(sent[0]?.body).toMatchObject({ filter: { and: [condition] } });
  });

  test("Notion's own table gets its name, its columns and its order", async () => {
    const { gateway, sent } = scripted([json({ object: "view", id: "v-1", name: "All", type: "table" })]);
    const sortBy = { property: "target", direction: "ascending" } as const;
    const view = { name: "All", type: "table", sortBy } as const;
    await gateway.bulk.updateView("v-1", { databaseId: "db", dataSourceId: "ds", view, properties });
    expect(sent.map(({ method, path, body }) => ({ method, path, body }))).toEqual([
      {
        ...{ method: "PATCH", path: "/v1/views/v-1" },
        body: {
          ...{ name: "All", configuration: { type: "table", properties: columns } },
          sorts: [{ property: "ta", direction: "ascending" }],
        },
      },
    ]);
  });

  test("a view leaves out the rows that hold one of the named options", async () => {
    const { gateway, sent } = scripted([json({ object: "view", id: "v-1", name: "Open", type: "table" })]);
    const without = { property: "stage", options: ["Complete", "Cancelled"] };
    const view = { name: "Open", type: "table", without } as const;
    await gateway.bulk.createView({ databaseId: "db", dataSourceId: "ds", view, properties });
    expect(sent[0]?.body).toMatchObject({
      filter: {
        and: [
          { property: "st", status: { does_not_equal: "Complete" } },
          { property: "st", status: { does_not_equal: "Cancelled" } },
        ],
      },
    });
  });

  test("a view of a column that is not there is refused before anything is sent", async () => {
    const { gateway, sent } = scripted([json({})]);
    const view = { name: "Board", type: "board", groupBy: "nothing" } as const;
    const call = gateway.bulk.createView({ databaseId: "db", dataSourceId: "ds", view, properties });
    expect(await failureOf(call)).toMatchObject({ code: "notion_refused" });
    expect(sent).toHaveLength(0);
  });

  test("views are listed, and read one by one", async () => {
    const { gateway, sent } = scripted([
      json({ object: "list", results: [{ object: "view", id: "v-1" }], next_cursor: null, has_more: false }),
      json({ object: "view", id: "v-1", name: "Board", type: "board" }),
    ]);
    expect(await gateway.bulk.listViews("db")).toEqual({ viewIds: ["v-1"], cursor: null });
    expect(await gateway.bulk.retrieveView("v-1")).toEqual({ viewId: "v-1", name: "Board", type: "board" });
    expect(sent[0]?.path).toBe("/v1/views?database_id=db&page_size=100");
  });
});
