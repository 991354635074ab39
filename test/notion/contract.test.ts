import { describe, expect, onTestFinished, test } from "vitest";
import { databases } from "../../notion-templates/databases.ts";
import { createWorkspace, type Fault, type Workspace } from "../../src/embedded/notion/workspace.ts";
import { canonicalValue } from "../../src/notion/codec.ts";
import { createNotionGateway } from "../../src/notion/gateway.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";
import type { LiveDataSource, PropertyWrite, RelationTargets } from "../../src/types/notion.ts";
import type { DatabaseTemplate, PropertyType } from "../../src/types/schema.ts";
import type { Value } from "../../src/types/values.ts";
import { seededIds, seededRandom } from "../support/seeded.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { failureOf, memoryStore, recordingLog, startOfTest } from "./support.ts";

const base = { owner: "team", description: "" } as const;
const clients: DatabaseTemplate = {
  key: "projects",
  title: "Clients",
  icon: "🏢",
  description: "Who we work for.",
  properties: { name: { ...base, type: "title", name: "Name" } },
  views: [],
};
const everything: DatabaseTemplate = {
  key: "milestones",
  title: "Everything",
  icon: "🧪",
  description: "One property of each kind.",
  properties: {
    title: { ...base, type: "title", name: "Name" },
    text: { ...base, type: "rich_text", name: "Note" },
    number: { ...base, type: "number", name: "Effort", format: "number" },
    checkbox: { ...base, type: "checkbox", name: "Visible" },
    url: { ...base, type: "url", name: "Link" },
    email: { ...base, type: "email", name: "Mail" },
    phone: { ...base, type: "phone_number", name: "Phone" },
    date: { ...base, type: "date", name: "Due" },
    people: { ...base, type: "people", name: "Owners" },
    select: {
      ...base,
      type: "select",
      name: "Risk",
      options: [{ name: "Low", color: "green" }, { name: "High" }],
    },
    multi: {
      ...base,
      type: "multi_select",
      name: "Boundary",
      options: [{ name: "Data" }, { name: "Security" }],
    },
    status: {
      ...base,
      type: "status",
      name: "Stage",
      options: [
        { name: "Intake", group: "To-do" },
        { name: "QA", group: "In progress", color: "blue" },
      ],
    },
    client: { ...base, type: "relation", name: "Client", to: "projects", twin: "All that we do" },
    dependsOn: { ...base, type: "relation", name: "Depends on", to: "milestones", twin: "Blocks" },
  },
  views: [],
};

const start = () => {
  const clock = createVirtualClock(startOfTest);
  const database = openNodeDatabase(":memory:");
  onTestFinished(() => database.close());
  const log = recordingLog();
  const random = seededRandom(7);
  const newId = seededIds(7);
  const fetch = () => Promise.reject(new Error("no webhooks here"));
  const workspace: Workspace = createWorkspace({
    database,
    clock,
    newId,
    random,
    plan: "business",
    log,
    fetch,
  });
  const gateway = createNotionGateway({
    token: workspace.tokens.bot,
    baseUrl: "http://workspace.example",
    plan: "business",
    fetch: workspace.fetch,
    clock,
    throttle: memoryStore(),
    log,
    probe: () => {},
  });
  return { clock, log, workspace, gateway, notion: gateway.verdict };
};

type Started = ReturnType<typeof start>;

const withDatabases = async () => {
  const started = start();
  const { notion, workspace } = started;
  const target = await notion.createDatabase(workspace.rootPageId, clients, {});
  const clientSource = sourceOf(target);
  const made = await notion.createDatabase(workspace.rootPageId, everything, { projects: clientSource });
  const source = sourceOf(made);
  await notion.addProperties(source, everything, ["dependsOn"], { milestones: source });
  return {
    ...started,
    clientSource,
    databaseId: made.databaseId,
    source,
    live: await notion.retrieveDataSource(source),
  };
};

