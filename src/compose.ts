import type { Hono } from "hono";
import type { WorkspaceSettings } from "./config.ts";
import type { EngineContext } from "./engine/context.ts";
import { tick } from "./engine/tick.ts";
import { createApp } from "./http/app.ts";
import { createNotionGateway } from "./notion/gateway.ts";
import { verifyNotionWebhook } from "./notion/webhook.ts";
import type { Clock, Database, Fetch, Log, NewId, Probe, Random } from "./ports.ts";
import { rules } from "./rules/rules.ts";
import type { Secrets } from "./settings-table.ts";
import { prepare, setUp } from "./setup/prepare.ts";
import type { Provisioned } from "./setup/provision.ts";
import { setupStore, throttleStore } from "./store/setup-store.ts";
import { getMeta, installRules, setMeta } from "./store/meta.ts";
import { migrate } from "./store/migrate.ts";

/** What one workspace is served with, whatever the runtime. */
export type ServiceOptions = {
  readonly notionToken: string;
  readonly notionBaseUrl: string;
  readonly notionParentPage: string;
  readonly notionPlan: "plus" | "business";
  readonly webhookTokens: readonly string[];
  readonly publicUrl: string;
  readonly apiTokens: readonly string[] | null;
  readonly officeTimeZone: string;
  readonly pollSeconds: number;
};

/** The service's part of the settings of a real workspace. */
export const serviceOptions = (settings: WorkspaceSettings): ServiceOptions => {
  const { notionToken, notionBaseUrl, notionParentPage, notionPlan, publicUrl, pollSeconds } = settings;
  return {
    ...{ notionToken, notionBaseUrl, notionParentPage, notionPlan, publicUrl, pollSeconds },
    ...{ webhookTokens: present(settings.notionWebhookToken), apiTokens: present(settings.apiToken) },
    officeTimeZone: settings.officeTimezone,
  };
};

const present = (secrets: Secrets | null): string[] => (secrets ?? []).flatMap((secret) => secret ?? []);

export type Ports = {
  readonly database: Database;
  readonly clock: Clock;
  readonly fetch: Fetch;
  readonly newId: NewId;
  readonly random: Random;
  readonly log: Log;
  readonly probe: Probe;
  /** Starts a round of the loop soon; called when something new has been stored. */
  readonly wake: () => void;
};

export type Service = {
  readonly app: Hono;
  /** One round of the loop; returns when the next is due (UTC ms), null where nothing is planned. */
  readonly round: () => Promise<number | null>;
  /** Sets the workspace up without serving it; `wait` resolves at the given time (UTC ms). */
  readonly setUp: (wait: (until: number) => Promise<void>) => Promise<Provisioned>;
};

/** Builds the service of one workspace: the only place where adapters are made and joined. */
export const compose = (options: ServiceOptions, ports: Ports): Service => {
  const database = probed(ports.database, ports.probe);
  migrate(database);
  if (getMeta(database, "birth") === null) setMeta(database, "birth", String(ports.clock.now()));
  const store = setupStore(database);
  const notion = createNotionGateway({
    ...ports,
    token: options.notionToken,
    baseUrl: options.notionBaseUrl,
    plan: options.notionPlan,
    throttle: throttleStore(database),
  });
  const context: EngineContext = {
    ...{ database, notion, clock: ports.clock, log: ports.log, newId: ports.newId, random: ports.random },
    ...{
      publicUrl: options.publicUrl,
      officeTimeZone: options.officeTimeZone,
      pollSeconds: options.pollSeconds,
    },
    bindings: () => store.loadBindings() ?? {},
    saveBindings: store.saveBindings,
    botId: () => getMeta(database, "bot_id") ?? "",
    birth: Number(getMeta(database, "birth")),
    installedAt: installRules(
      database,
      rules.map((rule) => rule.id),
      ports.clock.now(),
    ),
  };
  const setup = { context, store, parentPageId: options.notionParentPage };
  let prepared = false;
  let lastTick: number | null = null;
  const round = async (): Promise<number | null> => {
    if (!prepared) await prepare(setup);
    prepared = true;
    const due = await tick(context);
    lastTick = ports.clock.now();
    return due;
  };
  const app = createApp({
    ...{
      database,
      clock: ports.clock,
      log: ports.log,
      newId: ports.newId,
      notion,
      bindings: context.bindings,
    },
    ...{
      verify: verifyNotionWebhook,
      tokens: options.webhookTokens,
      wake: ports.wake,
      apiTokens: options.apiTokens,
    },
    lastTick: () => lastTick,
  });
  return { app, round, setUp: (wait) => setUp(setup, wait) };
};

/** Every call that stores something passes a probe before and after, once a transaction. */
const probed = (database: Database, probe: Probe): Database => {
  let inside = false;
  const around = <T>(name: string, call: () => T): T => {
    if (inside) return call();
    probe(`store.${name}.before`);
    const result = call();
    probe(`store.${name}.after`);
    return result;
  };
  return {
    exec: (sql, ...params) => around("exec", () => database.exec(sql, ...params)),
    transaction: (fn) =>
      around("transaction", () => {
        inside = true;
        try {
          return database.transaction(fn);
        } finally {
          inside = false;
        }
      }),
    close: () => database.close(),
  };
};
