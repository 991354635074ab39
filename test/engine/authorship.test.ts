import { afterEach, beforeEach, expect, test } from "vitest";
import { markDirty } from "../../src/store/dirty.ts";
import { setUpWorld } from "../support/prepared-world.ts";
import { personId } from "../support/requests.ts";
import { addRow, cellsOf, dataSources, edit } from "../support/rows.ts";
import type { World } from "../support/world.ts";

const minute = 60_000;

let world: World;
let project: string;
beforeEach(async () => {
  world = await setUpWorld({ webhooks: false });
  const dana = world.as("Dana Reyes");
  const sources = await dataSources(dana);
  project = await addRow(dana, sources, "projects", { Name: "Lead bot" });
  const { results } = await dana.dataSources.query({ data_source_id: sources.office });
  await edit(dana, "office", results[0]?.id ?? "", { "May override": personId(world, "Clara Voss") });
  await world.pass(3 * minute);
});
afterEach(() => world.close());

/** What an event about a person's edit does when it arrives. */
const eventOf = (person: string): void =>
  markDirty(
    world.store,
    { pageId: project, urgent: true, author: personId(world, person) },
    world.clock.now(),
  );

const overriding = { Stage: "Planning", "Override reason": "The contract is signed tomorrow." };

test("a move is not credited to somebody who may override and edited the page just before", async () => {
  await edit(world.as("Clara Voss"), "projects", project, { Client: "Acme" });
  eventOf("Clara Voss");
  await edit(world.as("Dana Reyes"), "projects", project, overriding);
  await world.pass(3 * minute);
  expect((await cellsOf(world.as("Dana Reyes"), project)).Stage).toBe("Intake");
});

test("a move is credited to who made it, by event and by page", async () => {
  await edit(world.as("Clara Voss"), "projects", project, overriding);
  eventOf("Clara Voss");
  await world.pass(3 * minute);
  expect((await cellsOf(world.as("Dana Reyes"), project)).Stage).toBe("Planning");
});
