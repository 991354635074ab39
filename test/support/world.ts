import { Client } from "@notionhq/client";
import { compose, type Ports, type Service, type ServiceOptions } from "../../src/compose.ts";
import { createWorkspace, type Workspace } from "../../src/embedded/notion/workspace.ts";
import { createLog } from "../../src/log.ts";
import type { Clock, Database, Fetch, Gather, Log, Probe } from "../../src/ports.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";
import { isStoreFailure, NotionError } from "../../src/types/errors.ts";
import { seededIds, seededRandom } from "./seeded.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";

/** Tuesday, 24 November 2026, 10:00 in Berlin. */
export const tuesdayMorning = Date.parse("2026-11-24T09:00:00Z");

export const webhookToken = "secret_story_webhook_token";
export const publicUrl = "http://milepost.test";

export type World = {
  readonly clock: VirtualClock;
  readonly workspace: Workspace;
  readonly workspaceDatabase: Database;
  readonly store: Database;
  /** The service that runs now; `restart` makes a new one on the same store. */
  readonly service: () => Service;
  readonly restart: (probe?: Probe) => void;
  /** Throws Milepost's store away and starts it on an empty one, or on the copy in a file. */
  readonly startAnew: (file?: string) => void;
  /** Puts something between Milepost and Notion; null takes it away. */
  readonly setNetwork: (network: Network | null) => void;
  /** The official SDK with a person's token. */
  readonly as: (name: string) => Client;
  /** Milepost's clock from now on, as a difference from the workspace's (ms); null lets it stand still. */
  readonly setClock: (ahead: number | null) => void;
  /** Runs rounds and lets time pass until nothing happens for `forMs` of virtual time. */
  readonly pass: (forMs: number) => Promise<void>;
  readonly logLines: readonly string[];
  readonly close: () => void;
};

export type WorldOptions = {
  readonly mail?: { readonly smtpUrl: string; readonly from: string };
  readonly webhooks?: boolean;
  /** Left out, one minute without webhooks; with them five, because polls then find nothing that events have not told. */
  readonly pollSeconds?: number;
  readonly startAt?: number;
  readonly workspaceFile?: string;
  readonly storeFile?: string;
  /** In place of the event loop's own. */
  readonly gather?: Gather;
  /** What differs from the usual settings of the service. */
  readonly service?: Partial<ServiceOptions>;
  /** What an earlier world has left, in place of an empty workspace and store. */
  readonly databases?: { readonly workspace: Database; readonly store: Database };
  /** Of what is random; another one than that of the world whose databases these are. */
  readonly seed?: number;
  /** For the first service. */
  readonly probe?: Probe;
};

/** Sees each of Milepost's requests before it goes on, and may answer it in Notion's place. */
export type Network = (
  request: {
    readonly method: string;
    readonly path: string;
    readonly signal: AbortSignal | null;
    /** Sends it on though Milepost has given it up. */
    readonly land: () => Promise<Response>;
  },
  goOn: () => Promise<Response>,
) => Promise<Response>;

/** How the parts reach each other: in the process itself, or over real ports. */
export type Wiring = {
  readonly clock: VirtualClock;
  readonly notionUrl: () => string;
  readonly milepostUrl: string;
  /** Milepost's and the people's way to the workspace. */
  readonly notion: (workspace: Workspace) => Fetch;
  /** The workspace's way to Milepost. */
  readonly deliver: (service: () => Service) => Fetch;
};

const inProcess = (startAt: number): Wiring => ({
  clock: createVirtualClock(startAt),
  notionUrl: () => "http://notion.test",
  milepostUrl: publicUrl,
  notion: (workspace) => workspace.fetch,
  deliver: (service) => async (input, init) => service().app.fetch(new Request(input, init)),
});

/** An embedded workspace and Milepost in one process on one virtual clock; only the network between them is left out. */
export const createWorld = (options: WorldOptions = {}): World => {
  const world = buildWorld(options, inProcess(options.startAt ?? tuesdayMorning));
  world.start();
  return world;
};

