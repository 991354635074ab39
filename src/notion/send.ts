import { Client, isNotionClientError } from "@notionhq/client";
import { z } from "zod";
import type { Log, Probe } from "../ports.ts";
import { NotionError } from "../types/errors.ts";
import type { Lane } from "../types/notion-gateway.ts";
import { notionError } from "./errors.ts";
import { type Operation, operations } from "./operations.ts";
import type { Throttle } from "./throttle.ts";
import { createTransport, type SdkFetch, type TransportOptions } from "./transport.ts";

/** Sends one request of a lane, once, and parses its answer. */
export type Send = <T>(
  operation: Operation,
  run: (notion: Client) => Promise<unknown>,
  answer: z.ZodType<T>,
) => Promise<T>;

type SendOptions = {
  readonly token: string;
  readonly baseUrl: string;
  readonly throttle: Throttle;
  readonly transport: TransportOptions;
  readonly log: Log;
  readonly probe: Probe;
};

/** Ours decides (transport.ts); the SDK's timer only has to be later, and is cleared with every answer. */
const sdkTimeout = 2 ** 31 - 1;

/** One `Send` for each lane, over the same clients and the same throttle. */
export const createSenders = (options: SendOptions): ((lane: Lane) => Send) => {
  const { throttle, probe, log } = options;
  const clientOf = clients(options);
  return (lane) => async (operation, run, answer) => {
    throttle.take(lane);
    probe(`notion.${operation}.before`);
    try {
      return answer.parse(await run(clientOf(operation)));
    } catch (error) {
      throw knownError(log, operation, error);
    } finally {
      probe(`notion.${operation}.after`);
    }
  };
};

/**
 * One SDK client an operation, because the SDK hands its `fetch` no word about the call it serves. Made when first used: a
 * start that only answers a webhook needs none.
 */
const clients = (options: SendOptions): ((operation: Operation) => Client) => {
  const made = new Map<Operation, Client>();
  return (operation) => {
    const known = made.get(operation);
    if (known) return known;
    const client = createClient(options, createTransport(options.transport, operation));
    made.set(operation, client);
    return client;
  };
};

const createClient = ({ token, baseUrl }: SendOptions, fetch: SdkFetch): Client =>
  new Client({
    auth: token,
    baseUrl,
    fetch,
    notionVersion: "2026-03-11",
    retry: false,
    timeoutMs: sdkTimeout,
    // What it would print holds bodies, and what failed is logged here.
    logger: () => undefined,
  });

/** An answer of another shape counts as malformed; the SDK's own errors arise before anything is sent. */
const knownError = (log: Log, operation: Operation, error: unknown): unknown => {
  if (error instanceof NotionError) return error;
  if (error instanceof z.ZodError) {
    log.warn("notion.malformed", { operation });
    return otherShape(operation, error);
  }
  if (isNotionClientError(error)) {
    log.warn("notion.not_sent", { operation, error_code: error.code });
    return new NotionError("notion_refused", `${operation}: ${error.code}, not sent`);
  }
  return error;
};

const otherShape = (operation: Operation, error: z.ZodError): NotionError =>
  notionError({
    operation,
    method: operations[operation].kind,
    status: 200,
    code: null,
    requestId: null,
    why: `another shape at ${error.issues[0]?.path.join(".")}`,
  });
