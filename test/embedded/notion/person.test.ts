import { beforeEach, describe, expect, it } from "vitest";
import {
  createDatabase,
  createRow,
  type Loose,
  openWorkspace,
  refusal,
  text,
  titlesOf,
} from "./open-workspace.ts";

let opened: ReturnType<typeof openWorkspace>;
beforeEach(() => {
  opened = openWorkspace();
});

const tasks = async () => {
  const { bot, workspace } = opened;
  const ids = await createDatabase(bot, workspace.rootPageId, "Tasks", {
    Name: { title: {} },
    Kind: { select: { options: [{ name: "Bug" }, { name: "Task" }] } },
    Stage: { status: {} },
    Points: { number: {} },
  });
  const row = await createRow(bot, ids.dataSourceId, {
    Name: { title: text("Fix") },
    Kind: { select: { name: "Bug" } },
    Stage: { status: { name: "Done" } },
    Points: { number: 3 },
  });
  const read = async (): Promise<Loose> =>
    ((await bot.pages.retrieve({ page_id: row.id })) as Loose).properties;
  const schema = async (): Promise<Loose> =>
    ((await bot.dataSources.retrieve({ data_source_id: ids.dataSourceId })) as Loose).properties;
  return { ...ids, row, read, schema, control: workspace.control };
};

const lastAuthor = (): string => {
  const [entry] = opened.workspace.control.journal().slice(-1);
  return entry?.actor.kind ?? "";
};

describe("a person who edits the schema in Notion", () => {
  it("renames, deletes and retypes properties, of which rows and journal tell", async () => {
    const { dataSourceId, control, read, schema } = await tasks();
    control.renameProperty(dataSourceId, "Points", "Effort");
    expect((await read()).Effort.number).toBe(3);
    control.retypeProperty(dataSourceId, "Effort", { rich_text: {} }, "Pablo Ortiz");
    expect((await read()).Effort.rich_text[0].plain_text).toBe("3");
    control.deleteProperty(dataSourceId, "Effort");
    expect(Object.keys(await schema())).toEqual(["Name", "Kind", "Stage"]);
    expect(lastAuthor()).toBe("person");
    expect(() => control.renameProperty(dataSourceId, "Nope", "x")).toThrow(RangeError);
  });

  it("renames and deletes options, which rows keep and lose", async () => {
    const { dataSourceId, control, read, schema } = await tasks();
    control.renameOption(dataSourceId, "Kind", "Bug", "Defect");
    expect((await read()).Kind.select.name).toBe("Defect");
    control.deleteOption(dataSourceId, "Kind", "Defect");
    expect((await read()).Kind.select).toBeNull();
    control.deleteOption(dataSourceId, "Stage", "Done");
    expect((await read()).Stage.status.name).toBe("Not started");
    const { groups } = (await schema()).Stage.status;
    expect(groups.map((group: Loose) => group.option_ids.length)).toEqual([1, 1, 0]);
    expect(() => control.deleteOption(dataSourceId, "Kind", "Nope")).toThrow(RangeError);
  });

  it("adds a data source, which the database then lists", async () => {
    const { databaseId, control } = await tasks();
    const id = control.addDataSource(databaseId, "Archive", { Name: { title: {} } });
    const database: Loose = await opened.bot.databases.retrieve({ database_id: databaseId });
    expect(database.data_sources.map(({ name }: Loose) => name)).toEqual(["Tasks", "Archive"]);
    expect(database.data_sources[1].id).toBe(id);
  });

  it("invites a guest, who can be assigned and read but is not listed", async () => {
    const { bot, workspace } = opened;
    const guest = workspace.control.addGuest("Greta Guest", "greta@client.example");
    expect((await bot.users.retrieve({ user_id: guest })).name).toBe("Greta Guest");
    expect((await bot.users.list({})).results.some(({ id }) => id === guest)).toBe(false);
  });
});

