import type { NotionError } from "./errors.ts";

/** After how many ms a request to Notion is aborted (reliability, finding 2: the SDK's own timer aborts nothing). */
export const timeouts = { read: 30_000, write: 60_000 } as const;

const noAnswer = 60_000;

/**
 * How long a request that was given up may still land at Notion (reliability §2.1 step 5), by how it ended. `stopped` counts
 * from just before it was sent: a process that stops meanwhile does not tell how long it had waited by then.
 */
export const settleMs = { noAnswer, serverError: 5_000, stopped: timeouts.write + noAnswer } as const;

/** How long to wait before looking for what a failed request may have left behind (ms). */
export const settleTime = ({ code, status }: NotionError): number => {
  if (code !== "notion_unknown") return 0;
  return status === null ? settleMs.noAnswer : settleMs.serverError;
};
