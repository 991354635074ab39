import {
  Client,
  collectAllDataSourceRows,
  collectDataSourceTemplates,
  collectPaginatedAPI,
  iterateAllDataSourceRows,
  iterateDataSourceTemplates,
  iteratePaginatedAPI,
  signWebhookPayload,
  verifyWebhookSignature,
} from "@notionhq/client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { operations } from "../../src/embedded/notion/api/operations.ts";
import { createDatabase, type Loose, text } from "./notion/open-workspace.ts";
import { type Office, openOffice } from "./ui/support.ts";

let office: Office;
let bot: Client;
beforeEach(async () => {
  office = await openOffice();
  bot = new Client({
    auth: office.workspace.tokens.bot,
    baseUrl: office.server.url,
    notionVersion: "2026-03-11",
    retry: false,
  });
});
afterEach(() => office.server.close());

/** The SDK's types lack parts of the API; answers are read as plain JSON. */
const loose = (answer: Promise<unknown>): Promise<Loose> => answer as Promise<Loose>;

const openTasks = async () => {
  const root = office.workspace.rootPageId;
  const ids = await createDatabase(bot, root, "Tasks", { Name: { title: {} }, Stage: { status: {} } });
  const row = (name: string): Promise<Loose> =>
    loose(
      bot.pages.create({
        parent: { data_source_id: ids.dataSourceId },
        properties: { Name: { title: text(name) } },
      }),
    );
  return { ...ids, root, row };
};

const nameOf = (page: unknown): string => (page as Loose).properties.Name.title[0].plain_text;

const usePages = async (root: string, dataSourceId: string): Promise<string> => {
  const page = await loose(
    bot.pages.create({ parent: { page_id: root }, properties: { title: { title: text("Plan") } } }),
  );
  await bot.pages.update({ page_id: page.id, icon: { emoji: "🎯" } });
  await bot.pages.retrieve({ page_id: page.id });
  await bot.pages.properties.retrieve({ page_id: page.id, property_id: "title" });
  await bot.pages.updateMarkdown({
    page_id: page.id,
    type: "insert_content",
    insert_content: { content: "one\n\ntwo" },
  });
  expect((await bot.pages.retrieveMarkdown({ page_id: page.id })).markdown).toContain("two");
  const below = await loose(bot.pages.create({ parent: { page_id: root } }));
  const moved = await loose(bot.pages.move({ page_id: below.id, parent: { data_source_id: dataSourceId } }));
  expect(moved.parent.data_source_id).toBe(dataSourceId);
  return page.id;
};

const useBlocks = async (pageId: string): Promise<void> => {
  const children = [{ paragraph: { rich_text: text("three") } }];
  const { results } = await bot.blocks.children.append({ block_id: pageId, children });
  const block_id = results[0]?.id ?? "";
  await bot.blocks.update({ block_id, paragraph: { rich_text: text("four") } });
  await bot.blocks.retrieve({ block_id });
  await bot.blocks.delete({ block_id });
  await bot.blocks.children.list({ block_id: pageId });
};

const useDatabases = async (databaseId: string, dataSourceId: string): Promise<void> => {
  await bot.databases.retrieve({ database_id: databaseId });
  await bot.databases.update({ database_id: databaseId, description: text("work") });
  const second = await bot.dataSources.create({ parent: { database_id: databaseId }, properties: {} });
  await bot.dataSources.update({ data_source_id: second.id, in_trash: true });
  await bot.dataSources.retrieve({ data_source_id: dataSourceId });
  await bot.dataSources.query({ data_source_id: dataSourceId });
  await bot.dataSources.listTemplates({ data_source_id: dataSourceId });
  await bot.search({ query: "Tasks" });
};

const useComments = async (pageId: string): Promise<void> => {
  const { id } = await bot.comments.create({ parent: { page_id: pageId }, rich_text: text("hi") });
  await bot.comments.update({ comment_id: id, markdown: "**hi**" });
  await bot.comments.retrieve({ comment_id: id });
  expect((await bot.comments.list({ block_id: pageId })).results).toHaveLength(1);
  await bot.comments.delete({ comment_id: id });
};

const useViews = async (databaseId: string, dataSourceId: string): Promise<void> => {
  const source = { database_id: databaseId, data_source_id: dataSourceId };
  const { id: view_id } = await bot.views.create({ ...source, name: "All", type: "table" });
  await bot.views.update({ view_id, name: "Every" });
  await bot.views.retrieve({ view_id });
  await bot.views.list({ database_id: databaseId });
  const { id: query_id } = await bot.views.queries.create({ view_id });
  await bot.views.queries.results({ view_id, query_id });
  await bot.views.queries.delete({ view_id, query_id });
  await bot.views.delete({ view_id });
};

