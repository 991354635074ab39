import type { Clock, Fetch, Log, Probe, ThrottleStore } from "../ports.ts";
import type { NotionCalls, NotionGateway } from "../types/notion-gateway.ts";
import { databaseCalls } from "./database-calls.ts";
import { readCalls } from "./read-calls.ts";
import { createSenders, type Send } from "./send.ts";
import { createThrottle, type NotionPlan } from "./throttle.ts";
import { viewCalls } from "./view-calls.ts";
import { writeCalls } from "./write-calls.ts";

export type NotionGatewayOptions = {
  readonly token: string;
  /** Without the version: `https://api.notion.com`, or where an embedded workspace answers. */
  readonly baseUrl: string;
  readonly plan: NotionPlan;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly throttle: ThrottleStore;
  readonly log: Log;
  readonly probe: Probe;
};

/**
 * Notion over the official SDK. Every request is counted by one throttle before it is sent, is sent once, and throws a
 * `NotionError` when it fails; for reads, too, `notion_unknown` means only that there was no clear answer. Probes are
 * `notion.<operation>.before` and, once the request has settled, `notion.<operation>.after`.
 */
export const createNotionGateway = (options: NotionGatewayOptions): NotionGateway => {
  const { clock, fetch, log, plan } = options;
  let skew: number | null = null;
  let measuredAt: number | null = null;
  const throttle = createThrottle({ store: options.throttle, clock, plan });
  const onSkew = (measured: number): void => {
    skew = measured;
    measuredAt = clock.now();
  };
  const sendIn = createSenders({ ...options, throttle, transport: { fetch, clock, throttle, log, onSkew } });
  return {
    verdict: callsOver(sendIn("verdict")),
    pull: callsOver(sendIn("pull")),
    bulk: callsOver(sendIn("bulk")),
    skew: () => skew,
    skewMeasuredAt: () => measuredAt,
    budget: () => throttle.budget(),
  };
};

const callsOver = (send: Send): NotionCalls => ({
  ...readCalls(send),
  ...writeCalls(send),
  ...databaseCalls(send),
  ...viewCalls(send),
});