describe("a template", () => {
  it("arrives after the answer, with its values and blocks, and is no row itself", async () => {
    const { bot, clock } = opened;
    const { dataSourceId, control } = await tasks();
    const template = control.addTemplate(dataSourceId, {
      name: "Bug report",
      properties: { Points: { number: 8 }, Kind: { select: { name: "Bug" } } },
      markdown: "## Steps\n\n- one\n- two",
    });
    const made = await bot.pages.create({
      parent: { data_source_id: dataSourceId },
      properties: { Name: { title: text("Broken") }, Kind: { select: { name: "Task" } } },
      template: { type: "template_id", template_id: template },
    });
    const blocks = async () => (await bot.blocks.children.list({ block_id: made.id })).results;
    expect(await blocks()).toEqual([]);
    await clock.advance(10_000);
    const { properties }: Loose = await bot.pages.retrieve({ page_id: made.id });
    expect(properties).toMatchObject({ Points: { number: 8 }, Kind: { select: { name: "Task" } } });
    expect(await blocks()).toHaveLength(3);
    const rows = await bot.dataSources.query({ data_source_id: dataSourceId });
    expect(titlesOf(rows).sort()).toEqual(["Broken", "Fix"]);
  });

  it("replaces what the page held only when it arrives, and excludes content of the request", async () => {
    const { bot, clock } = opened;
    const { dataSourceId, control, row } = await tasks();
    control.addTemplate(dataSourceId, { name: "Plain", markdown: "new", isDefault: true });
    await bot.blocks.children.append({ block_id: row.id, children: [{ divider: {} }, { divider: {} }] });
    await bot.pages.update({ page_id: row.id, template: { type: "default" }, erase_content: true });
    expect((await bot.blocks.children.list({ block_id: row.id })).results).toHaveLength(2);
    await clock.advance(10_000);
    expect((await bot.blocks.children.list({ block_id: row.id })).results).toMatchObject([
      { type: "paragraph" },
    ]);
    const parent = { data_source_id: dataSourceId };
    const both = bot.pages.create({ parent, template: { type: "default" }, children: [{ divider: {} }] });
    expect((await refusal(both)).message).toMatch(/body\.children should be not present/);
  });
});

describe("a move", () => {
  it("takes a page below another one or into a data source, with what lies below it", async () => {
    const { bot, workspace } = opened;
    const { dataSourceId } = await tasks();
    const page = (parent: string, title: string): Promise<Loose> =>
      bot.pages.create({
        parent: { page_id: parent },
        properties: { title: { title: text(title) } },
      }) as Promise<Loose>;
    const plan = await page(workspace.rootPageId, "Plan");
    const part = await page(plan.id, "Part");
    const other = await page(workspace.rootPageId, "Other");
    await bot.pages.move({ page_id: plan.id, parent: { page_id: other.id } });
    const shown = async (id: string) =>
      (await bot.blocks.children.list({ block_id: id })).results.map((block) => block.id);
    expect(await shown(other.id)).toEqual([plan.id]);
    expect(await shown(workspace.rootPageId)).not.toContain(plan.id);
    const moved: Loose = await bot.pages.move({ page_id: plan.id, parent: { data_source_id: dataSourceId } });
    expect(moved.properties.Name.title[0].plain_text).toBe("Plan");
    expect(titlesOf(await bot.dataSources.query({ data_source_id: dataSourceId }))).toContain("Plan");
    expect(await shown(other.id)).toEqual([]);
    expect(await shown(plan.id)).toEqual([part.id]);
    expect(opened.workspace.control.journal().filter(({ kind }) => kind === "page.moved")).toHaveLength(2);
    const below = bot.pages.move({ page_id: other.id, parent: { page_id: other.id } });
    expect(await refusal(below)).toMatchObject({ code: "validation_error" });
  });

  it("leaves the data source that a row belonged to, and its two-way relations", async () => {
    const { bot, workspace } = opened;
    const { dataSourceId, row } = await tasks();
    const notes = await createDatabase(bot, workspace.rootPageId, "Notes", {
      Task: { relation: { data_source_id: dataSourceId, type: "dual_property", dual_property: {} } },
    });
    const note = await createRow(bot, notes.dataSourceId, { Task: { relation: [{ id: row.id }] } });
    await bot.pages.move({ page_id: row.id, parent: { page_id: workspace.rootPageId } });
    expect(titlesOf(await bot.dataSources.query({ data_source_id: dataSourceId }))).toEqual([]);
    const left: Loose = await bot.pages.retrieve({ page_id: note.id });
    expect(left.properties.Task.relation).toEqual([]);
  });

  it("takes a database to another page and a data source to another database", async () => {
    const { bot, workspace } = opened;
    const { databaseId, dataSourceId, control } = await tasks();
    const page = await bot.pages.create({ parent: { page_id: workspace.rootPageId } });
    const moved: Loose = await bot.databases.update({
      database_id: databaseId,
      parent: { type: "page_id", page_id: page.id },
    });
    expect(moved.parent.page_id).toBe(page.id);
    const other = await createDatabase(bot, workspace.rootPageId, "Other", {});
    const parent = { database_id: other.databaseId };
    const only = bot.dataSources.update({ data_source_id: dataSourceId, parent } as never);
    expect(await refusal(only)).toMatchObject({ code: "validation_error" });
    control.addDataSource(databaseId, "Second", {});
    await bot.dataSources.update({ data_source_id: dataSourceId, parent } as never);
    const { data_sources }: Loose = await bot.databases.retrieve({ database_id: other.databaseId });
    expect(data_sources).toHaveLength(2);
  });
});