const sourceOf = (database: { dataSources: readonly { id: string }[] }): string => {
  const [source] = database.dataSources;
  if (!source) throw new Error("a database without a data source");
  return source.id;
};
const idOf = (live: LiveDataSource, name: string): string => {
  const property = live.properties.find((candidate) => candidate.name === name);
  if (!property) throw new Error(`no property ${name}`);
  return property.propertyId;
};
const optionOf = (live: LiveDataSource, name: string, option: string): string =>
  live.properties.find((one) => one.name === name)?.options.find((one) => one.name === option)?.id ??
  "missing";

describe("setting up", () => {
  test("a database appears with its columns, and twins carry the names that the template gives them", async () => {
    const { notion, workspace, clientSource, databaseId, live, source } = await withDatabases();
    expect(await notion.retrieveDatabase(databaseId)).toMatchObject({
      databaseId,
      title: "Everything",
      description: "One property of each kind.",
      inTrash: false,
    });
    expect(new Set(live.properties.map((property) => property.name))).toEqual(
      new Set([...Object.values(everything.properties).map((property) => property.name), "Blocks"]),
    );
    expect(live).toMatchObject({ dataSourceId: source, databaseId, inTrash: false });
    expect(live.properties.find((property) => property.name === "Client")?.relatedTo).toBe(clientSource);
    const twins = (await notion.retrieveDataSource(clientSource)).properties.map((property) => property.name);
    expect(twins).toContain("All that we do");
    const { children, cursor } = await notion.listChildren(workspace.rootPageId);
    expect(children.map((child) => [child.kind, child.title])).toEqual([
      ["database", "Clients"],
      ["database", "Everything"],
    ]);
    expect(cursor).toBe(null);
  });

  test("every kind of view can be made, listed and read", async () => {
    const { notion, databaseId, source, live } = await withDatabases();
    const properties = Object.fromEntries(
      Object.entries(everything.properties).map(([key, { name, type }]) => [
        key,
        { propertyId: idOf(live, name), type, hidden: key === "text" },
      ]),
    );
    const views = [
      { name: "All", type: "table", sortBy: { property: "date", direction: "ascending" } },
      { name: "Board", type: "board", groupBy: "status" },
      { name: "By risk", type: "board", groupBy: "select" },
      { name: "Plan", type: "timeline", dateBy: "date" },
      { name: "Month", type: "calendar", dateBy: "date" },
      { name: "Names", type: "list" },
      { name: "How many", type: "chart", groupBy: "status" },
    ] as const;
    for (const view of views) {
      const { viewId } = await notion.createView({ databaseId, dataSourceId: source, view, properties });
      expect(await notion.retrieveView(viewId)).toEqual({ viewId, name: view.name, type: view.type });
    }
    // Notion adds a view of its own to every database.
    expect((await notion.listViews(databaseId)).viewIds).toHaveLength(views.length + 1);
  });

  test("the product's own databases are accepted as they stand", async () => {
    const { notion, workspace } = start();
    const targets: RelationTargets = {};
    const missing: [string, DatabaseTemplate][] = [];
    for (const template of Object.values(databases) as DatabaseTemplate[]) {
      const source = sourceOf(await notion.createDatabase(workspace.rootPageId, template, targets));
      Object.assign(targets, { [template.key]: source });
      missing.push([source, template]);
    }
    for (const [source, template] of missing) {
      const there = (await notion.retrieveDataSource(source)).properties.map((property) => property.name);
      const keys = Object.keys(template.properties).filter(
        (key) => !there.includes(template.properties[key]?.name ?? ""),
      );
      if (keys.length > 0) await notion.addProperties(source, template, keys, targets);
      const names = (await notion.retrieveDataSource(source)).properties.map((property) => property.name);
      for (const property of Object.values(template.properties)) expect(names).toContain(property.name);
    }
  });
});

