import { createHmac, randomUUID } from "node:crypto";
import autocannon from "autocannon";
import { quantile } from "./measure.ts";

/** What is sent: `requests` signed events with ids of their own, over `connections`, about the pages in turn. */
export type LoadOrders = {
  readonly url: string;
  readonly verificationToken: string;
  readonly workspaceId: string;
  readonly dataSourceId: string;
  readonly authorId: string;
  readonly pageIds: readonly string[];
  readonly connections: number;
  readonly requests: number;
};

/** Answers a second from the first request to the last answer, and the p99 (ms) of the time to an answer. */
export type LoadResult = { readonly perSecond: number; readonly p99: number };

const bodyOf = (orders: LoadOrders, index: number): string => {
  const { pageIds, workspaceId, authorId, dataSourceId } = orders;
  return JSON.stringify({
    ...{ id: randomUUID(), timestamp: "2026-01-05T09:00:00.000Z", workspace_id: workspaceId },
    ...{ type: "page.properties_updated", attempt_number: 1, api_version: "2026-03-11" },
    ...{ authors: [{ id: authorId, type: "person" }] },
    ...{ entity: { id: pageIds[index % pageIds.length], type: "page" } },
    data: { parent: { id: dataSourceId, type: "database", data_source_id: dataSourceId } },
  });
};

const requestOf = (orders: LoadOrders, index: number): autocannon.Request => {
  const body = bodyOf(orders, index);
  const digest = createHmac("sha256", orders.verificationToken).update(body).digest("hex");
  const headers = { "content-type": "application/json", "x-notion-signature": `sha256=${digest}` };
  return { method: "POST", headers, body };
};

/**
 * Everything is signed before the first request goes out; the first answer of each connection, which waited for the
 * connection, is counted and not timed. Throws unless every event was answered 200.
 */
const sendAll = async (orders: LoadOrders): Promise<LoadResult> => {
  const { url, connections } = orders;
  const share = Math.ceil(orders.requests / connections);
  const signed = Array.from({ length: connections }, (_none, connection) =>
    Array.from({ length: share }, (_one, index) => requestOf(orders, connection * share + index)),
  );
  const connected = new Set<unknown>();
  const statuses: number[] = [];
  const waits: number[] = [];
  let [startedAt, endedAt] = [0, 0];
  await new Promise<void>((resolve, reject) => {
    const load = autocannon(
      {
        ...{ url, connections, amount: share * connections },
        setupClient: (client) => client.setRequests(signed.pop() ?? []),
      },
      (error: Error | null) => (error ? reject(error) : resolve()),
    );
    load.on("start", () => {
      startedAt = performance.now();
    });
    load.on("response", (client, status, _bytes, ms) => {
      endedAt = performance.now();
      statuses.push(status);
      if (connected.has(client)) waits.push(ms);
      connected.add(client);
    });
  });
  const taken = statuses.filter((status) => status === 200).length;
  if (taken !== share * connections) {
    const others = [...new Set(statuses)].filter((status) => status !== 200);
    throw new Error(
      `${taken} of ${share * connections} events were answered 200, ${statuses.length - taken} otherwise (${others}), the rest not at all`,
    );
  }
  return { perSecond: (taken * 1000) / (endedAt - startedAt), p99: quantile(waits, 0.99) };
};

console.log(JSON.stringify(await sendAll(JSON.parse(process.argv[2] ?? "") as LoadOrders)));
