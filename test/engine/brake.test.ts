import { afterEach, beforeEach, expect, test } from "vitest";
import { setUpWorld } from "../support/prepared-world.ts";
import { lastRequest, problemsOf, writesAfter } from "../support/requests.ts";
import { addRow, cellsOf, commentsOf, type DataSources, dataSources, edit } from "../support/rows.ts";
import type { World } from "../support/world.ts";

const untilQuiet = 5 * 60_000;

let world: World;
let sources: DataSources;
let project: string;

beforeEach(async () => {
  world = await setUpWorld({ webhooks: false, pollSeconds: 8 });
  sources = await dataSources(world.as("Dana Reyes"));
  project = await addRow(world.as("Dana Reyes"), sources, "projects", { Name: "Lead bot" });
  await world.pass(untilQuiet);
});
afterEach(() => world.close());

test("a page that something keeps moving is put back five times in a minute, then left for a minute and named", async () => {
  const before = lastRequest(world);
  for (let turn = 0; turn < 8; turn++) {
    await edit(world.as("Dana Reyes"), "projects", project, { Stage: turn % 2 === 0 ? "QA" : "Planning" });
    await world.pass(8_000);
  }
  const putBack = writesAfter(world, before).filter(({ path }) => path.endsWith(project));
  expect(putBack).toHaveLength(5);
  expect((await cellsOf(world.as("Dana Reyes"), project)).Stage).toBe("Planning");
  expect(await problemsOf(world)).toMatchObject([
    { code: "gate_braked", pageId: project, property: "stage" },
  ]);

  await world.pass(untilQuiet);
  expect((await cellsOf(world.as("Dana Reyes"), project)).Stage).toBe("Intake");
  expect(await problemsOf(world)).toEqual([]);
  expect((await commentsOf(world.as("Dana Reyes"), project)).length).toBeGreaterThan(1);
});

test("a page that is braked does not hold up the others", async () => {
  const other = await addRow(world.as("Pablo Ortiz"), sources, "projects", { Name: "Order desk" });
  await world.pass(untilQuiet);
  for (let turn = 0; turn < 7; turn++) {
    await edit(world.as("Dana Reyes"), "projects", project, { Stage: turn % 2 === 0 ? "QA" : "Planning" });
    await world.pass(8_000);
  }
  await edit(world.as("Pablo Ortiz"), "projects", other, { Stage: "QA" });
  await world.pass(10_000);
  expect((await cellsOf(world.as("Pablo Ortiz"), other)).Stage).toBe("Intake");
});

test("a braked page that a person moves back is named no longer", async () => {
  for (let turn = 0; turn < 7; turn++) {
    await edit(world.as("Dana Reyes"), "projects", project, { Stage: turn % 2 === 0 ? "QA" : "Planning" });
    await world.pass(8_000);
  }
  expect((await problemsOf(world)).map(({ code }) => code)).toEqual(["gate_braked"]);
  await edit(world.as("Dana Reyes"), "projects", project, { Stage: "Intake" });
  await world.pass(70_000);
  expect(await problemsOf(world)).toEqual([]);
});