describe("values", () => {
  test("every kind of value reads back as it was written, from the answer, the page and the listing (C0)", async () => {
    const { notion, workspace, live, source, clientSource, gateway } = await withDatabases();
    const client = await notion.createRow({
      dataSourceId: clientSource,
      writes: [{ propertyId: "title", type: "title", value: "ACME" }],
    });
    const [first, second] = workspace.people;
    const write = (name: string, type: PropertyType, value: Value): PropertyWrite => ({
      propertyId: idOf(live, name),
      type,
      value,
    });
    const full = [
      write("Name", "title", "Kickoff 😀"),
      write("Note", "rich_text", `${"long ".repeat(900)}end`),
      write("Effort", "number", 12.5),
      write("Visible", "checkbox", true),
      write("Link", "url", "https://agency.example/a?b=c"),
      write("Mail", "email", "dana@agency.example"),
      write("Phone", "phone_number", "+49 30 1"),
      write("Due", "date", { start: "2026-12-01T09:00:00+02:00", end: null, zone: null }),
      write("Owners", "people", [second?.id ?? "", first?.id ?? ""]),
      write("Risk", "select", optionOf(live, "Risk", "High")),
      write("Boundary", "multi_select", [
        optionOf(live, "Boundary", "Security"),
        optionOf(live, "Boundary", "Data"),
      ]),
      write("Stage", "status", optionOf(live, "Stage", "QA")),
      write("Client", "relation", [client.pageId.replaceAll("-", "")]),
    ];
    const created = await notion.createRow({ dataSourceId: source, writes: full });
    const dates = [
      { start: "2028-02-29", end: null, zone: null },
      { start: "2026-12-01", end: "2026-12-05", zone: null },
      { start: "2026-12-01T09:00:00", end: null, zone: "Europe/Berlin" },
    ].map((value) => write("Due", "date", value));
    const cleared = full
      .filter(({ type }) => type !== "status")
      .map((one) => ({ ...one, value: canonicalValue(one.type, null) }));
    for (const writes of [full, ...dates.map((one) => [one]), cleared]) {
      const answer = await notion.updatePage(created.pageId, writes);
      const page = await gateway.pull.retrievePage(created.pageId);
      const { rows } = await gateway.pull.queryRows({ dataSourceId: source });
      for (const { propertyId, type, value } of writes)
        for (const observed of [answer, page, rows.find((row) => row.pageId === created.pageId)])
          expect(observed?.properties[propertyId]).toEqual({
            type,
            value: canonicalValue(type, value),
            complete: true,
          });
    }
    expect(created).toMatchObject({ dataSourceId: source, createdBy: workspace.botId, inTrash: false });
  });

  test("F14: a relation of more than 25 pages is known to be cut, and is read whole page by page", async () => {
    const { notion, live, source } = await withDatabases();
    const writes = (value: Value): PropertyWrite[] => [
      { propertyId: idOf(live, "Depends on"), type: "relation", value },
    ];
    const ids: string[] = [];
    for (let i = 0; i < 30; i++)
      ids.push((await notion.createRow({ dataSourceId: source, writes: [] })).pageId);
    const row = await notion.createRow({ dataSourceId: source, writes: writes(ids) });
    const page = await notion.retrievePage(row.pageId);
    expect(page.properties[idOf(live, "Depends on")]?.complete).toBe(false);
    const items = await notion.retrievePropertyItems(row.pageId, idOf(live, "Depends on"));
    expect([...items.ids].sort()).toEqual([...ids].sort());
  });

  test("a person's edit shows the person, and a page in the trash says so", async () => {
    const { notion, workspace, gateway, live, source, log, clock } = await withDatabases();
    const [dana] = workspace.people;
    const asDana = createNotionGateway({
      token: workspace.tokens.people[dana?.name ?? ""] ?? "",
      baseUrl: "http://workspace.example",
      plan: "business",
      fetch: workspace.fetch,
      clock,
      throttle: memoryStore(),
      log,
      probe: () => {},
    });
    const row = await notion.createRow({ dataSourceId: source, writes: [] });
    const qa = optionOf(live, "Stage", "QA");
    await asDana.verdict.updatePage(row.pageId, [
      { propertyId: idOf(live, "Stage"), type: "status", value: qa },
    ]);
    expect(await notion.retrievePage(row.pageId)).toMatchObject({
      lastEditedBy: dana?.id,
      createdBy: workspace.botId,
    });
    workspace.control.trash(row.pageId);
    expect(await notion.retrievePage(row.pageId)).toMatchObject({ inTrash: true });
    const write = notion.updatePage(row.pageId, [{ propertyId: "title", type: "title", value: "x" }]);
    expect(await failureOf(write)).toMatchObject({ code: "notion_refused", status: 400 });
    expect((await gateway.pull.queryRows({ dataSourceId: source })).rows).toEqual([]);
  });
});

