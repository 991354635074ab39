import type { AddressInfo } from "node:net";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono } from "hono";
import type { Log } from "../../ports.ts";
import { localOnly } from "../../types/local-only.ts";
import type { AdjustableClock } from "../clock.ts";
import { controlRoutes } from "./control-routes.ts";
import { createUi } from "./ui/app.ts";
import type { Workspace } from "./workspace.ts";

export type WorkspaceServerOptions = {
  workspace: Workspace;
  /** The clock that the workspace was made with. */
  clock: AdjustableClock;
  /** Never reachable from another machine (design §10). */
  host: "127.0.0.1";
  /** 0 lets the system choose. */
  port: number;
  log: Log;
};

export type WorkspaceServer = {
  /** `http://127.0.0.1:<port>`: the API below `/v1`, the control routes below `/control`, the pages for people at `/`. */
  url: string;
  /** Stops listening and cuts what is still open; the workspace and its database stay. */
  close(): Promise<void>;
};

type Env = { Bindings: HttpBindings };

/** What is read at all; the API refuses far smaller bodies, seeding takes large ones. Assumed. */
const largestBody = 32 * 1024 * 1024;

/** The workspace rejects only where a fault breaks the connection; then the socket is reset, as a network would. */
const answerApi = async (c: Context<Env>, { workspace, log }: WorkspaceServerOptions): Promise<Response> => {
  const { method, url, signal } = c.req.raw;
  try {
    const body = method === "GET" || method === "HEAD" ? {} : { body: await c.req.text() };
    return await workspace.fetch(url, { method, headers: c.req.header(), signal, ...body });
  } catch (error) {
    log.debug("workspace.connection_cut", { kind: error instanceof Error ? error.name : typeof error });
    c.env.incoming.socket.resetAndDestroy();
    return RESPONSE_ALREADY_SENT;
  }
};

const createApp = (options: WorkspaceServerOptions): Hono<Env> => {
  const { workspace, clock, log } = options;
  const app = new Hono<Env>();
  app.use(localOnly);
  app.use(async (c, next) => {
    const isUnbounded = c.req.header("transfer-encoding") !== undefined;
    if (isUnbounded || Number(c.req.header("content-length") ?? 0) > largestBody)
      return c.text(isUnbounded ? "Length Required" : "Payload Too Large", isUnbounded ? 411 : 413);
    return next();
  });
  app.all("/v1/*", (c) => answerApi(c, options));
  app.route("/control", controlRoutes({ workspace, clock }));
  const ui = createUi({ workspace, clock, log });
  app.all("*", (c) => ui.fetch(c.req.raw, c.env));
  return app;
};

/** Serves the workspace on loopback. Rejects when the port cannot be had. */
export const startWorkspaceServer = (options: WorkspaceServerOptions): Promise<WorkspaceServer> =>
  new Promise((resolve, reject) => {
    const server = createAdaptorServer({ fetch: createApp(options).fetch, overrideGlobalObjects: false });
    const close = (): Promise<void> =>
      new Promise((done) => {
        server.close(() => done());
        if ("closeAllConnections" in server) server.closeAllConnections();
      });
    server.once("error", reject);
    server.listen(options.port, options.host, () => {
      const { port } = server.address() as AddressInfo;
      resolve({ url: `http://${options.host}:${port}`, close });
    });
  });
