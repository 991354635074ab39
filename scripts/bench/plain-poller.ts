import type { Workspace } from "../../src/embedded/notion/workspace.ts";

/** One query a database each minute for what was edited since the last one, as most integrations poll. */
export type PlainPoller = {
  /** Asks each data source once; answers how many requests that took. */
  readonly poll: (now: number) => Promise<number>;
};

export type PlainPollerOptions = {
  readonly pageSize: number;
  /** Whether each row found is then read by itself. */
  readonly readsEach: boolean;
};

type Answer = { readonly results: readonly { readonly id: string }[]; readonly next_cursor: string | null };

const minuteMs = 60_000;

/** Polls as the connection's bot. It knows nothing of rounded minutes, of rows past 10,000 or of anything that fails. */
export const createPlainPoller = (
  { tokens, fetch }: Workspace,
  dataSourceIds: readonly string[],
  { pageSize, readsEach }: PlainPollerOptions,
): PlainPoller => {
  const headers = {
    ...{ authorization: `Bearer ${tokens.bot}`, "notion-version": "2026-03-11" },
    "content-type": "application/json",
  };
  let requests = 0;
  const ask = async (method: string, path: string, body?: object): Promise<Answer> => {
    requests += 1;
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await fetch(`http://notion.bench/v1/${path}`, init);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  };
  const pollOne = async (dataSourceId: string, since: string): Promise<void> => {
    const filter = { timestamp: "last_edited_time", last_edited_time: { on_or_after: since } };
    let cursor: string | null = null;
    do {
      const more: object = cursor === null ? {} : { start_cursor: cursor };
      const path = `data_sources/${dataSourceId}/query`;
      const answer: Answer = await ask("POST", path, { filter, page_size: pageSize, ...more });
      if (readsEach) for (const { id } of answer.results) await ask("GET", `pages/${id}`);
      cursor = answer.next_cursor;
    } while (cursor !== null);
  };
  let polledAt: number | null = null;
  return {
    async poll(now) {
      const before = requests;
      // Notion rounds edit times down to the minute.
      const since = new Date(Math.floor((polledAt ?? now) / minuteMs) * minuteMs).toISOString();
      for (const id of dataSourceIds) await pollOne(id, since);
      polledAt = now;
      return requests - before;
    },
  };
};
