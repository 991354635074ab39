import { afterEach, beforeEach, expect, test } from "vitest";
import { addRow, dataSources, edit } from "../support/rows.ts";
import { createWorld, type World } from "../support/world.ts";

let world: World;
beforeEach(() => {
  world = createWorld();
});
afterEach(() => world.close());

test("the log says from where to where a refused and an accepted move went", async () => {
  await world.pass(120_000);
  const dana = world.as("Dana Reyes");
  const project = await addRow(dana, await dataSources(dana), "projects", { Name: "Lead bot" });
  await world.pass(120_000);
  for (const stage of ["In production", "On hold"]) {
    await edit(dana, "projects", project, { Stage: stage });
    await world.pass(120_000);
  }
  const lines = world.logLines.map((line) => JSON.parse(line)).filter(({ event }) => /^gate\./.test(event));
  expect(lines).toMatchObject([
    { event: "gate.refused", from_state: "Intake", to_state: "In_production" },
    { event: "gate.accepted", from_state: "Intake", to_state: "On_hold" },
  ]);
  expect(lines.flatMap(({ dropped }) => dropped ?? [])).toEqual([]);
});
