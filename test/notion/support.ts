import { createNotionGateway, type NotionGatewayOptions } from "../../src/notion/gateway.ts";
import type { Log, LogFields, ThrottleState, ThrottleStore } from "../../src/ports.ts";
import { NotionError } from "../../src/types/errors.ts";
import { createVirtualClock, type VirtualClock } from "../support/virtual-clock.ts";

export const startOfTest = Date.UTC(2026, 10, 24, 9, 0, 0);

/** A throttle store that keeps its state as JSON, as a database does. */
export const memoryStore = (): ThrottleStore & { saved(): string | null } => {
  let saved: string | null = null;
  return {
    load: () => (saved === null ? null : (JSON.parse(saved) as ThrottleState)),
    save: (state) => {
      saved = JSON.stringify(state);
    },
    saved: () => saved,
  };
};

export type LogLine = { readonly level: string; readonly event: string; readonly fields: LogFields };

export const recordingLog = (): Log & { lines: LogLine[] } => {
  const lines: LogLine[] = [];
  const at =
    (level: string) =>
    (event: string, fields: LogFields = {}): void =>
      void lines.push({ level, event, fields });
  return { lines, debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
};

export type Sent = {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: unknown;
  readonly signal: AbortSignal | null;
};
export type Reply = (request: Sent) => Response | Promise<Response>;

/** A gateway whose network answers with `replies`, in turn; the last one answers every further request. */
export const scripted = (replies: readonly Reply[], more: Partial<NotionGatewayOptions> = {}) => {
  const clock: VirtualClock = createVirtualClock(startOfTest);
  const sent: Sent[] = [];
  const probes: string[] = [];
  const log = recordingLog();
  const store = memoryStore();
  const fetch: NotionGatewayOptions["fetch"] = async (input, init) => {
    const request: Sent = {
      method: init?.method ?? "GET",
      path: new URL(String(input)).pathname + new URL(String(input)).search,
      headers: new Headers(init?.headers),
      body: typeof init?.body === "string" ? JSON.parse(init.body) : undefined,
      signal: init?.signal ?? null,
    };
    const reply = replies[Math.min(sent.length, replies.length - 1)];
    sent.push(request);
    if (!reply) throw new Error("The test scripted no reply");
    return reply(request);
  };
  const options: NotionGatewayOptions = {
    token: "ntn_canary_token",
    baseUrl: "https://notion.example",
    plan: "plus",
    fetch,
    clock,
    throttle: store,
    log,
    probe: (point) => void probes.push(point),
    ...more,
  };
  return { gateway: createNotionGateway(options), options, clock, sent, probes, log, store };
};

export const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Reply =>
  () =>
    new Response(JSON.stringify(body), {
      status,
      headers: { "content-type": "application/json", ...headers },
    });

/** Notion's error envelope. */
export const refusal = (
  status: number,
  code: string,
  headers: Record<string, string> = {},
  additionalData?: Record<string, unknown>,
): Reply =>
  json(
    {
      object: "error",
      status,
      code,
      message: `canary-message ${code}`,
      request_id: "r-1",
      additional_data: additionalData,
    },
    status,
    { "x-notion-request-id": "r-1", ...headers },
  );

export const pageJson = (properties: Record<string, unknown> = {}) => ({
  object: "page",
  id: "11111111-1111-8111-8111-111111111111",
  parent: { type: "data_source_id", data_source_id: "22222222-2222-8222-8222-222222222222" },
  created_time: "2026-11-20T08:15:00.000Z",
  last_edited_time: "2026-11-24T08:59:00.000Z",
  created_by: { object: "user", id: "u-1" },
  last_edited_by: { object: "user", id: "u-2" },
  in_trash: false,
  url: "https://app.notion.com/p/x",
  properties,
});

/** The `NotionError` that `call` fails with; fails the test when it succeeds or throws something else. */
export const failureOf = async (call: Promise<unknown>): Promise<NotionError> => {
  try {
    await call;
  } catch (error) {
    if (error instanceof NotionError) return error;
    throw error;
  }
  throw new Error("The call succeeded");
};
