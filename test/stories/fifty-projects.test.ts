import { afterEach, describe, expect, test } from "vitest";
import { databases } from "../../notion-templates/databases.ts";
import { stageOptions } from "../../notion-templates/stages.ts";
import type { DatabaseKey } from "../../src/types/schema.ts";
import { lastRequest, requestsAfter, writesAfter } from "../support/requests.ts";
import {
  addRow,
  type Cells,
  cellsOf,
  commentTexts,
  type DataSources,
  dataSources,
  edit,
} from "../support/rows.ts";
import { createWorld, type World } from "../support/world.ts";

const minute = 60_000;
const people = ["Dana Reyes", "Pablo Ortiz", "Diego Santos", "Quinn Abbott", "Clara Voss"] as const;
const keys = Object.keys(databases) as DatabaseKey[];

let world: World;
afterEach(() => world.close());

const yesterday = "2026-11-23";
const stepsDone = ["Production start", "Production complete", "Client handover"] as const;

/** What a project has been through that never went through Milepost: verdicts, sign-offs and reasons of any kind. */
const pasts: readonly Cells[] = [
  { "QA certification": "PASS", "Launch sign-off": "Approved", "Receipt acknowledged": "Acknowledged" },
  { "QA certification": "FAIL", "Override reason": "The client insisted." },
  { "Requirements signed off": "yes", "Timeline acknowledged": "yes" },
  { Gate: "see the wiki" },
  {},
];

/** Each person adds a fifth of them, because the workspace counts a minute's requests by person. */
const addExisting = async (sources: DataSources): Promise<void> => {
  for (const [index, past] of pasts.entries()) {
    const client = world.as(people[index] ?? "");
    for (const stage of stageOptions) {
      const name = `${stage.name} ${index}`;
      const contact = await addRow(client, sources, "contacts", {
        ...{ Name: `Client of ${name}`, Email: `client${index}@acme.example` },
      });
      const project = await addRow(client, sources, "projects", {
        ...{ Name: name, Contacts: contact, Stage: stage.name, "Client letters": "Automatic" },
        ...past,
      });
      for (const Kind of stepsDone) {
        const done = { Status: "Done", Target: yesterday, Actual: yesterday, "Sign-off": "Approved" };
        await addRow(client, sources, "milestones", { Name: Kind, Project: project, Kind, ...done });
      }
    }
  }
};

const pagesOf = async (client: ReturnType<World["as"]>, id: string) => {
  const pages: { readonly id: string; readonly properties: Record<string, unknown> }[] = [];
  let cursor: string | null = null;
  do {
    const found = await client.dataSources.query({
      data_source_id: id,
      ...(cursor === null ? {} : { start_cursor: cursor }),
    });
    for (const page of found.results) if ("properties" in page) pages.push(page as (typeof pages)[number]);
    cursor = found.next_cursor;
  } while (cursor !== null);
  return pages;
};

/** Every property of every page, but for those that the templates give to Milepost. */
const whatPeopleOwn = async (sources: DataSources): Promise<Record<string, unknown>> => {
  const shown: Record<string, unknown> = {};
  for (const key of keys) {
    const serviceNames = new Set<string>(
      Object.values(databases[key].properties)
        .filter(({ owner }) => owner === "service")
        .map(({ name }) => name),
    );
    for (const page of await pagesOf(world.as("Dana Reyes"), sources[key])) {
      const kept = Object.entries(page.properties).filter(([name]) => !serviceNames.has(name));
      shown[`${key} ${page.id}`] = Object.fromEntries(kept);
    }
  }
  return shown;
};

/** What Milepost changed since, by the workspace's own journal: the kind of change, and the properties by name. */
const changedByMilepost = async (sources: DataSources, after: number): Promise<readonly string[]> => {
  const names = new Map<string, string>();
  for (const key of keys) {
    const source = await world.as("Dana Reyes").dataSources.retrieve({ data_source_id: sources[key] });
    for (const [name, { id }] of Object.entries(source.properties)) names.set(decodeURIComponent(id), name);
  }
  const changes = world.workspace.control
    .journal(after)
    .filter(({ actor }) => actor.id === world.workspace.botId)
    .map(({ kind, properties = [] }) => `${kind} ${properties.map((id) => names.get(id)).join()}`);
  return [...new Set(changes)].sort();
};

const journalEnd = (): number => world.workspace.control.journal().at(-1)?.seq ?? 0;
const wait = (until: number): Promise<void> => world.clock.advance(until - world.clock.now());

describe.each([
  { older: "older than Milepost's store", emptied: false },
  { older: "older than Active since as well", emptied: true },
])("fifty projects that are $older", ({ emptied }) => {
  test("are taken as they are, and a fifty-first that starts in QA is not", async () => {
    world = createWorld({ pollSeconds: 600 });
    await world.pass(minute);
    const dana = world.as("Dana Reyes");
    const sources = await dataSources(dana);
    await addExisting(sources);
    const [office] = await pagesOf(dana, sources.office);
    if (emptied) await edit(dana, "office", office?.id ?? "", { "Active since": { date: null } });
    await world.clock.advance(10 * minute);
    const before = await whatPeopleOwn(sources);
    const start = journalEnd();

    world.startAnew();
    await world.service().setUp(wait);
    const setUp = lastRequest(world);
    await world.pass(0);
    // Each database listed once and its schema looked at, the empty ones too; and whose token it is.
    const counts = [50, 50, 150, 1, ...Array.from({ length: Object.keys(databases).length - 4 }, () => 0)];
    const rows = counts.map((count) => Math.max(1, Math.ceil(count / 100)) + 1).reduce((a, b) => a + b);
    const reads = requestsAfter(world, setUp).filter(({ operation }) => !operation?.startsWith("pages."));
    expect(reads.length).toBeLessThanOrEqual(rows + 1);
    await world.pass(10 * minute);
    expect(await whatPeopleOwn(sources)).toEqual(before);
    expect(await changedByMilepost(sources, start)).toEqual([
      ...(emptied ? ["page.properties_updated Active since"] : []),
      // Their milestones have Targets, and some of their timelines are acknowledged.
      ...["Baseline", "Baseline,Forecast,Slip", "Forecast", "Forecast delivery,Live since"].map(
        (names) => `page.properties_updated ${names}`,
      ),
      "page.properties_updated Gate,Forecast delivery,Live since",
      "page.properties_updated Gate,Live since",
      "page.properties_updated Live since",
    ]);

    const secondSight = lastRequest(world);
    world.restart();
    await world.pass(10 * minute);
    world.startAnew();
    await world.pass(10 * minute);
    expect(writesAfter(world, secondSight)).toEqual([]);

    const late = await addRow(dana, sources, "projects", {
      ...{ Name: "The fifty-first", Stage: "QA", "Client letters": "Automatic" },
    });
    await world.pass(5 * minute);
    expect((await cellsOf(dana, late)).Stage).toBe("Intake");
    expect(await commentTexts(dana, late)).toHaveLength(1);
    const after = await whatPeopleOwn(sources);
    expect(Object.keys(after)).toHaveLength(Object.keys(before).length + 1);
    expect(after).toMatchObject(before);
  });
});
