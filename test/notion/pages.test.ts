import { expect, test } from "vitest";
import { failureOf, json, pageJson, scripted } from "./support.ts";

const dataSource = "22222222-2222-8222-8222-222222222222";
const list = (results: unknown[], more: Record<string, unknown> = {}) =>
  json({ object: "list", results, next_cursor: null, has_more: false, ...more });

test("a page is known by its property ids, its exact minute and its last editor", async () => {
  const { gateway, sent } = scripted([
    json(
      pageJson({
        Name: {
          id: "title",
          type: "title",
          title: [{ type: "text", plain_text: "Website", text: { content: "Website" } }],
        },
        Stage: { id: "f%5C%3Ap", type: "status", status: { id: "opt-1", name: "QA", color: "blue" } },
        "Added by Notion later": { id: "zz", type: "hologram", hologram: {} },
      }),
    ),
  ]);
  const page = await gateway.verdict.retrievePage("11111111-1111-8111-8111-111111111111");
  expect(sent[0]).toMatchObject({ method: "GET", path: "/v1/pages/11111111-1111-8111-8111-111111111111" });
  expect(page).toMatchObject({
    pageId: "11111111-1111-8111-8111-111111111111",
    dataSourceId: dataSource,
    lastEditedTime: Date.UTC(2026, 10, 24, 8, 59),
    createdBy: "u-1",
    lastEditedBy: "u-2",
    inTrash: false,
  });
  expect(page.properties["f%5C%3Ap"]).toEqual({ type: "status", value: "opt-1", complete: true });
  expect(page.properties.title).toEqual({ type: "title", value: "Website", complete: true });
});

test("a stage is written by option id, addressed by property id", async () => {
  const { gateway, sent } = scripted([json(pageJson())]);
  await gateway.verdict.updatePage("p", [
    { propertyId: "f%5C%3Ap", type: "status", value: "opt-1" },
    { propertyId: "ab", type: "people", value: [] },
  ]);
  expect(sent[0]).toMatchObject({
    method: "PATCH",
    path: "/v1/pages/p",
    body: { properties: { "f%5C%3Ap": { status: { id: "opt-1" } }, ab: { people: [] } } },
  });
});

test("a poll asks for rows edited since a minute, oldest edit first, page after page", async () => {
  const { gateway, sent } = scripted([
    list([pageJson()], { next_cursor: "c-2", has_more: true, type: "page_or_data_source" }),
    list([pageJson()]),
  ]);
  const time = Date.UTC(2026, 10, 24, 8, 57);
  const query = {
    dataSourceId: dataSource,
    filter: { kind: "edited-on-or-after", time },
    sortBy: "last_edited_time",
  } as const;
  const first = await gateway.pull.queryRows(query);
  expect(first).toMatchObject({ cursor: "c-2", capped: false });
  const second = await gateway.pull.queryRows({ ...query, cursor: "c-2" });
  expect(second.cursor).toBe(null);
  expect(sent[0]).toMatchObject({ method: "POST", path: `/v1/data_sources/${dataSource}/query` });
  expect(sent[0]?.body).toEqual({
    filter: { timestamp: "last_edited_time", last_edited_time: { on_or_after: "2026-11-24T08:57:00.000Z" } },
    sorts: [{ timestamp: "last_edited_time", direction: "ascending" }],
    page_size: 100,
  });
  expect(sent[1]?.body).toMatchObject({ start_cursor: "c-2" });
});

test("a listing that Notion stopped at 10,000 rows says so", async () => {
  const status = { type: "incomplete", incomplete_reason: "query_result_limit_reached" };
  const { gateway } = scripted([list([], { request_status: status })]);
  expect(await gateway.bulk.queryRows({ dataSourceId: dataSource })).toEqual({
    rows: [],
    cursor: null,
    capped: true,
  });
});

