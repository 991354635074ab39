import { serve } from "@hono/node-server";

/** A request that is not whole after so long is cut off (reliability A7). */
const wholeWithinMs = 10_000;

/** Serves on an address of this machine, on Node; resolves once it listens. */
export const listen = (
  handle: (request: Request) => Response | Promise<Response>,
  hostname: string,
  port: number,
  withinMs = wholeWithinMs,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> =>
  new Promise((resolve, reject) => {
    const serverOptions = {
      ...{ requestTimeout: withinMs, headersTimeout: withinMs, connectionsCheckingInterval: withinMs / 10 },
    };
    const server = serve({ fetch: handle, hostname, port, serverOptions }, (address) => {
      const close = (): Promise<void> => new Promise((done) => void server.close(() => done()));
      resolve({ url: `http://${hostname}:${address.port}`, close });
    });
    server.once("error", reject);
  });
