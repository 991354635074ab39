import { Client } from "@notionhq/client";
import { compose, type Ports, type Service } from "../../src/compose.ts";
import { createWorkspace, type Workspace } from "../../src/embedded/notion/workspace.ts";
import { createLog } from "../../src/log.ts";
import type { Database, Fetch, Log, Probe } from "../../src/ports.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";
import { seededIds, seededRandom } from "./seeded.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";

/** Tuesday, 24 November 2026, 10:00 in Berlin. */
export const tuesdayMorning = Date.parse("2026-11-24T09:00:00Z");

const webhookToken = "secret_story_webhook_token";
export const publicUrl = "http://milepost.test";

export type World = {
  readonly clock: VirtualClock;
  readonly workspace: Workspace;
  readonly workspaceDatabase: Database;
  readonly store: Database;
  /** The service that runs now; `restart` makes a new one on the same store. */
  readonly service: () => Service;
  readonly restart: (probe?: Probe) => void;
  /** The official SDK with a person's token. */
  readonly as: (name: string) => Client;
  /** Runs rounds and lets time pass until nothing happens for `forMs` of virtual time. */
  readonly pass: (forMs: number) => Promise<void>;
  readonly logLines: readonly string[];
  readonly close: () => void;
};

export type WorldOptions = {
  readonly webhooks?: boolean;
  readonly pollSeconds?: number;
  readonly startAt?: number;
  readonly workspaceFile?: string;
  readonly storeFile?: string;
};

/** An embedded workspace and Milepost in one process on one virtual clock; only the network between them is left out. */
export const createWorld = (options: WorldOptions = {}): World => {
  const clock = createVirtualClock(options.startAt ?? tuesdayMorning);
  const logLines: string[] = [];
  const log: Log = createLog({ level: "debug", write: (line) => logLines.push(line), clock });
  const workspaceDatabase = openNodeDatabase(options.workspaceFile ?? ":memory:");
  const store = openNodeDatabase(options.storeFile ?? ":memory:");
  const random = seededRandom(1);
  let service: Service;
  const deliver: Fetch = async (input, init) => service.app.fetch(new Request(input, init));
  const workspace = createWorkspace({
    ...{ database: workspaceDatabase, clock, log, random, newId: seededIds(1), plan: "plus", fetch: deliver },
  });
  let woken = true;
  const restart = (probe: Probe = () => undefined): void => {
    const ports: Ports = {
      ...{ database: store, clock, log, random, newId: seededIds(2), fetch: workspace.fetch, probe },
      wake: () => {
        woken = true;
      },
    };
    service = compose(
      {
        ...{ notionToken: workspace.tokens.bot, notionBaseUrl: "http://notion.test", notionPlan: "plus" },
        ...{
          notionParentPage: workspace.rootPageId,
          webhookTokens: [webhookToken],
          publicUrl,
          apiTokens: null,
          embeddedUrl: null,
        },
        ...{ officeTimeZone: "Europe/Berlin", pollSeconds: options.pollSeconds ?? 60 },
      },
      ports,
    );
    woken = true;
  };
  restart();
  if (options.webhooks ?? true) {
    workspace.control.subscribe({ url: `${publicUrl}/webhooks/notion`, verificationToken: webhookToken });
  }
  const pass = createPassing(clock, () => service, {
    take: () => {
      const was = woken;
      woken = false;
      return was;
    },
  });
  return {
    ...{ clock, workspace, workspaceDatabase, store, restart, pass, logLines, service: () => service },
    as: (name) => clientOf(workspace, name),
    close: () => {
      store.close();
      workspaceDatabase.close();
    },
  };
};

type ClientFetch = NonNullable<NonNullable<ConstructorParameters<typeof Client>[0]>["fetch"]>;

const clientOf = (workspace: Workspace, name: string): Client => {
  const auth = workspace.tokens.people[name];
  if (auth === undefined) throw new Error(`nobody is called ${name}`);
  return new Client({
    ...{ auth, notionVersion: "2026-03-11", retry: false, baseUrl: "http://notion.test" },
    fetch: (async (url: string, init?: RequestInit) => workspace.fetch(url, init)) as ClientFetch,
  });
};

/** The loop of `node.ts` with the clock in the test's hand: a round whenever it is due or something woke it. */
const createPassing = (clock: VirtualClock, service: () => Service, woken: { take(): boolean }) => {
  let due: number | null = 0;
  return async (forMs: number): Promise<void> => {
    const end = clock.now() + forMs;
    for (;;) {
      await clock.advance(0);
      while (woken.take() || (due !== null && due <= clock.now())) due = await service().round();
      const next = Math.min(due ?? end, clock.next() ?? end, end);
      if (next >= end && clock.now() >= end) return;
      await clock.advance(Math.max(0, next - clock.now()));
    }
  };
};
