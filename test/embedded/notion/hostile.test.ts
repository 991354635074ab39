import { describe, expect, it } from "vitest";
import {
  createDatabase,
  createRow,
  type Loose,
  openWorkspace,
  refusal,
  text,
  titlesOf,
} from "./open-workspace.ts";

const open = async (properties: Loose = {}) => {
  const office = openWorkspace();
  const { workspace, bot } = office;
  const tasks = await createDatabase(bot, workspace.rootPageId, "Tasks", {
    Name: { title: {} },
    ...properties,
  });
  const row = await createRow(bot, tasks.dataSourceId, { Name: { title: text("One") } });
  const send = async (
    method: string,
    path: string,
    body: unknown,
  ): Promise<{ status: number; body: Loose }> => {
    const response = await workspace.fetch(`http://workspace/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${workspace.tokens.bot}`, "notion-version": "2026-03-11" },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Loose };
  };
  return { ...office, ...tasks, rowId: String(row.id), send };
};

const archived = "Can't edit block that is archived. You must unarchive the block before editing.";

describe("a request that means harm", () => {
  it.each(["constructor", "toString", "hasOwnProperty"])(
    "naming %s is refused wherever names are looked up",
    async (name) => {
      const { send, dataSourceId, rowId } = await open({ Due: { date: {} } });
      const bodies: [string, string, unknown][] = [
        ["PATCH", `blocks/${rowId}/children`, { children: [{ [name]: {} }] }],
        ["PATCH", `blocks/${rowId}/children`, { children: [{ type: name, [name]: {} }] }],
        ["PATCH", `data_sources/${dataSourceId}`, { properties: { Bad: { [name]: {} } } }],
        [
          "POST",
          `data_sources/${dataSourceId}/query`,
          { filter: { property: "Name", title: { [name]: "a" } } },
        ],
        [
          "POST",
          `data_sources/${dataSourceId}/query`,
          { filter: { property: "Due", date: { equals: name } } },
        ],
        [
          "POST",
          `data_sources/${dataSourceId}/query`,
          { filter: { timestamp: name, [name]: { equals: "today" } } },
        ],
      ];
      for (const [method, path, body] of bodies) {
        expect({ body, status: (await send(method, path, body)).status }).toEqual({ body, status: 400 });
      }
    },
  );

  it("with half a megabyte of quotes is answered at once", async () => {
    const { send, rowId } = await open();
    expect((await send("PATCH", `pages/${rowId}`, `"${'\\"'.repeat(240_000)}`)).body.code).toBe(
      "invalid_json",
    );
    expect((await send("PATCH", `pages/${rowId}`, `{"a":"${"b".repeat(490_000)}"}`)).body.code).toBe(
      "validation_error",
    );
  });

  it("cannot make a page's content grow without bound", async () => {
    const { send, rowId } = await open();
    await send("PATCH", `pages/${rowId}/markdown`, {
      type: "replace_content",
      replace_content: { new_str: "a" },
    });
    const update = { old_str: "a", new_str: "aaaaaaaaaa", replace_all_matches: true };
    const answer = await send("PATCH", `pages/${rowId}/markdown`, {
      type: "update_content",
      update_content: { content_updates: Array.from({ length: 10 }, () => update) },
    });
    expect(answer).toMatchObject({ status: 400, body: { code: "validation_error" } });
  });

  it("cannot put a data source below one of its own rows", async () => {
    const { bot, dataSourceId, databaseId, rowId, send } = await open();
    await bot.dataSources.create({
      parent: { database_id: databaseId },
      properties: { Name: { title: {} } },
    });
    const below = await createDatabase(bot, rowId, "Below", { Name: { title: {} } });
    const answer = await send("PATCH", `data_sources/${dataSourceId}`, {
      parent: { database_id: below.databaseId },
    });
    expect(answer).toMatchObject({ status: 400, body: { code: "validation_error" } });
  });
});

describe("what lies in the trash", () => {
  it("takes no new row, no moved page and no data source", async () => {
    const { bot, workspace, databaseId, dataSourceId } = await open();
    const other = await createDatabase(bot, workspace.rootPageId, "Other", { Name: { title: {} } });
    await bot.dataSources.create({
      parent: { database_id: other.databaseId },
      properties: { Name: { title: {} } },
    });
    const page = await createRow(bot, other.dataSourceId, { Name: { title: text("Two") } });
    await bot.databases.update({ database_id: databaseId, in_trash: true });
    const named = { Name: { title: text("Three") } };
    expect((await refusal(createRow(bot, dataSourceId, named))).message).toBe(archived);
    const parent = { data_source_id: dataSourceId };
    expect((await refusal(bot.pages.move({ page_id: page.id, parent }))).message).toBe(archived);
    const moved = bot.dataSources.update({
      data_source_id: other.dataSourceId,
      parent: { database_id: databaseId },
    });
    expect((await refusal(moved)).message).toBe(archived);
  });
});

