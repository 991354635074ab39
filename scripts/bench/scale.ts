import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { databases } from "../../notion-templates/databases.ts";
import { compose } from "../../src/compose.ts";
import { createLog } from "../../src/log.ts";
import type { Database } from "../../src/ports.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";
import { untilReady } from "./child.ts";
import { copyRecord } from "./copy-record.ts";
import { type Figure, median, round } from "./measure.ts";
import { createPerson, type Person, title } from "./person.ts";
import { type Ends, type Served, serveWorkspace, serviceAddress, startMilepost } from "./served.ts";
import { realTime } from "./world.ts";

const [records, due, runs, milestones] = [10_000, 100, 5, 4];
const minuteMs = 60_000;
const { projects } = databases;

/** A live project with what usually hangs on it. */
const addRecord = async (person: Person): Promise<string[]> => {
  const { name, clientLetters, contacts } = projects.properties;
  const contact = await person.addRow("contacts", {
    [databases.contacts.properties.name.name]: title("Cleo"),
  });
  const projectId = await person.addRow("projects", {
    [name.name]: title("Lead bot"),
    [clientLetters.name]: { select: { name: "Automatic" } },
    [contacts.name]: { relation: [{ id: contact }] },
  });
  const rows: string[] = [];
  for (let order = 1; order <= milestones; order++) {
    const { properties } = databases.milestones;
    rows.push(
      await person.addRow("milestones", {
        [properties.name.name]: title(`Step ${order}`),
        [properties.project.name]: { relation: [{ id: projectId }] },
        [properties.target.name]: { date: { start: `2027-0${order}-15` } },
      }),
    );
  }
  return [projectId, contact, ...rows];
};

const storeIn = (folder: string): string => join(folder, "data", "milepost.sqlite");

/** Whether the pages are mirrored, their record decided and nothing is left to write. */
const isAtRest = (store: Database, pageIds: readonly string[]): boolean => {
  const [row] = store.exec(
    `SELECT (SELECT count(*) FROM pages WHERE outgoing = 0 AND page_id IN (${pageIds.map(() => "?").join(", ")})) AS known,
      (SELECT count(*) FROM records WHERE dirty = 0 AND project_id = ?) AS decided, (SELECT count(*) FROM dirty_pages) AS dirty`,
    ...pageIds,
    pageIds[0] ?? "",
  );
  return row?.known === pageIds.length && row.decided === 1 && row.dirty === 0;
};

/** Lets Milepost take one record in, and copies what it then knows. */
const prepareStore = async (served: Served, folder: string): Promise<void> => {
  const milepost = await startMilepost(served, folder);
  await untilReady(await milepost.said(serviceAddress));
  const pageIds = await addRecord(createPerson(served.workspace));
  const store = openNodeDatabase(storeIn(folder));
  while (!isAtRest(store, pageIds)) await new Promise((resolve) => setTimeout(resolve, 200));
  await milepost.stop();
  copyRecord(store, pageIds, records - 1);
  // What is measured is the start, not the polls that come due after it.
  store.exec("UPDATE polls SET due_at = ?", Date.now() + 60 * minuteMs);
  store.close();
};

type Start = { readonly ms: number; readonly memory: number };

const start = async (served: Served, folder: string): Promise<Start> => {
  const from = performance.now();
  const milepost = await startMilepost(served, folder);
  try {
    await untilReady(await milepost.said(serviceAddress));
    return { ms: performance.now() - from, memory: await milepost.memory() };
  } finally {
    await milepost.stop();
  }
};

/** Rounds of the loop until everything due has been decided; only what they take, not what they wait. */
const decideDue = async ({ workspace, url }: Served, store: Database): Promise<number[]> => {
  const clock = { now: realTime.realNow, after: (ms: number, fn: () => void) => realTime.setTimer(fn, ms) };
  const log = createLog({ level: "error", write: (line) => console.error(line), clock });
  const service = compose(
    {
      ...{ notionToken: workspace.tokens.bot, notionBaseUrl: url, notionParentPage: workspace.rootPageId },
      ...{
        notionPlan: "business",
        webhookTokens: [],
        publicUrl: "https://milepost.example",
        apiTokens: null,
      },
      ...{ linkSecrets: ["bench".repeat(8)], mail: null, embedded: null, officeTimeZone: "Europe/Berlin" },
      pollSeconds: 3_600,
    },
    {
      ...{ database: store, clock, log, fetch: workspace.fetch, newId: randomUUID, random: Math.random },
      ...{ probe: () => undefined, wake: () => undefined, gather: async () => undefined },
    },
  );
  await service.round();
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    store.exec(
      "UPDATE records SET wake_at = ? WHERE project_id IN (SELECT project_id FROM records ORDER BY project_id LIMIT ? OFFSET ?)",
      ...[clock.now() - 1, due, run * due],
    );
    const from = performance.now();
    while (store.exec("SELECT 1 FROM records WHERE wake_at <= ? LIMIT 1", clock.now()).length > 0)
      await service.round();
    times.push(performance.now() - from);
  }
  return times;
};

const measure = async (folder: string, ends: Ends): Promise<Figure[]> => {
  const served = await serveWorkspace(ends);
  await prepareStore(served, folder);
  const starts: Start[] = [];
  for (let run = 0; run < runs; run++) starts.push(await start(served, folder));
  const store = openNodeDatabase(storeIn(folder));
  ends.push(() => store.close());
  const times = await decideDue(served, store);
  const what = `${records} live projects with a contact and ${milestones} milestones each`;
  return [
    {
      ...{ name: "start_10000_records", value: round(median(starts.map(({ ms }) => ms)), 0), unit: "ms" },
      ...{ goal: "<= 2000", how: `from the start of the process until /ready, ${what}; median of ${runs}` },
    },
    {
      ...{ name: "memory_10000_records", value: round(median(starts.map(({ memory }) => memory)), 0) },
      ...{ unit: "MB", goal: "<= 300", how: "resident memory then" },
    },
    {
      ...{ name: "tick_100_due", value: round(median(times), 0), unit: "ms", goal: "<= 200" },
      how: `rounds of the loop until ${due} projects that are due are decided, ${what}; store on disk, synchronous=FULL; median of ${runs}`,
    },
  ];
};

/** What Milepost takes with ten thousand live projects. */
export const benchScale = async (): Promise<Figure[]> => {
  const folder = mkdtempSync(join(tmpdir(), "milepost-bench-"));
  const ends: Ends = [() => rmSync(folder, { recursive: true })];
  try {
    return await measure(folder, ends);
  } finally {
    for (const end of ends.reverse()) await end();
  }
};
