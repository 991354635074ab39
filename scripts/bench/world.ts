import { createHmac, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compose, type Ports, type Service, type ServiceOptions } from "../../src/compose.ts";
import { type AdjustableClock, createAdjustableClock } from "../../src/embedded/clock.ts";
import type { RequestEntry } from "../../src/embedded/notion/api/request-log.ts";
import { createWorkspace, type Workspace } from "../../src/embedded/notion/workspace.ts";
import { createLog } from "../../src/log.ts";
import type { Database, Gather } from "../../src/ports.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";
import { NotionError } from "../../src/types/errors.ts";
import { createPerson, type Person } from "./person.ts";
import { type Watch, type Wiring, watchedFetch } from "./watched-fetch.ts";

const webhookToken = "secret_bench";
const milepostUrl = "http://milepost.bench";
const webhookUrl = `${milepostUrl}/webhooks/notion`;
/** After it nothing of setup and of the first listing is left to do. */
const untilQuietMs = 5 * 60_000;

/** An embedded workspace and Milepost with its store on disk, in this process; waits are jumped over, work is not. */
export type BenchWorld = Person & {
  readonly workspace: Workspace;
  readonly clock: AdjustableClock;
  /** Milepost's store as it is now. */
  readonly store: () => Database;
  /** Throws Milepost's store away and starts it on an empty one. */
  readonly startAnew: () => void;
  /** Gives Milepost an event as Notion signs it; rejects unless it is taken. */
  readonly deliver: (payload: object) => Promise<void>;
  readonly watch: (watch: Watch | null) => void;
  /** Lets this much time (ms) pass, with every round that falls due in it. */
  readonly pass: (forMs: number) => Promise<void>;
  /** Milepost's requests after the given number, oldest first. */
  readonly requests: (after: number) => readonly RequestEntry[];
  readonly lastRequest: () => number;
  readonly close: () => Promise<void>;
};

export type BenchWorldOptions = {
  readonly pollSeconds: number;
  /** Whether the workspace tells Milepost of edits. */
  readonly webhooks: boolean;
  readonly plan: "plus" | "business";
};

export const realTime = {
  realNow: Date.now,
  setTimer(fn: () => void, ms: number): () => void {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
};
const gather: Gather = () => new Promise((resolve) => setImmediate(resolve));

const serviceOptions = (workspace: Workspace, { pollSeconds, plan }: BenchWorldOptions): ServiceOptions => ({
  ...{ notionToken: workspace.tokens.bot, notionBaseUrl: "http://notion.bench", notionPlan: plan },
  ...{ notionParentPage: workspace.rootPageId, webhookTokens: [webhookToken], publicUrl: milepostUrl },
  ...{ apiTokens: null, linkSecrets: ["bench".repeat(8)], mail: null, embedded: null },
  ...{ officeTimeZone: "Europe/Berlin", pollSeconds },
});

export const openBenchWorld = async (options: BenchWorldOptions): Promise<BenchWorld> => {
  const folder = mkdtempSync(join(tmpdir(), "milepost-bench-"));
  const clock = createAdjustableClock(realTime);
  const ownDatabase = openNodeDatabase(":memory:");
  const log = createLog({ level: "error", write: (line) => console.error(line), clock });
  const ports = { clock, log, newId: randomUUID, random: Math.random };
  const wiring: Wiring = { watch: null, woken: true, underWay: 0 };
  const watched = watchedFetch(wiring, clock);
  const workspace = createWorkspace({
    ...{ ...ports, database: ownDatabase, plan: "business", limitScale: 100 },
    fetch: watched("milepost", async (input, init) => served.service.app.fetch(new Request(input, init))),
  });
  const start = (): Served => {
    const store = openNodeDatabase(join(folder, `${randomUUID()}.sqlite`));
    const fetch = watched("notion", workspace.fetch);
    return startOn({ ...ports, database: store, fetch }, serviceOptions(workspace, options), wiring);
  };
  let served = start();
  if (options.webhooks) workspace.control.subscribe({ url: webhookUrl, verificationToken: webhookToken });
  const pass = passing({ clock, workspace, service: () => served.service, wiring });
  await pass(untilQuietMs);
  const close = async (): Promise<void> => {
    await workspace.close();
    served.store.close();
    ownDatabase.close();
    rmSync(folder, { recursive: true });
  };
  return {
    ...{ ...createPerson(workspace), ...requestsOf(workspace), workspace, clock, pass, close },
    ...{ store: () => served.store, watch: watching(wiring) },
    startAnew: () => {
      served.store.close();
      served = start();
    },
    deliver: (payload) => deliver(served.service, payload),
  };
};

type Served = { readonly store: Database; readonly service: Service };

const startOn = (
  ports: Omit<Ports, "gather" | "probe" | "wake">,
  options: ServiceOptions,
  wiring: Wiring,
): Served => {
  const wake = (): void => {
    wiring.woken = true;
  };
  wake();
  const service = compose(options, { ...ports, gather, wake, probe: () => undefined });
  return { store: ports.database, service };
};

const deliver = async ({ app }: Service, payload: object): Promise<void> => {
  const body = JSON.stringify(payload);
  const digest = createHmac("sha256", webhookToken).update(body).digest("hex");
  const headers = { "x-notion-signature": `sha256=${digest}` };
  const { status } = await app.request("/webhooks/notion", { method: "POST", body, headers });
  if (status !== 200) throw new Error(`a genuine event was answered ${status}`);
};

const watching =
  (wiring: Wiring): BenchWorld["watch"] =>
  (watch) => {
    wiring.watch = watch;
  };

const requestsOf = ({ control, botId }: Workspace): Pick<BenchWorld, "requests" | "lastRequest"> => ({
  requests: (after) => control.requests(after).filter(({ actorId }) => actorId === botId),
  lastRequest: () => control.requests().at(-1)?.seq ?? 0,
});

type Parts = {
  readonly clock: AdjustableClock;
  readonly workspace: Workspace;
  readonly service: () => Service;
  readonly wiring: Wiring;
};

/** The service's loop with every wait jumped over. */
const passing = (parts: Parts): BenchWorld["pass"] => {
  const { clock, wiring } = parts;
  let due: number | null = 0;
  return async (forMs) => {
    const end = clock.now() + forMs;
    for (;;) {
      await settled(parts);
      if (wiring.woken || (due !== null && due <= clock.now())) {
        wiring.woken = false;
        due = await oneRound(parts.service());
        continue;
      }
      if (clock.now() >= end) return;
      const next = Math.min(due ?? end, clock.nextDue() ?? end, end);
      clock.advance(Math.max(0, Math.ceil(next - clock.now())));
    }
  };
};

/** A round that the budget holds back comes again, as in the service's own loop. */
const oneRound = async (service: Service): Promise<number | null> => {
  try {
    return await service.round();
  } catch (error) {
    if (error instanceof NotionError && error.retryAt !== null) return error.retryAt;
    throw error;
  }
};

/** Time goes on only when no delivery is due or under way, be it that its signature is still being computed. */
const settled = async ({ clock, workspace, wiring }: Parts): Promise<void> => {
  const delivers = (): boolean => (workspace.control.nextDue() ?? Number.POSITIVE_INFINITY) <= clock.now();
  while (!wiring.woken && (wiring.underWay > 0 || delivers())) await gather();
};
