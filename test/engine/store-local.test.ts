import { expect, test } from "vitest";
import { addRow, dataSources, edit } from "../support/rows.ts";
import { createWorld } from "../support/world.ts";

const minute = 60_000;

test("a value that a person set to what Milepost wants by now is agreed on, though nothing is written", async () => {
  const world = createWorld();
  await world.pass(minute);
  const dana = world.as("Dana Reyes");
  const project = await addRow(dana, await dataSources(dana), "projects", { Name: "Lead bot" });
  await world.pass(2 * minute);
  // A cancelled project has no next gate, so Milepost empties the text as well.
  await edit(dana, "projects", project, { Stage: "Cancelled" });
  await edit(dana, "projects", project, { Gate: "" });
  await world.pass(10 * minute);
  const page = world.store.exec("SELECT base, local FROM pages WHERE page_id = ?", project)[0];
  expect(JSON.parse(String(page?.local))).toMatchObject({ gate: "" });
  expect(JSON.parse(String(page?.base))).toEqual(JSON.parse(String(page?.local)));
  world.close();
});
