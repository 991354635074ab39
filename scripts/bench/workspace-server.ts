import { randomInt, randomUUID } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import { createAdjustableClock } from "../../src/embedded/clock.ts";
import { startWorkspaceServer } from "../../src/embedded/notion/server.ts";
import { createWorkspace, type Workspace } from "../../src/embedded/notion/workspace.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";

/** What the server tells the bench once it listens. */
export type Ready = {
  url: string;
  token: string;
  dataSourceId: string;
  pageIds: string[];
  seedingMs: number;
};

const rows = 10_000;
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const stages = ["Backlog", "Doing", "Review", "Shipped"];
const text = (content: string) => [{ text: { content } }];

const properties = {
  Name: { title: {} },
  Note: { rich_text: {} },
  Points: { number: {} },
  Stage: { status: { options: stages.map((name) => ({ name })) } },
  Kind: { select: { options: [{ name: "Bug" }, { name: "Feature" }] } },
  Tags: { multi_select: { options: [{ name: "web" }, { name: "data" }] } },
  Due: { date: {} },
  Owner: { people: {} },
  Done: { checkbox: {} },
  Site: { url: {} },
};

const rowOf = (index: number, personIds: readonly string[]) => ({
  Name: { title: text(`Task ${index}`) },
  Note: { rich_text: text(`What task ${index} is about`) },
  Points: { number: (index * 7919) % 1000 },
  Stage: { status: { name: stages[index % stages.length] } },
  Kind: { select: { name: index % 3 === 0 ? "Bug" : "Feature" } },
  Tags: { multi_select: [{ name: index % 2 === 0 ? "web" : "data" }] },
  Due: { date: { start: new Date(Date.UTC(2026, 0, 1 + (index % 365))).toISOString().slice(0, 10) } },
  Owner: { people: [{ id: personIds[index % personIds.length] ?? "" }] },
  Done: { checkbox: index % 5 === 0 },
  Site: { url: `https://example.com/${index}` },
});

const createTable = async ({ fetch, tokens, rootPageId }: Workspace): Promise<string> => {
  const response = await fetch("http://workspace/v1/databases", {
    method: "POST",
    headers: { authorization: `Bearer ${tokens.bot}`, "notion-version": "2026-03-11" },
    body: JSON.stringify({
      parent: { page_id: rootPageId },
      title: text("Tasks"),
      initial_data_source: { properties },
    }),
  });
  const { data_sources } = (await response.json()) as { data_sources: { id: string }[] };
  return data_sources[0]?.id ?? "";
};

const serve = async (file: string): Promise<Ready> => {
  const clock = createAdjustableClock({
    realNow: () => Date.now(),
    setTimer(fn, ms) {
      const timer = setTimeout(fn, ms);
      return () => clearTimeout(timer);
    },
  });
  const random = (): number => randomInt(2 ** 32) / 2 ** 32;
  const workspace = createWorkspace({
    ...{ database: openNodeDatabase(file), clock, random, newId: randomUUID, log: silent },
    ...{ plan: "business", limitScale: 1_000, fetch: () => Promise.reject(new Error("nothing listens")) },
  });
  const dataSourceId = await createTable(workspace);
  const personIds = workspace.people.map(({ id }) => id);
  const seeds = Array.from({ length: rows }, (_, index) => rowOf(index, personIds));
  const startedAt = performance.now();
  const pageIds = workspace.control.seedRows(dataSourceId, seeds);
  const seedingMs = performance.now() - startedAt;
  const server = await startWorkspaceServer({ workspace, clock, host: "127.0.0.1", port: 0, log: silent });
  return { url: server.url, token: workspace.tokens.bot, dataSourceId, pageIds, seedingMs };
};

parentPort?.postMessage(await serve(String(workerData)));
