import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { allCapabilities, type Capability } from "../../src/embedded/notion/capability.ts";
import {
  codesOf,
  deliver,
  editEvent,
  expectHealed,
  type FaultWorld,
  hour,
  localOf,
  minute,
  prepareScene,
  type Scene,
  untilQuiet,
} from "../support/fault-scene.ts";
import type { Prepared } from "../support/prepared-world.ts";
import { lastRequest, problemsOf, requestsAfter, writesAfter } from "../support/requests.ts";
import { addRow, cellsOf, commentTexts, type DataSources, edit } from "../support/rows.ts";

let prepared: Prepared<Scene>;
let world: FaultWorld;
let sources: DataSources;
let project: string;
beforeAll(async () => {
  prepared = await prepareScene();
});
beforeEach(() => {
  world = prepared.open();
  ({ sources, project } = world.there);
});
afterEach(() => world.close());
afterAll(() => prepared.drop());

const dana = () => world.as("Dana Reyes");
const without = (capability: Capability): void =>
  world.workspace.control.setCapabilities(allCapabilities.filter((one) => one !== capability));
const refused = { by: "Dana Reyes", from: "Intake", to: "Planning", allowed: false } as const;

test("F24: without the capability to update content reading goes on, writes wait, and one line names the capability", async () => {
  const other = await addRow(dana(), sources, "projects", { Name: "Order desk" });
  await world.pass(untilQuiet);
  without("update_content");
  for (const pageId of [project, other]) await edit(dana(), "projects", pageId, { Stage: "Planning" });
  await world.pass(untilQuiet);
  const [problem, ...others] = await problemsOf(world);
  expect(others).toEqual([]);
  expect(problem).toMatchObject({
    code: "notion_forbidden",
    detail: 'the capability "Update content" is missing',
  });
  expect(problem?.todo).toContain("connection's settings");
  const before = lastRequest(world);
  await edit(world.as("Pablo Ortiz"), "projects", project, { Client: "Acme" });
  await world.pass(10 * minute);
  expect(localOf(world, project)).toMatchObject({ client: "Acme" });
  expect(writesAfter(world, before).length).toBeLessThanOrEqual(2);
  expect((await cellsOf(dana(), project)).Stage).toBe("Planning");

  world.workspace.control.setCapabilities(allCapabilities);
  await world.pass(20 * minute);
  for (const pageId of [project, other]) expect((await cellsOf(dana(), pageId)).Stage).toBe("Intake");
  await expectHealed(world);
});

test("F24: without the capability to insert comments a card goes back, and /status names what keeps the words away", async () => {
  without("insert_comments");
  await edit(dana(), "projects", project, { Stage: "Planning" });
  await world.pass(untilQuiet);
  expect((await cellsOf(dana(), project)).Stage).toBe("Intake");
  expect(await problemsOf(world)).toMatchObject([
    { code: "notion_forbidden", detail: 'the capability "Insert comments" is missing' },
  ]);
  world.workspace.control.setCapabilities(allCapabilities);
  await world.pass(20 * minute);
  expect(await commentTexts(dana(), project)).toHaveLength(1);
  await expectHealed(world, { project, moves: [refused] });
});

test("F24: without the capability to insert content a row waits for three hours and is made once", async () => {
  await edit(dana(), "projects", project, { "Client letters": "Review first" });
  const cells = { Name: "Core build", Kind: "Plan milestone", "Client visible": "yes", Project: project };
  const milestone = await addRow(dana(), sources, "milestones", cells);
  await world.pass(untilQuiet);
  without("insert_content");
  await edit(dana(), "milestones", milestone, { Status: "Done" });
  await world.pass(3 * hour);
  expect(await problemsOf(world)).toMatchObject([
    { code: "notion_forbidden", detail: 'the capability "Insert content" is missing' },
  ]);
  world.workspace.control.setCapabilities(allCapabilities);
  await world.pass(15 * minute);
  const { results } = await dana().dataSources.query({ data_source_id: sources.updates });
  expect(results).toHaveLength(1);
  await expectHealed(world);
});

test("F24: without the capability to read content nothing is taken for deleted, nothing is written, and all of it comes back", async () => {
  without("read_content");
  await edit(dana(), "projects", project, { Stage: "Planning" });
  const before = lastRequest(world);
  await world.pass(30 * minute);
  const [problem, ...others] = await problemsOf(world);
  expect(others).toEqual([]);
  expect(problem).toMatchObject({
    code: "notion_forbidden",
    detail: 'the capability "Read content" is missing',
  });
  expect(world.store.exec("SELECT 1 FROM pages WHERE state = 'trashed'")).toEqual([]);
  expect(writesAfter(world, before)).toEqual([]);
  world.workspace.control.setCapabilities(allCapabilities);
  await world.pass(90 * minute);
  await expectHealed(world, { project, moves: [refused] });
});

/** Notion refuses the token until the returned function is called. */
const revoke = (): (() => void) => {
  let revoked = true;
  const unauthorized = { status: 401, code: "unauthorized", message: "API token is invalid." };
  world.workspace.control.setHook({
    before: ({ actorId }) => (revoked && actorId === world.workspace.botId ? unauthorized : undefined),
  });
  return () => {
    revoked = false;
  };
};

test("F25: while the token is refused one request a minute asks, events are taken, /status says so, and nothing is lost", async () => {
  const mend = revoke();
  const before = lastRequest(world);
  await edit(dana(), "projects", project, { Stage: "Planning" });
  await world.pass(untilQuiet);
  for (let passed = 0; passed < 15; passed += 1) {
    expect(await deliver(world, editEvent(world, world.there.risk))).toBe(200);
    await world.pass(minute);
  }
  const times = requestsAfter(world, before).map(({ at }) => at);
  expect(times.length).toBeGreaterThanOrEqual(14);
  for (const [index, at] of times.entries())
    if (index > 0) expect(at - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(minute);
  expect(await problemsOf(world)).toMatchObject([
    { code: "notion_unauthorized", pageId: null, todo: expect.stringContaining("NOTION_TOKEN") },
  ]);
  mend();
  await world.pass(2 * minute);
  expect(await codesOf(world)).toEqual([]);
  await world.pass(untilQuiet);
  expect((await cellsOf(dana(), project)).Stage).toBe("Intake");
  await expectHealed(world, { project, moves: [refused] });
});

test("F25: a start with a refused token is named in /status too, and goes on by itself", async () => {
  const mend = revoke();
  world.store.exec("UPDATE meta SET value = 'another' WHERE key = 'connection'");
  world.restart();
  await expect(world.pass(0)).rejects.toThrow("Notion refuses the token");
  expect(await codesOf(world)).toEqual(["notion_unauthorized"]);
  mend();
  await world.clock.advance(minute);
  await world.pass(untilQuiet);
  await expectHealed(world);
});
