import { afterEach, beforeEach, expect, test } from "vitest";
import { addPassedChecks } from "../support/ready-project.ts";
import { lastRequest, requestsAfter } from "../support/requests.ts";
import { addRow, cellsOf, commentTexts, type DataSources, dataSources, edit } from "../support/rows.ts";
import { createWorld, type World } from "../support/world.ts";

const untilQuiet = 5 * 60_000;

let world: World;
let sources: DataSources;

beforeEach(async () => {
  world = createWorld();
  await world.pass(0);
  sources = await dataSources(world.as("Dana Reyes"));
});
afterEach(() => world.close());

const add = (cells: Parameters<typeof addRow>[3]) =>
  addRow(world.as("Dana Reyes"), sources, "projects", { Name: "Lead bot", ...cells });
const shows = (pageId: string) => cellsOf(world.as("Dana Reyes"), pageId);

/** Milepost comes to the workspace as it stands now, with an empty store. */
const comeLater = async (): Promise<void> => {
  await world.clock.advance(24 * 3_600_000);
  world.startAnew();
  await world.pass(untilQuiet);
};

test("a project that is made in the minute in which setup ended, after it was looked at, is new", async () => {
  const project = await add({ Stage: "QA" });
  await world.pass(untilQuiet);
  expect((await shows(project)).Stage).toBe("Intake");
  expect(await commentTexts(world.as("Dana Reyes"), project)).toHaveLength(1);
});

test("a project that is made while Milepost does not run is judged when it runs again", async () => {
  await world.pass(untilQuiet);
  const project = await add({ Stage: "QA" });
  await world.clock.advance(3 * 24 * 3_600_000);
  world.restart();
  await world.pass(untilQuiet);
  expect((await shows(project)).Stage).toBe("Intake");
});

test("an existing project is judged from the stage that it was found in", async () => {
  const project = await add({ Stage: "In production" });
  await comeLater();
  expect((await shows(project)).Stage).toBe("In production");
  await edit(world.as("Dana Reyes"), "projects", project, { Stage: "QA" });
  await world.pass(untilQuiet);
  expect((await shows(project)).Stage).toBe("In production");
  await edit(world.as("Dana Reyes"), "projects", project, { Stage: "Planning" });
  await world.pass(untilQuiet);
  expect((await shows(project)).Stage).toBe("Planning");
});

test("a certification that was given before Milepost came counts", async () => {
  const project = await add({ Stage: "QA", "QA certification": "PASS", "Fallback plan": "The old inbox" });
  await addPassedChecks(world.as("Dana Reyes"), sources, project);
  await addRow(world.as("Dana Reyes"), sources, "milestones", {
    ...{ Name: "Deployment", Project: project, Kind: "Deployment start", Target: "2026-12-16" },
  });
  await comeLater();
  await edit(world.as("Dana Reyes"), "projects", project, { Stage: "Deployment" });
  await world.pass(untilQuiet);
  expect((await shows(project)).Stage).toBe("Deployment");
});

test("letters are off for a project older than setup, and follow Office for a newer one", async () => {
  const [office] = (await world.as("Dana Reyes").dataSources.query({ data_source_id: sources.office }))
    .results;
  const older = await add({});
  await edit(world.as("Dana Reyes"), "office", office?.id ?? "", { "Active since": { date: null } });
  await comeLater();
  const newer = await add({});
  await world.pass(untilQuiet);
  expect((await shows(older))["Live since"]).toBe("");
  expect((await shows(newer))["Live since"]).not.toBe("");
});

test("a store that belongs to another workspace is not used", async () => {
  await world.pass(untilQuiet);
  world.setNetwork(async ({ path }, goOn) => {
    const answer = await goOn();
    if (path !== "/v1/users/me") return answer;
    const me = (await answer.json()) as { bot: Record<string, unknown> };
    const bot = { ...me.bot, workspace_id: "11111111-2222-4333-8444-555555555555" };
    return Response.json({ ...me, bot }, { headers: answer.headers });
  });
  // The digest of another token than the one that the store was prepared with.
  world.store.exec("UPDATE meta SET value = 'another' WHERE key = 'connection'");
  world.restart();
  const before = lastRequest(world);
  await expect(world.service().round()).rejects.toMatchObject({ code: "store_foreign" });
  expect(requestsAfter(world, before).map(({ operation }) => operation)).toEqual(["users.me"]);
});

test("a start on the same connection asks Notion nothing that it was told in the last hours", async () => {
  await world.pass(untilQuiet);
  world.restart();
  const before = lastRequest(world);
  await world.service().round();
  expect(requestsAfter(world, before).map(({ operation }) => operation)).toEqual([]);
});
