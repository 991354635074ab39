import { serve } from "@hono/node-server";
import type { AdjustableClock } from "../../src/embedded/clock.ts";
import { startWorkspaceServer } from "../../src/embedded/notion/server.ts";
import { createLog } from "../../src/log.ts";
import type { Fetch } from "../../src/ports.ts";
import { createVirtualClock, settle, type VirtualClock } from "./virtual-clock.ts";
import { buildWorld, tuesdayMorning, type World, type WorldOptions } from "./world.ts";

export type ServedWorld = Omit<World, "close"> & {
  /** Where Milepost listens. */
  readonly milepostUrl: string;
  readonly close: () => Promise<void>;
};

/** The same world with the workspace and Milepost each behind a port of its own; time still stands in the test's hand. */
export const createServedWorld = async (options: WorldOptions = {}): Promise<ServedWorld> => {
  const exchanges = trackedFetch();
  const clock = createVirtualClock(options.startAt ?? tuesdayMorning, exchanges.quiet);
  const handler = {
    fetch: (_request: Request): Response | Promise<Response> => new Response(null, { status: 503 }),
  };
  const milepost = await listen((request) => handler.fetch(request));
  let notionUrl = "";
  const world = buildWorld(options, {
    ...{ clock, milepostUrl: milepost.url, notionUrl: () => notionUrl },
    notion: () => exchanges.fetch,
    deliver: () => exchanges.fetch,
  });
  handler.fetch = (request) => world.service().app.fetch(request);
  const log = createLog({ level: "error", write: (line) => process.stderr.write(`${line}\n`), clock });
  const server = await startWorkspaceServer({
    ...{ workspace: world.workspace, clock: adjustable(clock), host: "127.0.0.1", port: 0, log },
  });
  notionUrl = server.url;
  world.start();
  const closeStores = world.close;
  const close = async (): Promise<void> => {
    await world.workspace.close();
    await Promise.all([server.close(), milepost.close()]);
    closeStores();
  };
  return Object.assign(world, { milepostUrl: milepost.url, close });
};

/** A `fetch` over sockets, and the wait until none of its exchanges is under way any more. */
const trackedFetch = (): { readonly fetch: Fetch; readonly quiet: () => Promise<void> } => {
  const underWay = new Set<Promise<Response>>();
  return {
    fetch: (input, init) => {
      const exchange = fetch(input, init);
      const forget = (): void => void underWay.delete(exchange);
      underWay.add(exchange);
      exchange.then(forget, forget);
      return exchange;
    },
    quiet: async () => {
      await settle();
      while (underWay.size > 0) {
        await Promise.allSettled(underWay);
        await settle();
      }
    },
  };
};

const listen = (
  handle: (request: Request) => Response | Promise<Response>,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> =>
  new Promise((resolve) => {
    const hostname = "127.0.0.1";
    const server = serve({ fetch: handle, hostname, port: 0, overrideGlobalObjects: false }, ({ port }) => {
      const close = (): Promise<void> =>
        new Promise((done) => {
          server.close(() => done());
          if ("closeAllConnections" in server) server.closeAllConnections();
        });
      resolve({ url: `http://${hostname}:${port}`, close });
    });
  });

/** The virtual clock as the workspace's pages want it: they show its time and can move it on. */
const adjustable = (clock: VirtualClock): AdjustableClock => {
  const start = clock.now();
  const advance = (ms: number): void => void clock.advance(ms);
  return {
    now: clock.now,
    after: clock.after,
    offset: () => clock.now() - start,
    advance,
    advanceToNext: () => advance(Math.max(0, (clock.next() ?? clock.now()) - clock.now())),
    nextDue: clock.next,
    onJump: () => () => undefined,
  };
};
