import { afterEach, beforeEach, expect, test } from "vitest";
import type { Probe } from "../../src/ports.ts";
import { deliver, editEvent } from "../support/fault-scene.ts";
import { setUpWorld } from "../support/prepared-world.ts";
import { lastRequest, problemsOf, requestsAfter } from "../support/requests.ts";
import { addRow, cellsOf, dataSources, edit } from "../support/rows.ts";
import { untilQuiet } from "../support/scenario.ts";
import type { World } from "../support/world.ts";

let world: World;
let project: string;

beforeEach(async () => {
  world = await setUpWorld();
  const dana = world.as("Dana Reyes");
  project = await addRow(dana, await dataSources(dana), "projects", { Name: "Lead bot" });
  await world.pass(untilQuiet);
});
afterEach(() => world.close());

class Dropped extends Error {}

/** Gone at the named probe and ever after. */
const dropAt = (name: string): Probe => {
  let gone = false;
  return (point) => {
    gone ||= point === name;
    if (gone) throw new Dropped();
  };
};

/** A move that has to be put back, and a process that stops at the probe while it does so; then another one. */
const stopWhilePuttingBack = async (point: string): Promise<void> => {
  world.restart(dropAt(point));
  await edit(world.as("Dana Reyes"), "projects", project, { Stage: "QA" });
  await expect(world.pass(untilQuiet)).rejects.toThrow(Dropped);
  world.restart();
};

const stage = async (): Promise<string | undefined> => (await cellsOf(world.as("Dana Reyes"), project)).Stage;

const reassertions = (): readonly string[] =>
  world.store
    .exec("SELECT property FROM journal WHERE kind = 'reasserted'")
    .map((row) => String(row.property));

test("a write that a stop left open is repeated once it can land no more, and the journal says so", async () => {
  await stopWhilePuttingBack("notion.updatePage.before");
  await world.pass(115_000);
  expect(await stage()).toBe("QA");
  await world.pass(10_000);
  expect(await stage()).toBe("Intake");
  expect(reassertions()).toContain("stage");
});

test("a write that landed before the stop is not asserted again", async () => {
  await stopWhilePuttingBack("notion.updatePage.after");
  await world.pass(untilQuiet);
  expect(await stage()).toBe("Intake");
  expect(reassertions()).toEqual([]);
});

test("a page with such a write is not read before, though somebody edits it, and later edits are no suspected overwrites", async () => {
  const dana = world.as("Dana Reyes");
  const risk = await addRow(dana, await dataSources(dana), "risks", { Title: "No data", Project: project });
  await world.pass(untilQuiet);
  world.restart(dropAt("notion.updatePage.before"));
  await edit(dana, "risks", risk, { Likelihood: "High", Impact: "Medium" });
  await expect(world.pass(untilQuiet)).rejects.toThrow(Dropped);
  world.restart();
  const before = lastRequest(world);
  await edit(dana, "risks", risk, { Impact: "High" });
  await deliver(world, editEvent(world, risk));
  await world.pass(50_000);
  expect(requestsAfter(world, before).filter(({ path }) => path.includes(risk))).toEqual([]);
  await world.pass(3 * untilQuiet);
  expect((await cellsOf(dana, risk)).Score).toBe("9");
  await edit(world.as("Pablo Ortiz"), "risks", risk, { Score: { number: 1 } });
  await world.pass(untilQuiet);
  expect((await problemsOf(world)).map(({ code }) => code)).toEqual([]);
});
