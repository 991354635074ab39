import type { DatabaseKey } from "../../src/types/schema.ts";
import { type Figure, round } from "./measure.ts";
import { seedRows } from "./person.ts";
import { type BenchWorld, openBenchWorld } from "./world.ts";

/** Rows by database, of which two hold more than one listing may show. */
const rowsOf = {
  ...{ contacts: 26_000, milestones: 11_000, risks: 9_000, changeRequests: 3_000, updates: 1_000 },
} as const satisfies Partial<Record<DatabaseKey, number>>;
const sizes = Object.entries(rowsOf) as [keyof typeof rowsOf, number][];
const [all, listed, requested, perMinute] = [50_000, 10_000, 100, 500];
const minuteMs = 60_000;

const total = (part: (rows: number) => number): number =>
  sizes.reduce((sum, [, rows]) => sum + part(rows), 0);

const fill = async (world: BenchWorld): Promise<void> => {
  for (const [key, rows] of sizes) {
    for (let seeded = 0; seeded < rows; seeded += perMinute) {
      await seedRows(world, key, perMinute);
      world.clock.advance(minuteMs);
    }
  }
};

type Counted = { listings: number; requests: number };

const count = async (world: BenchWorld): Promise<Counted> => {
  const sources = await Promise.all(sizes.map(([key]) => world.dataSource(key)));
  const counted: Counted = { listings: 0, requests: 0 };
  world.watch(({ to, moment, path, body }) => {
    if (to !== "notion" || moment !== "sent" || !path.endsWith("/query")) return;
    if (!sources.some((source) => path.includes(source))) return;
    counted.requests += 1;
    if (!body.includes("start_cursor")) counted.listings += 1;
  });
  world.startAnew();
  const knows = (): boolean =>
    world.store().exec("SELECT 1 FROM pages LIMIT 1 OFFSET ?", all - 1).length > 0 &&
    world.store().exec("SELECT 1 FROM polls WHERE complete = 0").length === 0;
  while (!knows()) await world.pass(10_000);
  world.watch(null);
  return counted;
};

/** A store that starts on 50,000 rows: how many listings it begins, and all that it reads. */
export const benchFirstSync = async (): Promise<Figure[]> => {
  const world = await openBenchWorld({ pollSeconds: 3_600, webhooks: false, plan: "business" });
  await fill(world);
  const { listings, requests } = await count(world);
  await world.close();
  const forced = total((rows) => Math.ceil(rows / listed));
  const allowed = total((rows) => Math.ceil(rows / requested) + 4);
  const where = `${all} rows in five databases (${Object.values(rowsOf).join(", ")}), Notion ending each listing after ${listed}`;
  return [
    {
      ...{ name: "first_sync_listings", value: round(listings / forced, 2), unit: "of those forced" },
      ...{ goal: "<= 1.05", how: `${listings} listings begun for ${where}; the limit forces ${forced}` },
    },
    {
      ...{
        name: "first_sync_requests",
        value: round(requests / allowed, 2),
        unit: "of rows/100 + 4 a database",
      },
      ...{ goal: "<= 1", how: `${requests} requests for ${where}; rows/100 + 4 a database are ${allowed}` },
    },
  ];
};
