import { Hono } from "hono";
import { bearerAuth } from "hono/bearer-auth";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import type { Log, NewId } from "../ports.ts";
import { isStoreFailure } from "../types/errors.ts";
import { localOnly } from "../types/local-only.ts";
import { type ClientLinkOptions, clientLinks } from "./client-links.ts";
import { frontPage } from "./front-page.ts";
import { type HealthOptions, health, readiness, status } from "./health.ts";
import { home } from "./home.ts";
import { type OperatorOptions, operator } from "./operator.ts";
import { notionWebhook, type WebhookOptions } from "./webhook.ts";

export type AppOptions = HealthOptions &
  WebhookOptions &
  OperatorOptions &
  ClientLinkOptions & {
    readonly log: Log;
    readonly newId: NewId;
    /** Tokens of the operator; null where nothing but this machine can reach the service (design §10). */
    readonly apiTokens: readonly string[] | null;
    /** The embedded workspace's address and mailbox; null beside a real one, where there is no page for newcomers. */
    readonly embedded: { readonly workspaceUrl: string; readonly mailbox: Hono } | null;
  };

/** Milepost's routes, mounted at `/` on Node and below the workspace's path on Workers. */
export const createApp = (options: AppOptions): Hono => {
  const app = new Hono();
  if (options.embedded) app.use(localOnly);
  // Before the headers that protect pages: its answers have no body, no browser sees them, and every event pays for them.
  app.route("/webhooks/notion", notionWebhook(options));
  // Not no-referrer: a browser then sends our own forms with the origin null.
  app.use(secureHeaders({ referrerPolicy: "same-origin" }));
  app.route("/health", health());
  app.route("/ready", readiness(options));
  app.route("/l", clientLinks(options));
  if (!options.embedded) app.route("/", frontPage());
  if (options.apiTokens) app.use("*", bearerAuth({ token: [...options.apiTokens] }));
  app.route("/status", status(options));
  app.route("/api/v1", operator(options));
  if (options.embedded) {
    app.route("/mail", options.embedded.mailbox);
    app.route("/", home(options.embedded.workspaceUrl, options.context));
  }
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    // Another instance has taken the store, or it takes nothing now: what is sent again will find it.
    if (isStoreFailure(error)) {
      options.log.error("http.store_failed", { code: error.code });
      return c.json({ error: error.code }, 503, { "retry-after": "5" });
    }
    const requestId = options.newId();
    options.log.error("http.failed", { request_id: requestId, method: c.req.method, stack: error.stack });
    return c.json({ error: "internal_error", request_id: requestId }, 500);
  });
  return app;
};
