import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { type Figure, median, quantile, round } from "./measure.ts";
import type { Ready } from "./workspace-server.ts";

type Asked = { method: string; path: string; body?: unknown };
type Send = (asked: Asked) => Promise<void>;

const warmUps = 20;
const measuredQueries = 200;
const connections = 8;
const loadMs = 10_000;

const query = ({ dataSourceId }: Ready): Asked => ({
  method: "POST",
  path: `/v1/data_sources/${dataSourceId}/query`,
  body: {
    filter: {
      and: [
        { property: "Stage", status: { equals: "Doing" } },
        { property: "Points", number: { greater_than: 100 } },
      ],
    },
    sorts: [{ property: "Points", direction: "descending" }],
    page_size: 100,
  },
});

const senderTo = ({ url, token }: Ready, agent: Agent): Send => {
  const { hostname, port } = new URL(url);
  return ({ method, path, body }) =>
    new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${token}`,
        "notion-version": "2026-03-11",
        "content-type": "application/json",
      };
      const sent = request({ hostname, port, path, method, headers, agent }, (response) => {
        response.resume();
        response.once("end", () =>
          response.statusCode === 200
            ? resolve()
            : reject(new Error(`${method} ${path}: ${response.statusCode}`)),
        );
      });
      sent.once("error", reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
};

const timed = async (send: Send, asked: Asked): Promise<number> => {
  const startedAt = performance.now();
  await send(asked);
  return performance.now() - startedAt;
};

/** 80 % page reads, 15 % updates, 5 % queries of 100, in a fixed order. */
const requestAt = (ready: Ready, index: number): Asked => {
  const page = ready.pageIds[(index * 7919) % ready.pageIds.length];
  const place = index % 20;
  if (place === 19) return query(ready);
  if (place < 16) return { method: "GET", path: `/v1/pages/${page}` };
  return {
    method: "PATCH",
    path: `/v1/pages/${page}`,
    body: { properties: { Points: { number: index % 1000 } } },
  };
};

const load = async (ready: Ready, send: Send): Promise<{ perSecond: number; times: number[] }> => {
  const times: number[] = [];
  const startedAt = performance.now();
  const until = startedAt + loadMs;
  let next = 0;
  const connection = async (): Promise<void> => {
    while (performance.now() < until) times.push(await timed(send, requestAt(ready, next++)));
  };
  await Promise.all(Array.from({ length: connections }, connection));
  return { perSecond: times.length / ((performance.now() - startedAt) / 1000), times };
};

const measure = async (ready: Ready, send: Send): Promise<Figure[]> => {
  for (let index = 0; index < warmUps; index++) await send(query(ready));
  const queries: number[] = [];
  for (let index = 0; index < measuredQueries; index++) queries.push(await timed(send, query(ready)));
  const { perSecond, times } = await load(ready, send);
  const where = "over HTTP, the workspace in a thread of its own, its database a file";
  return [
    {
      name: "workspace_seed_10000",
      ...{ value: round(ready.seedingMs / 1000, 2), unit: "s", goal: "<= 5" },
      how: "10,000 rows of ten properties by control.seedRows, in one transaction",
    },
    {
      name: "workspace_query_p50",
      ...{ value: round(median(queries), 1), unit: "ms", goal: "<= 20" },
      how: `${measuredQueries} queries of 10,000 rows one after the other, ${where}`,
    },
    {
      name: "workspace_requests_per_second",
      ...{ value: Math.floor(perSecond), unit: "1/s", goal: ">= 500" },
      how: `80 % page reads, 15 % updates, 5 % queries of 100 for ${loadMs / 1000} s on ${connections} connections, ${where}`,
    },
    {
      name: "workspace_request_p95",
      ...{ value: round(quantile(times, 0.95), 1), unit: "ms", goal: "" },
      how: "the same run",
    },
  ];
};

/** The embedded workspace with 10,000 rows: seeding, a query, and mixed load over HTTP. */
export const benchWorkspace = async (): Promise<Figure[]> => {
  const folder = mkdtempSync(join(tmpdir(), "workspace-bench-"));
  const worker = new Worker(new URL("./workspace-server.ts", import.meta.url), {
    workerData: join(folder, "workspace.sqlite"),
  });
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  try {
    const [ready] = (await once(worker, "message")) as [Ready];
    return await measure(ready, senderTo(ready, agent));
  } finally {
    agent.destroy();
    await worker.terminate();
    rmSync(folder, { recursive: true, force: true });
  }
};
