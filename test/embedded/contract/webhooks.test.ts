import { describe, expect, it } from "vitest";
import { eventTypes } from "../../../src/embedded/notion/webhooks/event-types.ts";
import { createDatabase, createRow, type Loose, openWorkspace, text } from "../notion/open-workspace.ts";
import { hasDocument, officialCheck } from "./official-document.ts";

/** Does what sets off every event that there is; what was posted, in order. */
const everyEvent = async (): Promise<Loose[]> => {
  const received: Loose[] = [];
  const { bot, dana, workspace, clock } = openWorkspace({
    fetch: async (_url, init) => {
      received.push(JSON.parse(String(init?.body)));
      return new Response(null, { status: 200 });
    },
  });
  const root = workspace.rootPageId;
  workspace.control.subscribe({ url: "https://milepost.example/hook", verificationToken: "secret_a" });
  const quiet = () => clock.advance(300_000);
  const { databaseId, dataSourceId } = await createDatabase(bot, root, "Rows", {
    Name: { title: {} },
    Points: { number: {} },
  });
  const other = await createDatabase(bot, root, "Other", { Name: { title: {} } });
  const page = await dana.pages.create({ parent: { page_id: root }, properties: {} });
  const row = await createRow(bot, dataSourceId, {});
  const extra = await bot.dataSources.create({
    parent: { database_id: databaseId },
    properties: { Name: { title: {} } },
  });
  const view: Loose = await bot.views.create({
    database_id: databaseId,
    data_source_id: dataSourceId,
    name: "All",
    type: "table",
  });
  const comment: Loose = await bot.comments.create({ parent: { page_id: row.id }, rich_text: text("hi") });
  await quiet();
  await dana.pages.update({ page_id: row.id, properties: { Points: { number: 1 } } });
  await dana.blocks.children.append({ block_id: page.id, children: [{ divider: {} }] });
  await dana.pages.update({ page_id: page.id, is_locked: true });
  await dana.pages.update({ page_id: page.id, is_locked: false });
  await dana.dataSources.update({ data_source_id: dataSourceId, properties: { Points: { name: "Size" } } });
  await bot.comments.update({ comment_id: comment.id, rich_text: text("ho") });
  await bot.views.update({ view_id: view.id, name: "Everything" });
  await quiet();
  await bot.comments.delete({ comment_id: comment.id });
  await bot.views.delete({ view_id: view.id });
  await bot.pages.move({ page_id: page.id, parent: { page_id: row.id } });
  await bot.dataSources.update({ data_source_id: extra.id, parent: { database_id: other.databaseId } });
  await bot.databases.update({ database_id: other.databaseId, parent: { type: "page_id", page_id: row.id } });
  await quiet();
  const trashing = [
    (in_trash: boolean) => dana.dataSources.update({ data_source_id: extra.id, in_trash }),
    (in_trash: boolean) => dana.pages.update({ page_id: row.id, in_trash }),
    (in_trash: boolean) => dana.databases.update({ database_id: databaseId, in_trash }),
  ];
  for (const put of trashing) await put(true);
  await quiet();
  for (const put of trashing.toReversed()) await put(false);
  await quiet();
  return received;
};

describe("webhooks", () => {
  it("are sent for every event type of the workspace", async () => {
    const types = new Set((await everyEvent()).map(({ type }) => type));
    expect(Object.keys(eventTypes).filter((type) => !types.has(type))).toEqual([]);
  });

  it.skipIf(!hasDocument && !process.env.CI)(
    "have the form that the official document gives them",
    async () => {
      const official = officialCheck();
      const wrong = (await everyEvent())
        .map((payload) => ({ payload, failures: official.webhookFailures(payload.type, payload) }))
        .filter(({ failures }) => failures.length > 0);
      expect(wrong).toEqual([]);
    },
  );
});
