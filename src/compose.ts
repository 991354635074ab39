import type { Hono } from "hono";
import type { WorkspaceSettings } from "./config.ts";
import type { EngineContext } from "./engine/context.ts";
import { plan } from "./engine/plan.ts";
import { tick } from "./engine/tick.ts";
import { watch } from "./engine/watch.ts";
import { createApp } from "./http/app.ts";
import type { MailChannel } from "./ledger/context.ts";
import { firstKey, signLink } from "./links/sign.ts";
import { createMailer } from "./mail/smtp.ts";
import { createNotionGateway } from "./notion/gateway.ts";
import { verifyNotionWebhook } from "./notion/webhook.ts";
import type { Clock, Database, Fetch, Gather, Log, NewId, NotionGateway, Probe, Random } from "./ports.ts";
import { deciders } from "./rules/rules.ts";
import type { Secrets } from "./settings-table.ts";
import { prepare, type SetupOptions, setUp } from "./setup/prepare.ts";
import type { Provisioned } from "./setup/provision.ts";
import { findLink, keepLinkKey } from "./store/links.ts";
import { getMeta, installRules, setMeta } from "./store/meta.ts";
import { migrate } from "./store/migrate.ts";
import { probed } from "./store/probed.ts";
import { setupStore, throttleStore } from "./store/setup-store.ts";
import { nextPlanned } from "./store/wake.ts";
import type { SetupStore } from "./types/bindings.ts";
import type { Plan } from "./types/plan.ts";

/** What one workspace is served with, whatever the runtime. */
export type ServiceOptions = {
  readonly notionToken: string;
  readonly notionBaseUrl: string;
  readonly notionParentPage: string;
  readonly notionPlan: "plus" | "business";
  readonly webhookTokens: readonly string[];
  readonly publicUrl: string;
  readonly apiTokens: readonly string[] | null;
  /** Two while one is being replaced; the first signs. */
  readonly linkSecrets: readonly string[];
  /** Null sends nothing: letters wait. */
  readonly mail: { readonly smtpUrl: string; readonly from: string } | null;
  /** What stands beside Milepost in an embedded start: where its workspace answers, and the pages of its mailbox. */
  readonly embedded: { readonly workspaceUrl: string; readonly mailbox: Hono } | null;
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
    ...{ linkSecrets: present(settings.linkSecret), mail: settings.mail, embedded: null },
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
  readonly gather: Gather;
};

export type Service = {
  readonly app: Hono;
  /** One round of the loop; returns when the next is due (UTC ms), null where nothing is planned. */
  readonly round: () => Promise<number | null>;
  /** When something falls due next apart from polling (UTC ms); null where nothing does. */
  readonly nextPlanned: () => number | null;
  /** What a round would do now (design §1). Decides in `ports.database` itself: for a service composed over a copy. */
  readonly plan: () => Plan;
  /** Sets the workspace up without serving it; `wait` resolves at the given time (UTC ms). */
  readonly setUp: (wait: (until: number) => Promise<void>) => Promise<Provisioned>;
};

/** Builds the service of one workspace: the only place where adapters are made and joined. */
export const compose = (options: ServiceOptions, ports: Ports): Service => {
  const database = probed(ports.database, ports.probe);
  migrate(database);
  const store = setupStore(database);
  const notion = createNotionGateway({
    ...ports,
    token: options.notionToken,
    baseUrl: options.notionBaseUrl,
    plan: options.notionPlan,
    throttle: throttleStore(database),
  });
  const context = engineContext(options, { ...ports, database, notion }, store);
  const { notionParentPage: parentPageId, notionToken, notionBaseUrl } = options;
  const connection = [notionBaseUrl, notionToken, parentPageId].join(" ");
  const mailSettings = options.mail ? `${options.mail.smtpUrl} ${options.mail.from}` : "";
  const setup = { context, store, parentPageId, connection, mailSettings };
  const { round, lastRound } = rounds(setup);
  const [verify, tokens] = [verifyNotionWebhook, options.webhookTokens];
  const app = createApp({
    ...ports,
    ...options,
    database,
    notion,
    context,
    bindings: context.bindings,
    verify,
    tokens,
    lastRound,
  });
  const planned = (): number | null => nextPlanned(database, ports.clock.now());
  return { app, round, nextPlanned: planned, plan: () => plan(context), setUp: (wait) => setUp(setup, wait) };
};

const engineContext = (
  options: ServiceOptions,
  ports: Ports & { readonly notion: NotionGateway },
  store: SetupStore,
): EngineContext => {
  const { database, notion, clock, log, newId, random } = ports;
  if (getMeta(database, "birth") === null) setMeta(database, "birth", String(clock.now()));
  const { publicUrl, officeTimeZone, pollSeconds } = options;
  return {
    ...{ database, notion, clock, log, newId, random, publicUrl, officeTimeZone, pollSeconds },
    expectsWebhooks: options.webhookTokens.length > 0,
    ...{ probe: ports.probe, mail: mailChannel(options), linkFor: linkAddress(options, database) },
    bindings: () => store.loadBindings() ?? {},
    ...{ saveBindings: store.saveBindings, listings: new Map() },
    botId: () => getMeta(database, "bot_id") ?? "",
    birth: Number(getMeta(database, "birth")),
    installedAt: installRules(
      database,
      deciders.map((rule) => rule.id),
      clock.now(),
    ),
  };
};

const mailChannel = ({ mail }: ServiceOptions): MailChannel | null =>
  mail && { mailer: createMailer({ smtpUrl: mail.smtpUrl }), from: mail.from };

/** The address of a client link; its token is derived from the stored link each time and kept nowhere (design §9). */
const linkAddress =
  ({ publicUrl, linkSecrets }: ServiceOptions, database: Database) =>
  async (linkId: string): Promise<string | null> => {
    const link = findLink(database, linkId);
    if (!link) throw new RangeError(`no link ${linkId}`);
    const keyId = link.keyId ?? (await firstKey(linkSecrets));
    if (link.keyId === null) keepLinkKey(database, linkId, keyId);
    const token = await signLink(linkSecrets, { ...link, keyId });
    return token && `${publicUrl}/l/${token}`;
  };

/** The first round prepares; what it could not finish, the next one takes up. What a round met is named after it. */
const rounds = (setup: SetupOptions) => {
  const { context } = setup;
  let prepared = false;
  const round = async (): Promise<number | null> => {
    try {
      if (!prepared) await prepare(setup);
      prepared = true;
      const due = await tick(context);
      watch(context, null);
      return due;
    } catch (error) {
      watch(context, error);
      throw error;
    }
  };
  // Kept in the store, because a Durable Object is started anew for nearly every round.
  const lastRound = (): number | null => {
    const at = getMeta(context.database, "last_round");
    return at === null ? null : Number(at);
  };
  return { round, lastRound };
};