/** A world whose parts are made but not yet started, for those who wire them otherwise. */
export const buildWorld = (options: WorldOptions, wiring: Wiring): World & { readonly start: () => void } => {
  const { clock } = wiring;
  const logLines: string[] = [];
  const log: Log = createLog({ level: "debug", write: (line) => logLines.push(line), clock });
  const { databases, seed = 1 } = options;
  const workspaceDatabase = databases?.workspace ?? openNodeDatabase(options.workspaceFile ?? ":memory:");
  let store = databases?.store ?? openNodeDatabase(options.storeFile ?? ":memory:");
  const random = seededRandom(seed);
  const ours = adjustable(clock);
  let service: Service;
  const deliver = wiring.deliver(() => service);
  const workspace = createWorkspace({
    ...{
      database: workspaceDatabase,
      clock,
      log,
      random,
      newId: seededIds(seed),
      plan: "plus",
      fetch: deliver,
    },
  });
  let network: Network | null = null;
  const milepostFetch = through(wiring.notion(workspace), () => network);
  let woken = true;
  const restart = (probe: Probe = () => undefined): void => {
    const ports: Ports = {
      ...{ database: store, clock: ours, log, random, newId: seededIds(seed + 1) },
      ...{ fetch: milepostFetch, probe },
      wake: () => {
        woken = true;
      },
      gather: options.gather ?? (() => new Promise((resolve) => setImmediate(resolve))),
    };
    service = compose(
      {
        ...{ notionToken: workspace.tokens.bot, notionBaseUrl: wiring.notionUrl(), notionPlan: "plus" },
        ...{ notionParentPage: workspace.rootPageId, webhookTokens: [webhookToken] },
        ...{
          publicUrl: wiring.milepostUrl,
          apiTokens: null,
          linkSecrets: ["a link secret of thirty-two bytes."],
          mail: options.mail ?? null,
          embedded: null,
        },
        ...{
          officeTimeZone: "Europe/Berlin",
          pollSeconds: options.pollSeconds ?? (options.webhooks === false ? 60 : 300),
        },
        ...options.service,
      },
      ports,
    );
    woken = true;
  };
  const start = (): void => {
    restart(options.probe);
    if (!(options.webhooks ?? true)) return;
    const url = `${wiring.milepostUrl}/webhooks/notion`;
    workspace.control.subscribe({ url, verificationToken: webhookToken });
  };
  const take = (): boolean => {
    const was = woken;
    woken = false;
    return was;
  };
  const pass = createPassing(clock, ours, workspace, () => service, { take });
  return {
    ...{ clock, workspace, workspaceDatabase, restart, pass, logLines, start, service: () => service },
    get store() {
      return store;
    },
    startAnew: (file = ":memory:") => {
      store.close();
      store = openNodeDatabase(file);
      restart();
    },
    setNetwork: (next) => {
      network = next;
    },
    setClock: ours.set,
    as: (name) => clientOf(workspace, name, wiring),
    close: () => {
      // Nothing is awaited: a delivery under way finds its database closed, and no other one begins.
      void workspace.close();
      store.close();
      workspaceDatabase.close();
    },
  };
};

/** A clock of its own, by default the same; its timers are those of the first, as a machine's are monotonic. */
const adjustable = (clock: VirtualClock) => {
  let ahead: number | null = 0;
  let standsAt = 0;
  const now = (): number => (ahead === null ? standsAt : clock.now() + ahead);
  const set = (next: number | null): void => {
    standsAt = now();
    ahead = next;
  };
  return { now, set, after: clock.after };
};

type ClientFetch = NonNullable<NonNullable<ConstructorParameters<typeof Client>[0]>["fetch"]>;

const through =
  (send: Fetch, network: () => Network | null): Fetch =>
  async (input, init) => {
    const goOn = (): Promise<Response> => send(input, init);
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    const land = (): Promise<Response> => send(input, { ...init, signal: null });
    const request = { method: init?.method ?? "GET", path: pathname, signal: init?.signal ?? null, land };
    return network()?.(request, goOn) ?? goOn();
  };

const clientOf = (workspace: Workspace, name: string, wiring: Wiring): Client => {
  const send = wiring.notion(workspace);
  const auth = workspace.tokens.people[name];
  if (auth === undefined) throw new Error(`nobody is called ${name}`);
  return new Client({
    ...{ auth, notionVersion: "2026-03-11", retry: false, baseUrl: wiring.notionUrl() },
    fetch: (async (url: string, init?: RequestInit) => send(url, init)) as ClientFetch,
  });
};

/** As in `run-loop.ts` a round comes at the latest after a minute, whatever Milepost's clock says. */
const longestRest = 60_000;

/** The loop of `node.ts` with the clock in the test's hand: a round whenever it is due or something woke it. */
const createPassing = (
  clock: VirtualClock,
  ours: Clock,
  workspace: Workspace,
  service: () => Service,
  woken: { take(): boolean },
) => {
  let due: number | null = 0;
  return async (forMs: number): Promise<void> => {
    const end = clock.now() + forMs;
    for (;;) {
      await delivered(clock, workspace);
      while (woken.take() || (due !== null && due <= clock.now())) {
        const asked = await oneRound(service(), ours);
        const rest = asked === null ? null : asked - ours.now();
        due =
          rest === null
            ? null
            : clock.now() + (clock.now() === ours.now() ? rest : Math.min(rest, longestRest));
      }
      const next = Math.min(due ?? end, clock.next() ?? end, end);
      if (next >= end && clock.now() >= end) return;
      await clock.advance(Math.max(0, next - clock.now()));
    }
  };
};

/** Time does not run ahead of the webhooks that are due, unless their receiver is what keeps them. */
const delivered = async (clock: VirtualClock, { control }: Workspace): Promise<void> => {
  const counts = (): string => JSON.stringify(control.webhooks());
  for (let idle = 0; idle < 3; ) {
    const before = counts();
    await clock.advance(0);
    if ((control.nextDue() ?? Number.POSITIVE_INFINITY) > clock.now()) return;
    idle = counts() === before ? idle + 1 : 0;
  }
};

/** As in `run-loop.ts` a round that the budget, the token or the store holds back comes again; every other failure is the test's. */
const oneRound = async (service: Service, clock: Clock): Promise<number | null> => {
  try {
    return await service.round();
  } catch (error) {
    const isRefused = error instanceof NotionError && error.code === "notion_unauthorized";
    if (isStoreFailure(error) || isRefused) return clock.now() + 10_000;
    if (error instanceof NotionError && error.retryAt !== null) return error.retryAt;
    throw error;
  }
};