const useAsyncTasks = async (root: string): Promise<void> => {
  const task = await loose(
    bot.pages.create({ parent: { page_id: root }, markdown: "later", allow_async: true }),
  );
  if (task.object === "async_task") await bot.asyncTasks.retrieve({ task_id: task.id });
};

describe("the official SDK over HTTP", () => {
  it("does everything that the workspace offers", async () => {
    const { databaseId, dataSourceId, root } = await openTasks();
    const me = await bot.users.me({});
    await bot.users.list({});
    await bot.users.retrieve({ user_id: me.id });
    const pageId = await usePages(root, dataSourceId);
    await useBlocks(pageId);
    await useDatabases(databaseId, dataSourceId);
    await useComments(pageId);
    await useViews(databaseId, dataSourceId);
    await useAsyncTasks(root);
    const answered = office.workspace.control.requests();
    expect(answered.filter(({ status }) => status >= 300)).toEqual([]);
    const used = new Set(answered.map(({ operation }) => operation));
    const offered = operations.filter(({ until }) => until === undefined).map(({ name }) => name);
    expect(offered.filter((name) => !used.has(name))).toEqual([]);
  });

  it("pages through lists with its iterators", async () => {
    const { dataSourceId, row } = await openTasks();
    const names = ["a", "b", "c", "d", "e"];
    for (const name of names) await row(name);
    const args = { data_source_id: dataSourceId, page_size: 2 };
    const collected = await collectPaginatedAPI(bot.dataSources.query, args);
    expect(collected.map(nameOf).sort()).toEqual(names);
    const iterated: string[] = [];
    for await (const user of iteratePaginatedAPI(bot.users.list, { page_size: 2 })) iterated.push(user.id);
    expect(new Set(iterated).size).toBe(office.workspace.people.length + 1);
  });

  it("reads all rows of a data source in windows of their creation", async () => {
    const { dataSourceId, row } = await openTasks();
    for (const name of ["a", "b", "c"]) {
      await row(name);
      office.clock.advance(60_000);
    }
    const args = { data_source_id: dataSourceId, page_size: 2 };
    expect((await collectAllDataSourceRows(bot, args)).map(nameOf).sort()).toEqual(["a", "b", "c"]);
    const iterated: string[] = [];
    for await (const page of iterateAllDataSourceRows(bot, args)) iterated.push(nameOf(page));
    expect(iterated.sort()).toEqual(["a", "b", "c"]);
  });

  it("lists templates and applies one, which arrives after the answer", async () => {
    const { dataSourceId } = await openTasks();
    const { control } = office.workspace;
    control.addTemplate(dataSourceId, { name: "Bug", markdown: "Steps", isDefault: true });
    control.addTemplate(dataSourceId, { name: "Idea" });
    const args = { data_source_id: dataSourceId, page_size: 1 };
    expect((await collectDataSourceTemplates(bot, args)).map(({ name }) => name)).toEqual(["Bug", "Idea"]);
    const iterated: boolean[] = [];
    for await (const template of iterateDataSourceTemplates(bot, args)) iterated.push(template.is_default);
    expect(iterated).toEqual([true, false]);
    const { id } = await bot.pages.create({
      parent: { data_source_id: dataSourceId },
      template: { type: "default" },
    });
    expect((await bot.blocks.children.list({ block_id: id })).results).toEqual([]);
    office.clock.advance(10_000);
    expect((await bot.blocks.children.list({ block_id: id })).results).toHaveLength(1);
  });

  it("verifies the signature of what a webhook gets, and of nothing else", async () => {
    const { row } = await openTasks();
    const token = "secret_abc";
    office.workspace.control.subscribe({ url: "https://example.com/hook", verificationToken: token });
    await row("a");
    office.clock.advance(120_000);
    await expect.poll(() => office.received.length).toBeGreaterThan(0);
    for (const { body, signature } of office.received) {
      expect(await verifyWebhookSignature({ body, signature, verificationToken: token })).toBe(true);
      expect(await verifyWebhookSignature({ body: `${body} `, signature, verificationToken: token })).toBe(
        false,
      );
      expect(await signWebhookPayload({ body, verificationToken: token })).toBe(signature);
    }
  });
});
