import { type ErrorCode, errorCatalogue } from "./error-catalogue.ts";

/** An error of the catalogue. `detail` names ids, properties or variables, never their values. */
export class MilepostError extends Error {
  readonly code: ErrorCode;
  readonly todo: string;
  readonly detail: string;

  constructor(code: ErrorCode, detail = "", options?: ErrorOptions) {
    super(
      detail === "" ? errorCatalogue[code].message : `${errorCatalogue[code].message} (${detail})`,
      options,
    );
    this.name = "MilepostError";
    this.code = code;
    this.todo = errorCatalogue[code].todo;
    this.detail = detail;
  }
}

export type NotionErrorCode = Extract<ErrorCode, `notion_${string}`>;

type NotionAnswer = {
  readonly status?: number;
  readonly errorCode?: string | null;
  readonly requestId?: string | null;
  readonly retryAt?: number;
  readonly needs?: string | null;
  readonly cause?: unknown;
};

/** What became of a failed request to Notion; `notion_unknown` means it may have been carried out. */
export class NotionError extends MilepostError {
  override readonly code: NotionErrorCode;
  /** HTTP status; null where there was no answer. */
  readonly status: number | null;
  /** Notion's own code for the error; null where the answer was not Notion's. */
  readonly errorCode: string | null;
  /** By which Notion's support finds the request; null where the answer did not name it. */
  readonly requestId: string | null;
  /** When to try again (UTC ms), for `notion_throttled`. */
  readonly retryAt: number | null;
  /** The capability of the connection that the request needs, for `notion_forbidden`. */
  readonly needs: string | null;

  constructor(code: NotionErrorCode, detail: string, more: NotionAnswer = {}) {
    super(code, detail, { cause: more.cause });
    this.name = "NotionError";
    this.code = code;
    this.status = more.status ?? null;
    this.errorCode = more.errorCode ?? null;
    this.requestId = more.requestId ?? null;
    this.retryAt = more.retryAt ?? null;
    this.needs = more.needs ?? null;
  }
}

const storeFailures: readonly ErrorCode[] = [
  "store_busy",
  "store_unwritable",
  "store_corrupt",
  "store_taken",
];

/** Whether it is the store that takes nothing now, so that nothing that was being stored is to blame. */
export const isStoreFailure = (error: unknown): error is MilepostError =>
  error instanceof MilepostError && storeFailures.includes(error.code);

/** Names a capability as the connection's settings do; the same for every page, so that /status tells it once. */
export const missingCapability = (needs: string): string => `the capability "${needs}" is missing`;

/** What /status says of a failed request. */
export const problemDetail = ({ needs, detail }: NotionError): string =>
  needs === null ? detail : missingCapability(needs);