describe("a row that a person took away from the connection", () => {
  it("is in none of its queries, and its block is not there", async () => {
    const { bot, dana, workspace, dataSourceId, databaseId, rowId } = await open();
    const view: Loose = await bot.views.create({
      database_id: databaseId,
      data_source_id: dataSourceId,
      name: "All",
      type: "table",
    } as never);
    workspace.control.unshare(rowId);
    expect((await bot.dataSources.query({ data_source_id: dataSourceId })).results).toEqual([]);
    expect((await bot.views.queries.create({ view_id: view.id })).total_count).toBe(0);
    expect(titlesOf(await dana.dataSources.query({ data_source_id: dataSourceId }))).toEqual(["One"]);
    const child = await bot.pages.create({
      parent: { page_id: workspace.rootPageId },
      properties: { title: { title: text("Secret") } },
    });
    workspace.control.unshare(child.id);
    const listed = await bot.blocks.children.list({ block_id: workspace.rootPageId });
    expect(listed.results.map(({ id }) => id)).not.toContain(child.id);
    expect((await refusal(bot.blocks.retrieve({ block_id: child.id }))).status).toBe(404);
    expect((await refusal(bot.blocks.delete({ block_id: child.id }))).status).toBe(404);
    expect(await dana.pages.retrieve({ page_id: child.id })).toMatchObject({ in_trash: false });
  });

  it("can be trashed by the connection when it was shared by itself", async () => {
    const { bot, workspace, rowId } = await open();
    workspace.control.share(rowId);
    expect(await bot.pages.update({ page_id: rowId, in_trash: true })).toMatchObject({ in_trash: true });
  });
});

describe("a two-way relation", () => {
  const related = async () => {
    const office = await open();
    const { bot, workspace, dataSourceId, rowId } = office;
    const projects = await createDatabase(bot, workspace.rootPageId, "Projects", { Name: { title: {} } });
    const project = await createRow(bot, projects.dataSourceId, { Name: { title: text("P") } });
    const dual = { relation: { data_source_id: projects.dataSourceId, dual_property: {} } };
    await bot.dataSources.update({ data_source_id: dataSourceId, properties: { Project: dual } as never });
    await bot.pages.update({ page_id: rowId, properties: { Project: { relation: [{ id: project.id }] } } });
    const typesOf = async (id: string) =>
      Object.values((await bot.dataSources.retrieve({ data_source_id: id })).properties).map(
        ({ type }) => type,
      );
    return { ...office, projects, typesOf };
  };

  it.each([
    ["a text", { rich_text: {} }],
    ["a one-way relation", null],
  ])("that becomes %s takes its twin along", async (_name, definition) => {
    const { bot, dataSourceId, projects, typesOf } = await related();
    const single = { relation: { data_source_id: projects.dataSourceId, single_property: {} } };
    expect(await typesOf(projects.dataSourceId)).toContain("relation");
    const properties = { Project: definition ?? single } as never;
    await bot.dataSources.update({ data_source_id: dataSourceId, properties });
    expect(await typesOf(projects.dataSourceId)).toEqual(["title"]);
  });

  it("that points elsewhere forgets the pages it pointed to", async () => {
    const { bot, workspace, dataSourceId, rowId, projects, typesOf } = await related();
    const other = await createDatabase(bot, workspace.rootPageId, "Other", { Name: { title: {} } });
    const properties = { Project: { relation: { data_source_id: other.dataSourceId, dual_property: {} } } };
    await bot.dataSources.update({ data_source_id: dataSourceId, properties: properties as never });
    const page: Loose = await bot.pages.retrieve({ page_id: rowId });
    expect(page.properties.Project.relation).toEqual([]);
    expect(await typesOf(projects.dataSourceId)).toEqual(["title"]);
    expect(await typesOf(other.dataSourceId)).toContain("relation");
  });
});

describe("a template", () => {
  it("follows its data source's schema, and the pages made from it read well", async () => {
    const { bot, clock, workspace, dataSourceId } = await open({ Kind: { select: {} }, Tag: { select: {} } });
    const properties = { Kind: { select: { name: "Bug" } }, Tag: { select: { name: "Old" } } };
    const templateId = workspace.control.addTemplate(dataSourceId, { name: "T", properties });
    workspace.control.retypeProperty(dataSourceId, "Kind", { rich_text: {} });
    workspace.control.deleteOption(dataSourceId, "Tag", "Old");
    const page = await bot.pages.create({
      parent: { data_source_id: dataSourceId },
      template: { type: "template_id", template_id: templateId },
    });
    await clock.advance(60_000);
    const made: Loose = await bot.pages.retrieve({ page_id: page.id });
    expect(made.properties.Kind.rich_text[0].plain_text).toBe("Bug");
    expect(made.properties.Tag.select).toBeNull();
  });
});

describe("a date that does not exist", () => {
  it.each(["2026-02-31", "2026-13-01", "2026-02-30T10:00:00Z"])("is refused: %s", async (start) => {
    const { bot, rowId } = await open({ Due: { date: {} } });
    const update = bot.pages.update({ page_id: rowId, properties: { Due: { date: { start } } } });
    expect((await refusal(update)).code).toBe("validation_error");
  });
});

