import { describe, expect, it } from "vitest";
import { allCapabilities } from "../../../src/embedded/notion/capability.ts";
import { createDatabase, createRow, type Loose, openWorkspace, refusal, text } from "./open-workspace.ts";

const forbidden = { status: 403, code: "restricted_resource" };
const unknown = { status: 404, code: "object_not_found" };

const openRow = async () => {
  const opened = openWorkspace();
  const ids = await createDatabase(opened.bot, opened.workspace.rootPageId, "Tasks", {
    Owner: { people: {} },
  });
  const [dana] = opened.workspace.people;
  const row = await createRow(opened.bot, ids.dataSourceId, { Owner: { people: [{ id: dana?.id }] } });
  const without = (...lost: string[]): void =>
    opened.workspace.control.setCapabilities(allCapabilities.filter((name) => !lost.includes(name)));
  return { ...opened, ...ids, row, dana, without };
};

describe("a connection", () => {
  it("is refused what its capabilities leave out", async () => {
    const { bot, row, dataSourceId, without } = await openRow();
    without("read_content");
    expect(await refusal(bot.pages.retrieve({ page_id: row.id }))).toMatchObject(forbidden);
    expect(await refusal(bot.dataSources.query({ data_source_id: dataSourceId }))).toMatchObject(forbidden);
    without("update_content");
    expect(await refusal(bot.pages.update({ page_id: row.id, in_trash: true }))).toMatchObject(forbidden);
    without("insert_content");
    expect(await refusal(createRow(bot, dataSourceId, {}))).toMatchObject(forbidden);
    without("read_comments");
    expect(await refusal(bot.comments.list({ block_id: row.id }))).toMatchObject(forbidden);
    without("insert_comments");
    const comment = { parent: { page_id: row.id }, rich_text: text("a") };
    expect(await refusal(bot.comments.create(comment))).toMatchObject(forbidden);
    without("read_users");
    expect(await refusal(bot.users.list({}))).toMatchObject(forbidden);
    expect((await bot.users.me({})).type).toBe("bot");
  });

  it("that may only insert gets partial objects back", async () => {
    const { bot, row, dataSourceId, workspace } = await openRow();
    workspace.control.setCapabilities(["insert_content", "insert_comments"]);
    const page = await createRow(bot, dataSourceId, {});
    expect(page).toEqual({ object: "page", id: page.id });
    const comment: Loose = await bot.comments.create({ parent: { page_id: row.id }, rich_text: text("a") });
    expect(comment).toEqual({ object: "comment", id: comment.id });
  });

  it("sees of people what its user information allows", async () => {
    const { bot, row, dana, without } = await openRow();
    const owner = async (): Promise<Loose> =>
      ((await bot.pages.retrieve({ page_id: row.id })) as Loose).properties.Owner.people[0];
    expect((await owner()).person).toEqual({ email: dana?.email });
    without("read_user_emails");
    expect((await owner()).person).toEqual({});
    expect((await owner()).name).toBe(dana?.name);
    without("read_users", "read_user_emails");
    expect(await owner()).toEqual({ object: "user", id: dana?.id });
  });

  it("loses and regains what a person unshares and shares, with all that lies below", async () => {
    const { bot, row, databaseId, dataSourceId, workspace } = await openRow();
    const { control } = workspace;
    control.unshare(databaseId);
    expect(await refusal(bot.databases.retrieve({ database_id: databaseId }))).toMatchObject(unknown);
    expect(await refusal(bot.pages.retrieve({ page_id: row.id }))).toMatchObject(unknown);
    control.share(row.id);
    expect((await bot.pages.retrieve({ page_id: row.id })).id).toBe(row.id);
    expect(await refusal(bot.dataSources.query({ data_source_id: dataSourceId }))).toMatchObject(unknown);
    control.share(databaseId);
    expect((await bot.dataSources.query({ data_source_id: dataSourceId })).results).toHaveLength(1);
  });

  it("does not see relations to what is not shared with it, nor is told of them", async () => {
    const { bot, databaseId, dataSourceId, row, workspace } = await openRow();
    const other = await createDatabase(bot, workspace.rootPageId, "Notes", {
      Task: { relation: { data_source_id: dataSourceId, single_property: {} } },
      Count: { rollup: { relation_property_name: "Task", rollup_property_name: "Name", function: "count" } },
    });
    const note = await createRow(bot, other.dataSourceId, { Task: { relation: [{ id: row.id }] } });
    const read = async (): Promise<Loose> =>
      ((await bot.pages.retrieve({ page_id: note.id })) as Loose).properties;
    expect((await read()).Count.rollup.number).toBe(1);
    workspace.control.unshare(databaseId);
    expect(await read()).toMatchObject({
      Task: { relation: [], has_more: false },
      Count: { rollup: { number: 0 } },
    });
  });
});

describe("a free workspace with several members", () => {
  it("refuses the connection's next block at its limit, keeps nothing of it, and lets people write", async () => {
    const { bot, dana, workspace } = openWorkspace();
    const parent = { page_id: workspace.rootPageId };
    const children = [{ paragraph: { rich_text: text("a") } }, { paragraph: { rich_text: text("b") } }];
    const page = await bot.pages.create({ parent, children });
    workspace.control.setBlockLimit(4);
    await expect(bot.blocks.children.append({ block_id: page.id, children })).rejects.toMatchObject({
      ...forbidden,
      additional_data: { block_limit: "block_creation" },
    });
    expect((await bot.blocks.children.list({ block_id: page.id })).results).toHaveLength(2);
    await bot.pages.update({ page_id: page.id, icon: { emoji: "🎯" } });
    expect((await dana.blocks.children.append({ block_id: page.id, children })).results).toHaveLength(2);
    workspace.control.setBlockLimit(null);
    await bot.blocks.children.append({ block_id: page.id, children });
  });
});
