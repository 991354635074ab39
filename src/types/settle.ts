import type { NotionError } from "./errors.ts";

/** How long a request that was given up may still land at Notion (reliability §2.1 step 5), by how it ended. */
export const settleMs = { noAnswer: 60_000, serverError: 5_000 } as const;

/** How long to wait before looking for what a failed request may have left behind (ms). */
export const settleTime = ({ code, status }: NotionError): number => {
  if (code !== "notion_unknown") return 0;
  return status === null ? settleMs.noAnswer : settleMs.serverError;
};
