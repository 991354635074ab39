import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { databases } from "../../notion-templates/databases.ts";
import { startChild, untilReady } from "./child.ts";
import { type Figure, median, round } from "./measure.ts";
import { createPerson, title } from "./person.ts";
import {
  apiToken,
  type Ends,
  type Served,
  serveWorkspace,
  serviceAddress,
  startMilepost,
  verificationToken,
} from "./served.ts";
import type { LoadOrders, LoadResult } from "./webhook-load.ts";

const [rows, connections, requests, warmUpRequests, runs] = [500, 64, 9_600, 4_800, 5];
const rowsPerPage = 100;

/** Adds the rows as a person and waits until polling has read all of them. */
const fill = async ({ workspace }: Served): Promise<Pick<LoadOrders, "pageIds" | "dataSourceId">> => {
  const { control, botId } = workspace;
  const person = createPerson(workspace);
  const dataSourceId = await person.dataSource("contacts");
  const before = control.requests().at(-1)?.seq ?? 0;
  const pageIds: string[] = [];
  for (let row = 0; row < rows; row++) {
    const name = databases.contacts.properties.name.name;
    pageIds.push(await person.addRow("contacts", { [name]: title(`Contact ${row}`) }));
  }
  const path = `/v1/data_sources/${dataSourceId}/query`;
  const listed = (): number =>
    control.requests(before).filter((request) => request.actorId === botId && request.path === path).length;
  while (listed() < rows / rowsPerPage) await new Promise((resolve) => setTimeout(resolve, 100));
  return { pageIds, dataSourceId };
};

const load = async (folder: string, orders: LoadOrders): Promise<LoadResult> => {
  const child = startChild("scripts/bench/webhook-load.ts", { folder, arguments: [JSON.stringify(orders)] });
  return JSON.parse(await child.said(/^(\{.*\})$/m)) as LoadResult;
};

type Runs = { readonly milepost: readonly LoadResult[]; readonly bare: readonly LoadResult[] };

/** Alternating runs, so that what else the machine does meets both alike; the first ones only warm up. */
const alternate = async (
  folder: string,
  urls: { readonly milepost: string; readonly bare: string },
  orders: Omit<LoadOrders, "url" | "requests">,
): Promise<Runs> => {
  const send = (url: string, count: number): Promise<LoadResult> =>
    load(folder, { ...orders, url: `${url}/webhooks/notion`, requests: count });
  for (const url of [urls.milepost, urls.bare]) await send(url, warmUpRequests);
  const [milepost, bare]: [LoadResult[], LoadResult[]] = [[], []];
  for (let run = 0; run < runs; run++) {
    bare.push(await send(urls.bare, requests));
    milepost.push(await send(urls.milepost, requests));
  }
  return { milepost, bare };
};

/** A figure is worth nothing unless every event that was answered has been taken for a new one. */
const checkTaken = async (url: string): Promise<void> => {
  const headers = { authorization: `Bearer ${apiToken}` };
  const { counters } = (await (await fetch(`${url}/status`, { headers })).json()) as {
    readonly counters: Readonly<Record<string, number>>;
  };
  const sent = warmUpRequests + runs * requests;
  if (counters.webhook_accepted !== sent)
    throw new Error(`${counters.webhook_accepted} of ${sent} events were taken`);
};

const figuresOf = ({ milepost, bare }: Runs, memory: number): Figure[] => {
  const perSecond = (results: readonly LoadResult[]): number =>
    median(results.map((result) => result.perSecond));
  const [ours, theirs] = [perSecond(milepost), perSecond(bare)];
  const ratio = median(milepost.map((result, run) => result.perSecond / (bare[run]?.perSecond ?? 0)));
  const how = `${requests} signed events with ids of their own about ${rows} rows, ${connections} connections, median of ${runs} runs that alternate with the bare handler's; store on disk, synchronous=FULL, loop at work`;
  const p99 = median(milepost.map((result) => result.p99));
  const unit = "events/s";
  return [
    { name: "ack_per_second", value: round(ours, 0), unit, goal: ">= 1000", how },
    {
      ...{ name: "ack_per_second_bare", value: round(theirs, 0), unit, goal: "" },
      how: "the same load on Hono with the same signature check and nothing else",
    },
    {
      ...{ name: "ack_ratio", value: round(ratio, 2), unit: "of bare", goal: ">= 0.5" },
      how: "each run by the bare handler's run before it; the median of these",
    },
    {
      ...{ name: "ack_p99", value: round(p99, 1), unit: "ms", goal: "<= 250" },
      how: "from request to answer under that load, with every connection always busy",
    },
    {
      ...{ name: "memory_after_load", value: round(memory, 0), unit: "MB", goal: "" },
      how: `resident memory of Milepost after ${warmUpRequests + runs * requests} events`,
    },
  ];
};

const measure = async (folder: string, ends: Ends): Promise<Figure[]> => {
  const served = await serveWorkspace(ends);
  const milepost = await startMilepost(served, folder);
  ends.push(milepost.stop);
  const url = await milepost.said(serviceAddress);
  await untilReady(url);
  const filled = await fill(served);
  const bare = startChild("scripts/bench/bare-receiver.ts", { folder, arguments: [verificationToken] });
  ends.push(bare.stop);
  const urls = { milepost: url, bare: await bare.said(/^(http:\S+)$/m) };
  const { workspaceId, people } = served.workspace;
  const who = { verificationToken, workspaceId, authorId: people[0]?.id ?? "", connections };
  const results = await alternate(folder, urls, { ...who, ...filled });
  await checkTaken(url);
  return figuresOf(results, await milepost.memory());
};

/** How fast Milepost answers webhooks, beside the least that could answer them. */
export const benchAcks = async (): Promise<Figure[]> => {
  const folder = mkdtempSync(join(tmpdir(), "milepost-bench-"));
  const ends: Ends = [() => rmSync(folder, { recursive: true })];
  try {
    return await measure(folder, ends);
  } finally {
    for (const end of ends.reverse()) await end();
  }
};
