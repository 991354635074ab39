import { databases } from "../../notion-templates/databases.ts";
import type { DatabaseKey } from "../../src/types/schema.ts";
import { type Figure, round } from "./measure.ts";
import { phone, seedRows } from "./person.ts";
import { createPlainPoller, type PlainPollerOptions } from "./plain-poller.ts";
import { type BenchWorld, openBenchWorld } from "./world.ts";

const minuteMs = 60_000;
const rowsPerPage = 100;
const keys = Object.keys(databases) as DatabaseKey[];

const requests = (name: string, value: number, goal: Figure["goal"], how: string): Figure => ({
  ...{ name, value, unit: "requests", goal, how },
});

const isKnown = (world: BenchWorld, pageIds: readonly string[], number: string): boolean => {
  const known = world
    .store()
    .exec("SELECT page_id FROM pages WHERE database = 'contacts' AND local ->> 'phone' = ?", number);
  return known.length === pageIds.length;
};

/** The kinds of poller that the same edits are given to, the fair one last. */
const plainPollers: Readonly<Record<string, PlainPollerOptions>> = {
  plain_reading: { pageSize: 10, readsEach: true },
  plain_fair: { pageSize: rowsPerPage, readsEach: false },
};

const inWords = ({ pageSize, readsEach }: PlainPollerOptions): string =>
  `a plain poller: one query a database each minute, page_size ${pageSize}${readsEach ? " and a read of each page found" : " and no reads"}`;

/** Edits contacts at once and lets polls find them: Milepost's requests until it knows all, and those of plain pollers. */
const pickUp = async (
  world: BenchWorld,
  pageIds: readonly string[],
  goal: Figure["goal"],
): Promise<Figure[]> => {
  const source = await world.dataSource("contacts");
  const number = `+49 30 ${pageIds.length}`;
  const pollers = Object.entries(plainPollers).map(
    ([name, options]) => [name, options, createPlainPoller(world.workspace, [source], options)] as const,
  );
  for (const [, , poller] of pollers) await poller.poll(world.clock.now());
  for (const pageId of pageIds) await world.edit(pageId, phone(number));
  const before = world.lastRequest();
  while (!isKnown(world, pageIds, number)) await world.pass(1_000);
  const ours = world.requests(before).filter(({ path }) => path.includes(source) || /pages/.test(path));
  const what = `${pageIds.length} contacts edited at once, no webhooks`;
  const figures = [
    requests(
      `requests_${pageIds.length}_edits`,
      ours.length,
      goal,
      `${what}; all requests about contacts until each edit is known`,
    ),
  ];
  for (const [name, options, poller] of pollers)
    figures.push(
      requests(
        `requests_${pageIds.length}_edits_${name}`,
        await poller.poll(world.clock.now()),
        "",
        `the same edits; ${inWords(options)}`,
      ),
    );
  await world.pass(10 * minuteMs);
  return figures;
};

const quiet = async (world: BenchWorld): Promise<Figure[]> => {
  const sources = await Promise.all(keys.map((key) => world.dataSource(key)));
  const figures: Figure[] = [];
  for (const [name, options] of Object.entries(plainPollers)) {
    const poller = createPlainPoller(world.workspace, sources, options);
    const asked = await poller.poll(world.clock.now());
    figures.push({
      ...{ name: `requests_quiet_poll_${name}`, value: round(asked / sources.length, 2) },
      ...{ unit: "requests/database", goal: "", how: inWords(options) },
    });
  }
  return figures;
};

/** What it costs in requests to learn of edits that nobody tells of, beside plain pollers that learn of the same. */
export const benchPolling = async (): Promise<Figure[]> => {
  const world = await openBenchWorld({ pollSeconds: 60, webhooks: false, plan: "plus" });
  const pageIds = await seedRows(world, "contacts", 1_000);
  await world.pass(20 * minuteMs);
  const figures = [
    ...(await quiet(world)),
    ...(await pickUp(world, pageIds.slice(0, 100), "<= 2")),
    ...(await pickUp(world, pageIds, "<= 12")),
  ];
  await world.close();
  return figures;
};
