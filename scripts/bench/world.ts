import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compose, type Service, type ServiceOptions } from "../../src/compose.ts";
import { type AdjustableClock, createAdjustableClock } from "../../src/embedded/clock.ts";
import type { RequestEntry } from "../../src/embedded/notion/api/request-log.ts";
import { createWorkspace, type Workspace } from "../../src/embedded/notion/workspace.ts";
import { createLog } from "../../src/log.ts";
import type { Fetch, Gather } from "../../src/ports.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";
import { NotionError } from "../../src/types/errors.ts";
import { createPerson, type Person } from "./person.ts";

const webhookToken = "secret_bench";
const milepostUrl = "http://milepost.bench";
/** After it nothing of setup and of the first listing is left to do. */
const untilQuietMs = 5 * 60_000;

/** Sees an exchange when it begins and when it has been answered, at a time (ms) that counts what the clock jumped over. */
export type Watch = (exchange: {
  readonly to: "milepost" | "notion";
  readonly moment: "sent" | "answered";
  readonly method: string;
  readonly path: string;
  readonly at: number;
}) => void;

/** An embedded workspace and Milepost with its store on disk, in this process; waits are jumped over, work is not. */
export type BenchWorld = Person & {
  readonly watch: (watch: Watch | null) => void;
  /** Lets this much time (ms) pass, with every round that falls due in it. */
  readonly pass: (forMs: number) => Promise<void>;
  /** Milepost's requests after the given number, oldest first. */
  readonly requests: (after: number) => readonly RequestEntry[];
  readonly lastRequest: () => number;
  readonly close: () => Promise<void>;
};

type Wiring = { watch: Watch | null; woken: boolean; underWay: number };

export const realTime = {
  realNow: Date.now,
  setTimer(fn: () => void, ms: number): () => void {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
};
const gather: Gather = () => new Promise((resolve) => setImmediate(resolve));

const serviceOptions = (workspace: Workspace, pollSeconds: number): ServiceOptions => ({
  ...{ notionToken: workspace.tokens.bot, notionBaseUrl: "http://notion.bench", notionPlan: "business" },
  ...{ notionParentPage: workspace.rootPageId, webhookTokens: [webhookToken], publicUrl: milepostUrl },
  ...{ apiTokens: null, linkSecrets: ["bench".repeat(8)], mail: null, embedded: null },
  ...{ officeTimeZone: "Europe/Berlin", pollSeconds },
});

export const openBenchWorld = async ({ pollSeconds }: { pollSeconds: number }): Promise<BenchWorld> => {
  const folder = mkdtempSync(join(tmpdir(), "milepost-bench-"));
  const clock = createAdjustableClock(realTime);
  const store = openNodeDatabase(join(folder, "milepost.sqlite"));
  const ownDatabase = openNodeDatabase(":memory:");
  const log = createLog({ level: "error", write: (line) => console.error(line), clock });
  const ports = { clock, log, newId: randomUUID, random: Math.random };
  const wiring: Wiring = { watch: null, woken: true, underWay: 0 };
  const watched = watchedFetch(wiring, clock);
  const workspace = createWorkspace({
    ...{ ...ports, database: ownDatabase, plan: "business", limitScale: 10 },
    fetch: watched("milepost", async (input, init) => service.app.fetch(new Request(input, init))),
  });
  const service = compose(serviceOptions(workspace, pollSeconds), {
    ...{ ...ports, database: store, fetch: watched("notion", workspace.fetch), gather },
    probe: () => undefined,
    wake: () => {
      wiring.woken = true;
    },
  });
  workspace.control.subscribe({ url: `${milepostUrl}/webhooks/notion`, verificationToken: webhookToken });
  const pass = passing({ clock, workspace, service, wiring });
  await pass(untilQuietMs);
  const close = async (): Promise<void> => {
    await workspace.close();
    store.close();
    ownDatabase.close();
    rmSync(folder, { recursive: true });
  };
  return { ...createPerson(workspace), ...requestsOf(workspace), pass, close, watch: watching(wiring) };
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

const watchedFetch =
  (wiring: Wiring, clock: AdjustableClock) =>
  (to: "milepost" | "notion", send: Fetch): Fetch =>
  async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const tell = (moment: "sent" | "answered"): void =>
      wiring.watch?.({
        ...{ to, moment, method: init?.method ?? "GET", path: url.pathname },
        at: performance.now() + clock.offset(),
      });
    tell("sent");
    wiring.underWay++;
    try {
      return await send(input, init);
    } finally {
      wiring.underWay--;
      tell("answered");
    }
  };

type Parts = {
  readonly clock: AdjustableClock;
  readonly workspace: Workspace;
  readonly service: Service;
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
        due = await oneRound(parts.service);
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