describe("a cursor", () => {
  it("goes on only with the query that gave it", async () => {
    const { bot, workspace, dataSourceId } = await open();
    const other = await createDatabase(bot, workspace.rootPageId, "Other", { Name: { title: {} } });
    await createRow(bot, dataSourceId, { Name: { title: text("Two") } });
    const first = await bot.dataSources.query({ data_source_id: dataSourceId, page_size: 1 });
    const start_cursor = first.next_cursor ?? "";
    const message = `The start_cursor provided is invalid: ${start_cursor}`;
    const sorts = [{ property: "Name", direction: "ascending" as const }];
    for (const query of [{ data_source_id: other.dataSourceId }, { data_source_id: dataSourceId, sorts }]) {
      expect((await refusal(bot.dataSources.query({ ...query, start_cursor }))).message).toBe(message);
    }
    const rest = await bot.dataSources.query({ data_source_id: dataSourceId, start_cursor });
    expect(rest.results).toHaveLength(1);
  });
});

describe("what the workspace keeps", () => {
  it("of finished webhook events is their count", async () => {
    const { clock, database, workspace, bot, rowId } = await (async () => {
      const office = openWorkspace({ fetch: async () => new Response(null, { status: 200 }) });
      const tasks = await createDatabase(office.bot, office.workspace.rootPageId, "Tasks", {
        Name: { title: {} },
      });
      const row = await createRow(office.bot, tasks.dataSourceId, { Name: { title: text("One") } });
      return { ...office, rowId: row.id };
    })();
    workspace.control.subscribe({ url: "https://milepost.example/hook", verificationToken: "secret_a" });
    for (let index = 0; index < 5; index++) {
      await bot.pages.update({ page_id: rowId, properties: { Name: { title: text(`${index}`) } } });
      await clock.advance(2 * 3_600_000);
    }
    expect(workspace.control.webhooks()).toMatchObject({ pending: 0, delivered: 5 });
    const [row] = database.exec("SELECT count(*) AS count FROM webhook_events");
    expect(Number(row?.count)).toBeLessThanOrEqual(2);
  });

  it("of view queries is two hundred at most", async () => {
    const { bot, database, databaseId, dataSourceId } = await open();
    const view: Loose = await bot.views.create({
      database_id: databaseId,
      data_source_id: dataSourceId,
      name: "All",
      type: "table",
    } as never);
    for (let index = 0; index < 210; index++) await bot.views.queries.create({ view_id: view.id });
    const [row] = database.exec("SELECT count(*) AS count FROM expiring");
    expect(row?.count).toBe(200);
  });
});

describe("a page's place among blocks", () => {
  it("is found only among the blocks of its parent", async () => {
    const { bot, workspace, rowId } = await open();
    const paragraph = { paragraph: { rich_text: text("p") } };
    const added = await bot.blocks.children.append({ block_id: rowId, children: [paragraph] });
    const after_block = { id: added.results[0]?.id ?? "" };
    const created = bot.pages.create({
      parent: { page_id: workspace.rootPageId },
      properties: { title: { title: text("Child") } },
      position: { type: "after_block", after_block },
    });
    expect((await refusal(created)).code).toBe("validation_error");
  });
});

describe("an automation", () => {
  it("sends its own headers but never another content type", async () => {
    const heard: Headers[] = [];
    const { bot, clock, workspace } = openWorkspace({
      fetch: async (_url, init) => {
        heard.push(new Headers(init?.headers));
        return new Response(null);
      },
    });
    const tasks = await createDatabase(bot, workspace.rootPageId, "Tasks", { Name: { title: {} } });
    workspace.control.createAutomation({
      url: "https://milepost.example/a",
      dataSourceId: tasks.dataSourceId,
      headers: { "Content-Type": "text/plain", "X-Key": "k" },
    });
    await createRow(bot, tasks.dataSourceId, { Name: { title: text("One") } });
    await clock.advance(10_000);
    expect(heard.map((headers) => [headers.get("content-type"), headers.get("x-key")])).toEqual([
      ["application/json", "k"],
    ]);
  });
});

describe("a moved data source", () => {
  it("takes its views along", async () => {
    const { bot, workspace, databaseId, dataSourceId } = await open();
    await bot.dataSources.create({
      parent: { database_id: databaseId },
      properties: { Name: { title: {} } },
    });
    const other = await createDatabase(bot, workspace.rootPageId, "Other", { Name: { title: {} } });
    const before = await bot.views.list({ data_source_id: dataSourceId });
    await bot.dataSources.update({ data_source_id: dataSourceId, parent: { database_id: other.databaseId } });
    expect((await bot.views.list({ data_source_id: dataSourceId })).results).toEqual(before.results);
    expect((await bot.views.list({ database_id: databaseId })).results).toEqual([]);
  });
});
