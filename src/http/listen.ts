import { serve } from "@hono/node-server";

/** A request that is not whole after ten seconds is cut off (reliability A7). */
const serverOptions = { requestTimeout: 10_000, headersTimeout: 10_000, connectionsCheckingInterval: 1_000 };

/** Serves on an address of this machine, on Node; resolves once it listens. */
export const listen = (
  handle: (request: Request) => Response | Promise<Response>,
  hostname: string,
  port: number,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> =>
  new Promise((resolve, reject) => {
    const server = serve({ fetch: handle, hostname, port, serverOptions }, (address) => {
      const close = (): Promise<void> => new Promise((done) => void server.close(() => done()));
      resolve({ url: `http://${hostname}:${address.port}`, close });
    });
    server.once("error", reject);
  });
