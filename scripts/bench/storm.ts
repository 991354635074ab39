import { randomUUID } from "node:crypto";
import { type Figure, round } from "./measure.ts";
import { phone, seedRows } from "./person.ts";
import { type BenchWorld, openBenchWorld } from "./world.ts";

const minuteMs = 60_000;
const [pages, events, atOnce] = [500, 5_000, 100];

const tellOf = async (world: BenchWorld, pageIds: readonly string[]): Promise<void> => {
  const source = await world.dataSource("contacts");
  const [author] = world.workspace.people;
  const eventOf = (pageId: string | undefined): object => ({
    ...{ id: randomUUID(), timestamp: new Date(world.clock.now()).toISOString() },
    ...{ workspace_id: world.workspace.workspaceId, type: "page.properties_updated" },
    ...{ attempt_number: 1, api_version: "2026-03-11", authors: [{ id: author?.id, type: "person" }] },
    ...{ entity: { id: pageId, type: "page" } },
    data: { parent: { id: source, type: "database", data_source_id: source } },
  });
  for (let index = 0; index < events; index += atOnce) {
    const some = Array.from({ length: atOnce }, (_none, nth) => pageIds[(index + nth) % pages]);
    await Promise.all(some.map((pageId) => world.deliver(eventOf(pageId))));
  }
};

/** A storm of events within a moment, until nothing is left to read, at the budget of the Plus plan. */
export const benchStorm = async (): Promise<Figure[]> => {
  const world = await openBenchWorld({ pollSeconds: 60, webhooks: false, plan: "plus" });
  const pageIds = await seedRows(world, "contacts", pages);
  await world.pass(20 * minuteMs);
  for (const pageId of pageIds) await world.edit(pageId, phone("1"));
  const before = world.lastRequest();
  const startedAt = world.clock.now();
  await tellOf(world, pageIds);
  const waits = (): boolean => world.store().exec("SELECT 1 FROM dirty_pages LIMIT 1").length > 0;
  while (waits()) await world.pass(1_000);
  const seconds = round((world.clock.now() - startedAt) / 1000, 0);
  const asked = world.requests(before).length;
  await world.close();
  const how = `${events} events about ${pages} edited pages at once, on the Plus plan, until nothing is left to read`;
  return [
    { name: "storm_drained", value: seconds, unit: "s of Notion's time", goal: "<= 300", how },
    {
      name: "storm_requests",
      value: asked,
      unit: "requests",
      goal: `<= ${pages}`,
      how: `${how}; all requests`,
    },
  ];
};
