import { NotionError, type NotionErrorCode } from "../types/errors.ts";
import { type Operation, operations } from "./operations.ts";

/** What is known of a request that failed. Never a body: Notion's messages quote the values that were sent. */
export type Failure = {
  readonly operation: Operation;
  readonly method: string;
  /** Null where there was no answer. */
  readonly status: number | null;
  /** Notion's error code; null where the answer was not Notion's error envelope. */
  readonly code: string | null;
  readonly requestId: string | null;
  /** What Notion says it had saved before it failed (503, reference/notion-api §4). */
  readonly committedId?: string | null;
  readonly why?: string;
};

/** What a status means, where its class does not say it: other 4xx are refusals, everything else is unknown. */
const codeByStatus: Readonly<Record<number, NotionErrorCode>> = {
  401: "notion_unauthorized",
  403: "notion_forbidden",
  404: "notion_not_found",
  409: "notion_conflict",
  429: "notion_throttled",
  529: "notion_throttled",
};

const pausing = new Set([429, 529]);

/** Whether Notion asks for a pause; believed without its envelope too, because a proxy may answer for it. */
export const asksForPause = (status: number): boolean => pausing.has(status);

/**
 * The error for a failed request. Only Notion's own envelope makes a refusal definite: an HTML page with 403 comes from
 * the network's edge and says nothing about the request (faults F5, F9).
 */
export const notionError = (
  failure: Failure,
  more: { retryAt?: number; cause?: unknown } = {},
): NotionError => {
  const code = codeOf(failure);
  return new NotionError(code, describe(failure), {
    ...(failure.status === null ? {} : { status: failure.status }),
    ...{ errorCode: failure.code, requestId: failure.requestId },
    ...(code === "notion_forbidden" ? { needs: operations[failure.operation].needs } : {}),
    ...more,
  });
};

const codeOf = ({ status, code }: Failure): NotionErrorCode => {
  if (status === null || (code === null && !asksForPause(status))) return "notion_unknown";
  return codeByStatus[status] ?? (status >= 400 && status < 500 ? "notion_refused" : "notion_unknown");
};

const describe = (failure: Failure): string =>
  [
    failure.operation,
    failure.method.toUpperCase(),
    failure.status ?? "no answer",
    failure.code,
    failure.why,
    failure.requestId && `request ${failure.requestId}`,
    failure.committedId && `committed ${failure.committedId}`,
  ]
    .filter((part) => part !== null && part !== undefined && part !== "")
    .join(" ");