test("rows of a project and rows with a key are found by Notion's filters", async () => {
  const { gateway, sent } = scripted([list([])]);
  const filters = [
    { kind: "relation-contains", propertyId: "rel", pageId: "p-1" },
    { kind: "text-equals", propertyId: "key", text: "milestone:1" },
    { kind: "text-equals", propertyId: "title", text: "Kickoff" },
  ] as const;
  for (const filter of filters) await gateway.pull.queryRows({ dataSourceId: dataSource, filter });
  expect(sent.map((request) => (request.body as { filter: unknown }).filter)).toEqual([
    { property: "rel", relation: { contains: "p-1" } },
    { property: "key", rich_text: { equals: "milestone:1" } },
    { property: "title", title: { equals: "Kickoff" } },
  ]);
});

test("a list that a page read cut is read whole, page by page", async () => {
  const item = (id: string) => ({ object: "property_item", id: "rel", type: "relation", relation: { id } });
  const { gateway, sent } = scripted([
    list([item("a"), item("b")], { next_cursor: "c-2" }),
    list([{ object: "property_item", id: "pe", type: "people", people: { object: "user", id: "u-9" } }]),
  ]);
  expect(await gateway.pull.retrievePropertyItems("p", "f%5C%3Ap")).toEqual({
    ids: ["a", "b"],
    cursor: "c-2",
  });
  expect(await gateway.pull.retrievePropertyItems("p", "pe", "c-2")).toEqual({ ids: ["u-9"], cursor: null });
  expect(sent[0]?.path).toBe("/v1/pages/p/properties/f%5C%3Ap?page_size=100");
  expect(sent[1]?.path).toContain("start_cursor=c-2");
});

test("a new row carries its key and its body in the one request that creates it", async () => {
  const { gateway, sent } = scripted([json(pageJson())]);
  await gateway.bulk.createRow({
    dataSourceId: dataSource,
    writes: [{ propertyId: "key", type: "rich_text", value: "update:7" }],
    markdown: "# This week",
  });
  expect(sent[0]?.body).toEqual({
    parent: { type: "data_source_id", data_source_id: dataSource },
    properties: { key: { rich_text: [{ text: { content: "update:7" } }] } },
    markdown: "# This week",
  });
});

test("a new page has its title and icon, and its text as Markdown", async () => {
  const { gateway, sent } = scripted([json(pageJson())]);
  await gateway.bulk.createPage({ parentPageId: "root", title: "Start here", icon: "🧭", markdown: "Hello" });
  expect(sent[0]?.body).toEqual({
    parent: { type: "page_id", page_id: "root" },
    properties: { title: { title: [{ text: { content: "Start here" } }] } },
    icon: { type: "emoji", emoji: "🧭" },
    markdown: "Hello",
  });
});

test("the token tells which workspace and which bot it belongs to; a person's token is refused", async () => {
  const bot = {
    object: "user",
    id: "b-1",
    type: "bot",
    bot: { workspace_id: "w-1", workspace_name: "Agency" },
  };
  const { gateway } = scripted([json(bot), json({ object: "user", id: "u-1", type: "person", person: {} })]);
  expect(await gateway.verdict.me()).toEqual({ botId: "b-1", workspaceId: "w-1" });
  expect(await failureOf(gateway.verdict.me())).toMatchObject({ code: "notion_unauthorized" });
});

test("children are told apart: pages, databases and everything else", async () => {
  const { gateway } = scripted([
    list([
      { object: "block", id: "1", type: "child_page", child_page: { title: "Notes" } },
      { object: "block", id: "2", type: "child_database", child_database: { title: "Projects" } },
      { object: "block", id: "3", type: "paragraph", paragraph: { rich_text: [] } },
    ]),
  ]);
  expect((await gateway.bulk.listChildren("root")).children).toEqual([
    { blockId: "1", kind: "page", title: "Notes" },
    { blockId: "2", kind: "database", title: "Projects" },
    { blockId: "3", kind: "other", title: "" },
  ]);
});
