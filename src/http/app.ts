import { Hono } from "hono";
import { bearerAuth } from "hono/bearer-auth";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import type { Log, NewId } from "../ports.ts";
import { type HealthOptions, health, readiness, status } from "./health.ts";
import { home } from "./home.ts";
import { notionWebhook, type WebhookOptions } from "./webhook.ts";

export type AppOptions = HealthOptions &
  WebhookOptions & {
    readonly log: Log;
    readonly newId: NewId;
    /** Tokens of the operator; null where nothing but this machine can reach the service (design §10). */
    readonly apiTokens: readonly string[] | null;
    /** Where the embedded workspace answers; null beside a real one, where there is no page for newcomers. */
    readonly embeddedUrl: string | null;
  };

/** Milepost's routes, mounted at `/` on Node and below the workspace's path on Workers. */
export const createApp = (options: AppOptions): Hono => {
  const app = new Hono();
  app.use(secureHeaders());
  app.route("/health", health());
  app.route("/ready", readiness(options));
  app.route("/webhooks/notion", notionWebhook(options));
  if (options.apiTokens) app.use("*", bearerAuth({ token: [...options.apiTokens] }));
  app.route("/status", status(options));
  if (options.embeddedUrl) app.route("/", home(options.embeddedUrl));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    const requestId = options.newId();
    options.log.error("http.failed", { request_id: requestId, method: c.req.method, stack: error.stack });
    return c.json({ error: "internal_error", request_id: requestId }, 500);
  });
  return app;
};
