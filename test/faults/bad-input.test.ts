import { signWebhookPayload } from "@notionhq/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { databases } from "../../notion-templates/databases.ts";
import { mirrorFaults } from "../support/checker/mirror.ts";
import { addRow, cellsOf, commentTexts, type DataSources, dataSources, edit } from "../support/rows.ts";
import { createWorld, type World, webhookToken } from "../support/world.ts";

const minute = 60_000;

let world: World;
let sources: DataSources;

beforeAll(async () => {
  world = createWorld({ pollSeconds: 600 });
  await world.pass(5 * minute);
  sources = await dataSources(world.as("Dana Reyes"));
});
afterAll(() => world.close());

const add = (name: string) => addRow(world.as("Dana Reyes"), sources, "projects", { Name: name });
const outcomes = (pageId: string): unknown =>
  world.store.exec(
    "SELECT outcome, to_value AS asked FROM transitions WHERE page_id = ? AND property = 'stage' AND outcome <> 'baseline'",
    pageId,
  );

test("A26: a stage that is skipped by an edit through Notion's API is refused by the gate", async () => {
  const project = await add("By an edit");
  await world.pass(5 * minute);
  await edit(world.as("Pablo Ortiz"), "projects", project, { Stage: "QA" });
  await world.pass(5 * minute);
  expect(outcomes(project)).toEqual([{ outcome: "refused", asked: "QA" }]);
  expect((await cellsOf(world.as("Dana Reyes"), project)).Stage).toBe("Intake");
  expect(await commentTexts(world.as("Dana Reyes"), project)).toHaveLength(1);
});

test("A26: a project that is added in a later stage than the first has asked for it, and meets the same gate", async () => {
  const project = await addRow(world.as("Pablo Ortiz"), sources, "projects", { Name: "New", Stage: "QA" });
  await world.pass(5 * minute);
  expect(outcomes(project)).toEqual([{ outcome: "refused", asked: "QA" }]);
  expect((await cellsOf(world.as("Dana Reyes"), project)).Stage).toBe("Intake");
});

test("A26: Milepost's own API has no way to set a stage", async () => {
  const project = await add("By the API");
  const { app } = world.service();
  const headers = { "content-type": "application/json" };
  for (const path of ["projects", `projects/${project}`, `pages/${project}`, `why/${project}`])
    for (const method of ["POST", "PUT", "PATCH"]) {
      const response = await app.request(`/api/v1/${path}`, { method, headers, body: '{"stage":"QA"}' });
      expect([path, response.status]).toEqual([path, 404]);
    }
});

const texts: Readonly<Record<string, string>> = {
  quotes: `Robert'); DROP TABLE pages; -- "x" \`y\` \\`,
  wildcards: "100%_of [all] * ? %' OR '1'='1",
  "every script": "Grüße, 東京 👩‍💻 \u202e\u200b e\u0301",
  "line ends and controls": "a\nb\tc\u0001",
  "a null byte": "before\u0000after",
  "the most that Notion takes": "x".repeat(2_000),
};

const typed = (text: string, type: string) => ({ [type]: [{ text: { content: text } }] });

test.each(Object.entries(texts))(
  "A39: %s in every text field of every database is mirrored exactly",
  async (_what, text) => {
    const dana = world.as("Dana Reyes");
    for (const [key, { properties }] of Object.entries(databases)) {
      const fields = Object.values(properties).filter(
        ({ type, owner }) => owner === "team" && (type === "title" || type === "rich_text"),
      );
      const cells = Object.fromEntries(fields.map(({ name, type }) => [name, typed(text, type)]));
      await addRow(dana, sources, key as keyof DataSources, cells as Parameters<typeof addRow>[3]);
    }
    await world.pass(5 * minute);
    const found = world.store.exec(
      "SELECT count(*) AS count FROM pages WHERE instr(local, ?) > 0",
      JSON.stringify(text).slice(1, -1),
    );
    expect(Number(found[0]?.count)).toBeGreaterThanOrEqual(Object.keys(databases).length - 1);
    expect(mirrorFaults({ workspace: world.workspaceDatabase.exec, milepost: world.store.exec })).toEqual([]);
  },
);

test.each([
  ["why", "/api/v1/why/%27%20OR%201%3D1--", 404],
  ["why with wildcards", "/api/v1/why/%25_%25", 404],
  ["why with a null byte", "/api/v1/why/%00", 404],
  ["a link", "/l/v1.%27%20OR%20%271%27%3D%271", 404],
  ["a megabyte of a link", `/l/${"a".repeat(1_000_000)}`, 404],
])("A39: %s finds nothing by a crafted id", async (_what, path, status) => {
  expect((await world.service().app.request(path)).status).toBe(status);
});

test.each(["' OR 1=1--", "\u0000", "%", "👩‍💻", "x".repeat(60_000)])(
  "A39: an event with a crafted id is refused (%#)",
  async (id) => {
    const workspace_id = world.workspace.workspaceId;
    for (const crafted of [{ id }, { workspace_id: id }, { entity: { id, type: "page" } }]) {
      const event = {
        id: "0f0e0d0c-0b0a-4908-8706-050403020100",
        type: "page.created",
        workspace_id,
        authors: [],
      };
      const entity = { id: "0f0e0d0c-0b0a-4908-8706-050403020100", type: "page" };
      const body = JSON.stringify({ ...event, entity, data: {}, ...crafted });
      const headers = {
        "x-notion-signature": await signWebhookPayload({ body, verificationToken: webhookToken }),
      };
      const init = { method: "POST", body, headers };
      expect((await world.service().app.request("/webhooks/notion", init)).status).toBe(400);
    }
  },
);