describe("listings", () => {
  test("rows come page after page, by edit, by key and by project", async () => {
    const { notion, live, source, clientSource, clock } = await withDatabases();
    const client = await notion.createRow({ dataSourceId: clientSource, writes: [] });
    const note = (value: string): PropertyWrite => ({
      propertyId: idOf(live, "Note"),
      type: "rich_text",
      value,
    });
    for (let i = 0; i < 120; i++)
      await notion.createRow({ dataSourceId: source, writes: [note(`row ${i}`)] });
    await clock.advance(120_000);
    const relation: PropertyWrite = {
      propertyId: idOf(live, "Client"),
      type: "relation",
      value: [client.pageId],
    };
    const last = await notion.createRow({ dataSourceId: source, writes: [note("key-7"), relation] });

    const first = await notion.queryRows({ dataSourceId: source, sortBy: "last_edited_time" });
    expect(first.rows).toHaveLength(100);
    expect(first.capped).toBe(false);
    const rest = await notion.queryRows({
      dataSourceId: source,
      sortBy: "last_edited_time",
      cursor: first.cursor ?? "",
    });
    expect(rest.rows).toHaveLength(21);
    expect(rest.cursor).toBe(null);
    expect(rest.rows.at(-1)?.pageId).toBe(last.pageId);
    for (const filter of [
      { kind: "edited-on-or-after", time: startOfTest + 60_000 },
      { kind: "text-equals", propertyId: idOf(live, "Note"), text: "key-7" },
      { kind: "relation-contains", propertyId: idOf(live, "Client"), pageId: client.pageId },
    ] as const) {
      const { rows } = await notion.queryRows({ dataSourceId: source, filter });
      expect(rows.map((row) => row.pageId)).toEqual([last.pageId]);
    }
  });
});

describe("comments and pages", () => {
  test("a comment is written, answered, edited in place and found again by its links", async () => {
    const { notion, workspace, source } = await withDatabases();
    const row = await notion.createRow({ dataSourceId: source, writes: [] });
    const [dana] = workspace.people;
    const comment = await notion.createComment({ pageId: row.pageId }, [
      { person: dana?.id ?? "" },
      { text: " see " },
      { text: "this", link: "https://milepost.example/k/1", bold: true },
      { page: row.pageId },
    ]);
    expect(comment).toMatchObject({ createdBy: workspace.botId });
    expect(comment.links).toContain("https://milepost.example/k/1");
    await notion.createComment({ discussionId: comment.discussionId }, [{ text: "again **plain**" }]);
    await notion.updateComment(comment.commentId, [{ text: "done" }]);
    const { comments, cursor } = await notion.listComments(row.pageId);
    expect(comments.map(({ text, discussionId }) => [text, discussionId])).toEqual([
      ["done", comment.discussionId],
      ["again **plain**", comment.discussionId],
    ]);
    expect(cursor).toBe(null);
  });

  test("pages and rows are made with a text in Markdown", async () => {
    const { notion, workspace, source } = await withDatabases();
    const page = await notion.createPage({
      parentPageId: workspace.rootPageId,
      title: "Start here",
      icon: "🧭",
      markdown: "# Hello\n\nA paragraph.",
    });
    expect(page.dataSourceId).toBe(null);
    expect(page.properties.title).toEqual({ type: "title", value: "Start here", complete: true });
    expect((await notion.listChildren(page.pageId)).children.length).toBeGreaterThan(0);
    const row = await notion.createRow({ dataSourceId: source, writes: [], markdown: "- one\n- two" });
    expect((await notion.listChildren(row.pageId)).children).toHaveLength(2);
  });

  test("the bot knows who and where it is", async () => {
    const { notion, workspace } = start();
    expect(await notion.me()).toEqual({ botId: workspace.botId, workspaceId: workspace.workspaceId });
  });
});

