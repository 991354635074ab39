import type { Client } from "@notionhq/client";
import type { Clock, Fetch, Log, LogFields } from "../ports.ts";
import { NotionError } from "../types/errors.ts";
import { timeouts } from "../types/settle.ts";
import { asksForPause, type Failure, notionError } from "./errors.ts";
import { type Operation, operations } from "./operations.ts";
import { pauseLength } from "./retry-after.ts";
import type { Throttle } from "./throttle.ts";

/** The `fetch` that the SDK accepts. */
export type SdkFetch = NonNullable<NonNullable<ConstructorParameters<typeof Client>[0]>["fetch"]>;

export type TransportOptions = {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly throttle: Throttle;
  readonly log: Log;
  /** Told Notion's clock minus ours (ms) with every answer that carries a `Date`. */
  readonly onSkew: (skew: number) => void;
};

type Answer = { readonly status: number; readonly headers: Headers; readonly text: string };
type Json = Readonly<Record<string, unknown>>;

const blockedPause = 3_600_000;

/**
 * The `fetch` given to the SDK for one operation. Resolves only with a 2xx answer that is JSON of the expected object;
 * everything else is thrown as a `NotionError`, which the SDK passes through. Aborts headers and body alike when the
 * time is up, and tells the throttle what Notion says about pace and token.
 */
export const createTransport =
  (options: TransportOptions, operation: Operation): SdkFetch =>
  async (url, init) => {
    const { clock, log } = options;
    const method = init?.method ?? "GET";
    const startedAt = clock.now();
    try {
      const answer = await withDeadline(clock, timeouts[operations[operation].kind], (signal) =>
        exchange(options.fetch, url, { ...pickRequest(init), signal, redirect: "manual" }),
      );
      noteSkew(options, answer);
      checkAnswer(options, operation, method, answer);
      log.debug("notion.request", { operation, status: answer.status, ms: clock.now() - startedAt });
      return { ok: true, status: answer.status, headers: answer.headers, text: async () => answer.text };
    } catch (error) {
      const failure = error instanceof NotionError ? error : noAnswer(operation, method, error);
      log.warn("notion.failed", { ...loggedOf(operation, failure), ms: clock.now() - startedAt });
      throw failure;
    }
  };

/** Ids and codes alone: a failure's own sentence is for /status. */
const loggedOf = (operation: Operation, { code, status, errorCode, requestId }: NotionError): LogFields => ({
  ...{ operation, code, status, error_code: errorCode, request_id: requestId },
});

/** The SDK's body is a string in every call that Milepost makes; its other kind, form data, is for file uploads. */
const pickRequest = (init: Parameters<SdkFetch>[1]): RequestInit => ({
  method: init?.method ?? "GET",
  headers: init?.headers ?? {},
  ...(init?.body === undefined ? {} : { body: init.body }),
});

const exchange = async (fetch: Fetch, url: string, init: RequestInit): Promise<Answer> => {
  const response = await fetch(url, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
};

/** Runs on the injected clock and settles by itself, because a stalled body may ignore the signal. */
const withDeadline = <T>(clock: Clock, ms: number, run: (signal: AbortSignal) => Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const controller = new AbortController();
    const cancel = clock.after(ms, () => {
      const reason = new DOMException(`No whole answer within ${ms} ms`, "TimeoutError");
      controller.abort(reason);
      reject(reason);
    });
    run(controller.signal).then(resolve, reject).finally(cancel);
  });

const noAnswer = (operation: Operation, method: string, cause: unknown): NotionError => {
  const why = cause instanceof DOMException && cause.name === "TimeoutError" ? "timeout" : "reset";
  return notionError({ operation, method, status: null, code: null, requestId: null, why }, { cause });
};

const noteSkew = ({ clock, onSkew }: TransportOptions, { headers }: Answer): void => {
  const serverTime = Date.parse(headers.get("date") ?? "");
  if (!Number.isNaN(serverTime)) onSkew(serverTime - clock.now());
};

const checkAnswer = (
  options: TransportOptions,
  operation: Operation,
  method: string,
  answer: Answer,
): void => {
  const json = parseObject(answer);
  const failure: Failure = {
    operation,
    method,
    status: answer.status,
    code: errorCode(json),
    requestId: answer.headers.get("x-notion-request-id"),
    committedId: textIn(additionalData(json), "committed_resource_id"),
  };
  if (asksForPause(answer.status)) throw paused(options, failure, answer, additionalData(json));
  if (answer.status === 401 && failure.code !== null) options.throttle.tokenRefused();
  else options.throttle.pauseEnded();
  if (answer.status !== 401 && answer.status < 500 && json !== null) options.throttle.tokenAccepted();
  if (answer.status < 200 || answer.status > 299) throw notionError(failure);
  if (json?.object === operations[operation].answers) return;
  throw notionError({ ...failure, code: null, why: json === null ? "not a JSON object" : "another object" });
};

/** The pause is exactly as long as Notion says, except that a blocked connection waits an hour (notion-api §4). */
const paused = (
  { throttle, clock, log }: TransportOptions,
  failure: Failure,
  { headers }: Answer,
  details: Json,
): NotionError => {
  const now = clock.now();
  const serverTime = Date.parse(headers.get("date") ?? "");
  const asked = headers.get("retry-after") ?? textIn(details, "retry_after");
  const reason = textIn(details, "rate_limit_reason") ?? failure.code ?? `status ${failure.status}`;
  const length =
    reason === "public_api_request_blocked"
      ? blockedPause
      : pauseLength(asked, Number.isNaN(serverTime) ? now : serverTime);
  throttle.pause(now + length, reason);
  log.warn("notion.paused", { reason, ms: length, operation: failure.operation });
  const why = reason === failure.code ? "" : reason;
  return notionError({ ...failure, why }, { retryAt: now + length });
};

/** The answer's JSON object; null where it is not JSON, not an object, or does not call itself JSON. */
const parseObject = ({ headers, text }: Answer): Json | null => {
  if (!/\bjson\b/i.test(headers.get("content-type") ?? "")) return null;
  try {
    const json: unknown = JSON.parse(text);
    return isObject(json) ? json : null;
  } catch {
    return null;
  }
};

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const textIn = (json: Json, key: string): string | null => {
  const value = json[key];
  return typeof value === "string" ? value : null;
};

const additionalData = (json: Json | null): Json =>
  isObject(json?.additional_data) ? json.additional_data : {};

const errorCode = (json: Json | null): string | null =>
  json?.object === "error" ? textIn(json, "code") : null;
