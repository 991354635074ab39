import { createHmac } from "node:crypto";
import { compose, type Service } from "../../src/compose.ts";
import { createWorkspace, type Workspace } from "../../src/embedded/notion/workspace.ts";
import type { Database, Log, Probe } from "../../src/ports.ts";
import { NotionError } from "../../src/types/errors.ts";
import { seededIds, seededRandom } from "../support/seeded.ts";
import { createVirtualClock, type VirtualClock } from "../support/virtual-clock.ts";
import { publicUrl, tuesdayMorning, webhookToken } from "../support/world.ts";
import type { Witness } from "./witness.ts";

export const minute = 60_000;

/** Long enough that what a run makes of a webhook does not drown in polls. */
const pollSeconds = 600;

/** The process stopped here; whatever is still under way finds nothing that works any more. */
export class Stopped extends Error {}

/** One request on its way to Notion. */
export type Request = {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  /** Lets the request reach the workspace after Milepost has given it up; the run waits for it before time goes on. */
  readonly landAfter: (ms: number) => void;
};
export type Network = (request: Request, goOn: () => Promise<Response>) => Promise<Response>;

/** Milepost and its workspace, of which every part can be made to fail; time passes only when told. */
export type Run = {
  readonly clock: VirtualClock;
  readonly workspace: Workspace;
  readonly workspaceDatabase: Database;
  readonly store: Database;
  readonly service: () => Service;
  readonly setNetwork: (network: Network | null) => void;
  readonly setProbe: (probe: Probe) => void;
  /** Runs Milepost and lets time pass. A process that stops is started again at once. */
  readonly pass: (forMs: number) => Promise<void>;
  readonly restart: () => void;
  /** Gives Milepost one event as Notion signs it. */
  readonly deliver: (payload: string) => Promise<void>;
  readonly witness: Pick<Witness, "faults" | "valuesOf">;
  readonly close: () => void;
};

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** What a run is on, and how it is left behind. */
export type Ground = {
  readonly workspace: Database;
  readonly store: Database;
  readonly witness: Pick<Witness, "faults" | "valuesOf">;
  readonly leave: () => void;
};

/** Starts on two databases. `startAt` must not lie before the last change in them. */
export const openRun = (databases: Ground, startAt: number = tuesdayMorning, seed = 1): Run => {
  const landing = new Set<Promise<unknown>>();
  const clock = createVirtualClock(startAt, async () => void (await Promise.all(landing)));
  const workspace = createWorkspace({
    ...{ database: databases.workspace, clock, log: silent, plan: "plus" },
    ...{ newId: seededIds(seed), random: seededRandom(seed), fetch: async () => new Response() },
  });
  // Events wait in the workspace until the run delivers them, in whatever order it likes.
  void workspace.close();
  const wires: { network: Network | null; probe: Probe } = { network: null, probe: () => {} };
  let starts = 0;
  const start = (): Service => {
    starts += 1;
    let isGone = false;
    const probe = (point: string): void => {
      if (isGone) throw new Stopped();
      try {
        wires.probe(point);
      } catch (error) {
        isGone = true;
        throw error;
      }
    };
    return composed(databases.store, workspace, clock, wires, landing, probe, seed * 1000 + starts);
  };
  let service = untilStarted(start);
  const restart = (): void => {
    service = untilStarted(start);
  };
  return {
    ...{ clock, workspace, workspaceDatabase: databases.workspace, store: databases.store },
    ...{ restart, service: () => service },
    setNetwork: (network) => Object.assign(wires, { network }),
    setProbe: (probe) => Object.assign(wires, { probe }),
    pass: (forMs) => passTime(clock, () => service, restart, forMs),
    deliver: (payload) => deliver(() => service, restart, payload),
    ...{ witness: databases.witness, close: databases.leave },
  };
};

const untilStarted = (start: () => Service): Service => {
  try {
    return start();
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    return untilStarted(start);
  }
};

const composed = (
  store: Database,
  workspace: Workspace,
  clock: VirtualClock,
  wires: { readonly network: Network | null },
  landing: Set<Promise<unknown>>,
  probe: Probe,
  seed: number,
): Service =>
  compose(
    {
      ...{ notionToken: workspace.tokens.bot, notionBaseUrl: "http://notion.test", notionPlan: "plus" },
      ...{
        notionParentPage: workspace.rootPageId,
        webhookTokens: [webhookToken],
        publicUrl,
        apiTokens: null,
      },
      ...{ linkSecrets: ["a link secret of thirty-two bytes."], mail: null, embedded: null },
      ...{ officeTimeZone: "Europe/Berlin", pollSeconds },
    },
    {
      ...{ database: store, clock, log: silent, probe, wake: () => {}, gather: async () => {} },
      ...{ random: seededRandom(seed), newId: seededIds(seed) },
      fetch: async (input, init) => {
        const goOn = (): Promise<Response> => workspace.fetch(input, init);
        if (!wires.network) return goOn();
        const { pathname } = new URL(String(input instanceof Request ? input.url : input));
        const body = typeof init?.body === "string" ? init.body : "";
        const land = (): void => {
          const landed = workspace
            .fetch(input, { ...init, signal: null })
            .finally(() => landing.delete(landed));
          landing.add(landed);
        };
        const landAfter = (ms: number): void => void clock.after(ms, land);
        return wires.network({ method: init?.method ?? "GET", path: pathname, body, landAfter }, goOn);
      },
    },
  );

const passTime = async (
  clock: VirtualClock,
  service: () => Service,
  restart: () => void,
  forMs: number,
): Promise<void> => {
  const end = clock.now() + forMs;
  for (;;) {
    const due = await oneRound(clock, service, restart);
    if (due <= clock.now()) continue;
    if (clock.now() >= end) return;
    await clock.advance(Math.max(0, Math.min(due, end) - clock.now()));
  }
};

/** As in the running service a round that fails as a whole comes again after ten seconds, or when Notion said. */
const oneRound = async (
  clock: VirtualClock,
  service: () => Service,
  restart: () => void,
): Promise<number> => {
  try {
    return (await service().round()) ?? Number.POSITIVE_INFINITY;
  } catch (error) {
    if (error instanceof NotionError) return error.retryAt ?? clock.now() + 10_000;
    if (!(error instanceof Stopped)) throw error;
    restart();
    return clock.now();
  }
};

const deliver = async (service: () => Service, restart: () => void, payload: string): Promise<void> => {
  const signature = `sha256=${createHmac("sha256", webhookToken).update(payload).digest("hex")}`;
  const request = new Request(`${publicUrl}/webhooks/notion`, {
    ...{ method: "POST", body: payload },
    headers: { "content-type": "application/json", "x-notion-signature": signature },
  });
  const response = await service().app.fetch(request);
  // A process that stopped in the middle answers nothing, and Notion delivers again.
  if (response.status === 500) {
    restart();
    await deliver(service, restart, payload);
  } else if (response.status !== 200) throw new Error(`a genuine event was answered with ${response.status}`);
};