describe("faults of the whole workspace", () => {
  const write = (started: Started & { source: string }, pageId: string) =>
    started.notion.updatePage(pageId, [{ propertyId: "title", type: "title", value: "new" }]);
  test.each<[string, Fault, Record<string, unknown>]>([
    [
      "429",
      { status: 429, code: "rate_limited", headers: { "retry-after": "600" } },
      { code: "notion_throttled" },
    ],
    ["529", { status: 529, code: "service_overload" }, { code: "notion_throttled" }],
    ["409", { status: 409, code: "conflict_error" }, { code: "notion_conflict" }],
    ["502 in HTML", { status: 502, html: "<html></html>" }, { code: "notion_unknown", status: 502 }],
    ["504", { status: 504, code: "gateway_timeout" }, { code: "notion_unknown", status: 504 }],
    ["a reset", "reset", { code: "notion_unknown", status: null }],
    ["an empty answer", "empty", { code: "notion_unknown" }],
    ["a truncated answer", "truncated", { code: "notion_unknown" }],
  ])("%s is told apart, and the page can be read afterwards", async (_name, fault, expected) => {
    const started = await withDatabases();
    const { notion, workspace, source, clock } = started;
    const row = await notion.createRow({ dataSourceId: source, writes: [] });
    workspace.control.setHook({ before: () => fault });
    expect(await failureOf(write(started, row.pageId))).toMatchObject(expected);
    workspace.control.setHook(null);
    await clock.advance(600_000);
    expect((await notion.retrievePage(row.pageId)).properties.title?.value).toBe("");
  });

  test("a write that hangs after it was saved is given up, and the page shows the new value", async () => {
    const started = await withDatabases();
    const { notion, workspace, source, clock } = started;
    const row = await notion.createRow({ dataSourceId: source, writes: [] });
    workspace.control.setHook({ after: () => "hang" });
    const failed = failureOf(write(started, row.pageId));
    await clock.advance(60_000);
    expect(await failed).toMatchObject({ code: "notion_unknown", status: null });
    workspace.control.setHook(null);
    expect((await notion.retrievePage(row.pageId)).properties.title?.value).toBe("new");
  });

  test("a page that is not there, and a token that is not known, are told apart", async () => {
    const { notion, workspace, clock, log } = start();
    const missing = notion.retrievePage("99999999-9999-8999-8999-999999999999");
    expect(await failureOf(missing)).toMatchObject({ code: "notion_not_found", status: 404 });
    const stranger = createNotionGateway({
      token: "ntn_unknown",
      baseUrl: "http://workspace.example",
      plan: "business",
      fetch: workspace.fetch,
      clock,
      throttle: memoryStore(),
      log,
      probe: () => {},
    });
    expect(await failureOf(stranger.verdict.me())).toMatchObject({ code: "notion_unauthorized" });
  });

  test("the clocks agree", async () => {
    const { gateway, notion } = start();
    await notion.me();
    expect(gateway.skew()).toBe(0);
  });
});
