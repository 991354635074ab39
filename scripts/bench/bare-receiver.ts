import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { verifyNotionWebhook } from "../../src/notion/webhook.ts";

/**
 * The least that may answer a webhook: it verifies the signature and stores nothing. Its argument is the verification
 * token; it prints where it listens.
 */
const [, , token = ""] = process.argv;

const app = new Hono().post("/webhooks/notion", async (c) => {
  const body = new Uint8Array(await c.req.arrayBuffer());
  const signature = c.req.header("x-notion-signature") ?? "";
  return c.body(null, (await verifyNotionWebhook(body, signature, [token])) ? 200 : 401);
});

const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) =>
  console.log(`http://127.0.0.1:${port}`),
);
process.once("SIGTERM", () => {
  server.close();
  if ("closeAllConnections" in server) server.closeAllConnections();
});
