import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { setUpWorld } from "../support/prepared-world.ts";
import { lastRequest, personId, writesAfter } from "../support/requests.ts";
import { addRow, cellsOf, type DataSources, dataSources, edit } from "../support/rows.ts";
import type { World, WorldOptions } from "../support/world.ts";

const untilQuiet = 5 * 60_000;

let world: World;
let sources: DataSources;
let project: string;

const open = async (options: WorldOptions = {}): Promise<void> => {
  world = await setUpWorld(options);
  sources = await dataSources(world.as("Dana Reyes"));
  project = await addRow(world.as("Dana Reyes"), sources, "projects", { Name: "Lead bot" });
  await world.pass(untilQuiet);
};
beforeEach(() => open());
afterEach(() => world.close());

const shows = () => cellsOf(world.as("Dana Reyes"), project);
const journal = (kind: string) =>
  world.store
    .exec("SELECT * FROM journal WHERE kind = ? AND page_id = ? ORDER BY sequence", kind, project)
    .map(({ property, from_value, to_value, actor }) => ({
      property,
      from: JSON.parse(String(from_value)),
      to: JSON.parse(String(to_value)),
      actor: JSON.parse(String(actor)),
    }));
const mirrored = (): Record<string, unknown> => {
  const [page] = world.store.exec("SELECT base, local, remote FROM pages WHERE page_id = ?", project);
  const [base, local, remote] = [page?.base, page?.local, page?.remote].map((text) =>
    JSON.parse(String(text)),
  );
  return { base, local, remote };
};

describe("a value that a person changes", () => {
  test("goes back if it is Milepost's, and the journal says who changed it to what", async () => {
    const { Gate } = await shows();
    await edit(world.as("Pablo Ortiz"), "projects", project, { Gate: "All fine" });
    await world.pass(untilQuiet);
    expect((await shows()).Gate).toBe(Gate);
    expect(journal("drift")).toEqual([
      {
        ...{ property: "gate", from: Gate, to: "All fine" },
        actor: { kind: "person", id: personId(world, "Pablo Ortiz") },
      },
    ]);
  });

  test("stays if it is shared and Milepost had just proposed another, which the journal keeps", async () => {
    const proposed = { start: "2026-12-18", end: null, zone: null };
    world.store.exec(
      "UPDATE pages SET local = json_set(local, '$.agreedDelivery', json(?)), outgoing = 1, write_after = ? WHERE page_id = ?",
      JSON.stringify(proposed),
      world.clock.now() + 60_000,
      project,
    );
    await edit(world.as("Dana Reyes"), "projects", project, { "Agreed delivery": "2026-12-11" });
    await world.pass(untilQuiet);
    expect((await shows())["Agreed delivery"]).toBe("2026-12-11");
    expect(journal("conflict")).toMatchObject([{ from: proposed, to: { start: "2026-12-11" } }]);
  });

  test("reaches the mirror on both sides alike", async () => {
    await edit(world.as("Dana Reyes"), "projects", project, {
      Client: "Acme",
      "Agreed delivery": "2026-12-11",
    });
    await world.pass(untilQuiet);
    const { base, local, remote } = mirrored();
    expect(local).toMatchObject({ client: "Acme", agreedDelivery: { start: "2026-12-11" } });
    expect([base, remote]).toEqual([local, local]);
  });

  test("is sent to Notion by nobody again, however often the page is looked at", async () => {
    world.close();
    await open({ pollSeconds: 1_800 });
    await edit(world.as("Dana Reyes"), "projects", project, { "Agreed delivery": "2026-12-11" });
    await world.pass(untilQuiet);
    const quiet = lastRequest(world);
    world.restart();
    await world.pass(25 * 3_600_000);
    expect(writesAfter(world, quiet)).toEqual([]);
  });
});

test("F14: a list of forty contacts is read whole", async () => {
  const contacts: string[] = [];
  for (let index = 0; index < 40; index++) {
    contacts.push(await addRow(world.as("Dana Reyes"), sources, "contacts", { Name: `Contact ${index}` }));
  }
  await edit(world.as("Pablo Ortiz"), "projects", project, { Contacts: contacts.join() });
  await world.pass(untilQuiet);
  const { local } = mirrored();
  expect(local).toMatchObject({ contacts: contacts.sort() });
  const quiet = lastRequest(world);
  await world.pass(untilQuiet);
  expect(writesAfter(world, quiet)).toEqual([]);
});

describe("without webhooks", () => {
  beforeEach(async () => {
    world.close();
    await open({ webhooks: false, pollSeconds: 10 });
  });

  test("two edits within the minute that Notion rounds to are both seen", async () => {
    const startOfMinute = 60_000 - (world.clock.now() % 60_000);
    await world.pass(startOfMinute + 5_000);
    await edit(world.as("Dana Reyes"), "projects", project, { Client: "Acme" });
    await world.pass(20_000);
    expect(mirrored().local).toMatchObject({ client: "Acme" });
    await edit(world.as("Dana Reyes"), "projects", project, { Client: "Acme Corp" });
    await world.pass(20_000);
    expect(mirrored().local).toMatchObject({ client: "Acme Corp" });
    await edit(world.as("Dana Reyes"), "projects", project, { "Requirements signed off": "yes" });
    await world.pass(90_000);
    expect((await shows()).Gate).not.toContain("Requirements signed off");
  });

  test("an edit made while Milepost was down is found afterwards", async () => {
    await edit(world.as("Pablo Ortiz"), "projects", project, { Stage: "QA" });
    await world.clock.advance(3 * 3_600_000);
    world.restart();
    await world.pass(untilQuiet);
    expect((await shows()).Stage).toBe("Intake");
  });
});
