import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type Prepared, prepareWorld } from "../support/prepared-world.ts";
import { lastRequest, problemsOf, requestsAfter, writesAfter } from "../support/requests.ts";
import { addRow, cellsOf, type DataSources, dataSources, edit } from "../support/rows.ts";
import type { World } from "../support/world.ts";

const minute = 60_000;
const untilQuiet = 5 * minute;
/** A tenth of them is less than the five that may always go. */
const many = 24;

type There = { readonly sources: DataSources; readonly projects: readonly string[] };
let prepared: Prepared<There>;
let world: World & { readonly there: There };
let sources: DataSources;
let projects: readonly string[];

beforeAll(async () => {
  prepared = await prepareWorld({}, async (made) => {
    await made.pass(untilQuiet);
    const dana = made.as("Dana Reyes");
    const found = await dataSources(dana);
    const pages: string[] = [];
    for (let index = 0; index < many; index += 1) {
      const cells = { Name: `Project ${index}`, Client: "Acme", Code: `P${index}`, Start: "2026-12-01" };
      pages.push(await addRow(dana, found, "projects", cells));
    }
    await made.pass(2 * untilQuiet);
    return { sources: found, projects: pages };
  });
});
beforeEach(() => {
  world = prepared.open();
  ({ sources, projects } = world.there);
});
afterEach(() => world.close());
afterAll(() => prepared.drop());

const codes = async (): Promise<string[]> => (await problemsOf(world)).map(({ code }) => code);
const gone = (): number =>
  world.store.exec("SELECT page_id FROM pages WHERE database = 'projects' AND state <> 'live'").length;
const trash = (pageIds: readonly string[]): void => {
  for (const pageId of pageIds) world.workspace.control.trash(pageId);
};
const post = async (path: string, body: unknown): Promise<unknown> => {
  const headers = { "content-type": "application/json" };
  const answer = await world
    .service()
    .app.request(path, { method: "POST", headers, body: JSON.stringify(body) });
  return answer.json();
};

test("F26: many projects trashed at once are not taken in, nothing is written, reading goes on, and a person confirms it", async () => {
  const before = lastRequest(world);
  trash(projects.slice(0, 10));
  await edit(world.as("Dana Reyes"), "projects", projects[20] ?? "", { Stage: "QA", Client: "Globex" });
  await world.pass(untilQuiet);
  expect(gone()).toBe(0);
  expect(await codes()).toEqual(["mass_change"]);
  expect((await problemsOf(world))[0]?.todo).toContain("milepost -- confirm");
  const halted = lastRequest(world);
  await edit(world.as("Dana Reyes"), "projects", projects[21] ?? "", { Stage: "QA", Client: "Globex" });
  await world.pass(30 * minute);
  expect(gone()).toBe(0);
  expect(writesAfter(world, halted)).toEqual([]);
  expect(requestsAfter(world, halted).length).toBeGreaterThan(0);
  const [read] = world.store.exec("SELECT local FROM pages WHERE page_id = ?", projects[21] ?? "");
  expect(JSON.parse(String(read?.local))).toMatchObject({ client: "Globex" });

  expect(await post("/api/v1/confirm", { holds: ["mass_change"] })).toEqual({ confirmed: ["mass_change"] });
  await world.pass(untilQuiet);
  expect(gone()).toBe(10);
  expect(await codes()).toEqual([]);
  expect((await cellsOf(world.as("Dana Reyes"), projects[21] ?? "")).Stage).toBe("Intake");
  expect(writesAfter(world, before).length).toBeGreaterThan(0);
});

test("F26: a mass change that people undo ends by itself, and a restart does not forget it", async () => {
  trash(projects.slice(0, 10));
  await world.pass(untilQuiet);
  world.restart();
  await world.pass(untilQuiet);
  expect(await codes()).toEqual(["mass_change"]);
  for (const pageId of projects.slice(0, 8)) world.workspace.control.restore(pageId);
  await world.pass(untilQuiet);
  expect(await codes()).toEqual([]);
  expect(gone()).toBe(2);
});

test("F26: without webhooks the same is found by the listing of all rows", async () => {
  for (const { id } of world.workspace.control.subscriptions()) world.workspace.control.unsubscribe(id);
  trash(projects.slice(0, 10));
  await world.pass(20 * minute);
  expect(await codes()).toEqual(["mass_change"]);
  expect(gone()).toBe(0);
});

test("a few projects in the trash are everyday work", async () => {
  trash(projects.slice(0, 5));
  await world.pass(untilQuiet);
  expect(gone()).toBe(5);
  expect(await codes()).toEqual([]);
});

test("many milestones of one project in the trash are one delivery record", async () => {
  const milestones: string[] = [];
  for (let index = 0; index < 8; index += 1) {
    const cells = { Name: `Step ${index}`, Project: projects[0] ?? "" };
    milestones.push(await addRow(world.as("Dana Reyes"), sources, "milestones", cells));
  }
  await world.pass(untilQuiet);
  trash(milestones);
  await world.pass(untilQuiet);
  expect(await codes()).toEqual([]);
  expect(world.store.exec("SELECT page_id FROM pages WHERE state = 'trashed'")).toHaveLength(8);
});

test("F27: when everything reads otherwise at once nothing of it is taken in and nothing is written", async () => {
  const locals = () =>
    world.store.exec("SELECT page_id, local FROM pages WHERE database = 'projects' ORDER BY page_id");
  const known = locals();
  const scramble = (text: string): string =>
    text
      .replaceAll(/"plain_text":"([^"]+)"/g, '"plain_text":"x$1"')
      .replaceAll(/"(select|status)":\{"id":"[^"]+"/g, '"$1":{"id":"otherwise"');
  world.setNetwork(async ({ path }, goOn) => {
    const answer = await goOn();
    if (!path.startsWith("/v1/pages/") && !path.endsWith("/query")) return answer;
    return new Response(scramble(await answer.text()), { status: answer.status, headers: answer.headers });
  });
  for (const pageId of projects)
    await edit(world.as("Dana Reyes"), "projects", pageId, { Health: "At risk" });
  const before = lastRequest(world);
  await world.pass(20 * minute);
  expect(await codes()).toContain("mass_change");
  expect(writesAfter(world, before)).toEqual([]);
  expect(locals()).toEqual(known);
  world.setNetwork(null);
  await world.pass(20 * minute);
  expect(await codes()).toEqual([]);
});
