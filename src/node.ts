import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compose, type Service, type ServiceOptions, serviceOptions } from "./compose.ts";
import {
  type EmbeddedSettings,
  readEnvironment,
  readSettings,
  type Settings,
  type WorkspaceSettings,
} from "./config.ts";
import type { Mailbox } from "./embedded/mailbox/mailbox.ts";
import type { Workspace } from "./embedded/notion/workspace.ts";
import { attendStore, type Stoppable } from "./engine/attend-store.ts";
import { runLoop } from "./engine/run-loop.ts";
import { listen } from "./http/listen.ts";
import { standby } from "./http/standby.ts";
import { createLog } from "./log.ts";
import type { Clock, Database, Gather, Log, Probe } from "./ports.ts";
import { isGone, newHolder } from "./store/node-holder.ts";
import { linkSecretIn } from "./store/node-link-secret.ts";
import { openNodeDatabase } from "./store/node-sqlite.ts";
import { MilepostError } from "./types/errors.ts";

export type Running = {
  readonly url: string;
  readonly workspaceUrl: string | null;
  readonly stop: () => Promise<void>;
};

const setTimer = (fn: () => void, ms: number): (() => void) => {
  const timer = setTimeout(fn, ms);
  return () => clearTimeout(timer);
};
const systemClock: Clock = { now: Date.now, after: (ms, fn) => setTimer(fn, ms) };
/** Measured: with less each commit of a storm holds few events, with more the answers wait longer than they gain. */
const gatherMs = 4;
const gather: Gather = () => new Promise((resolve) => setTimeout(resolve, gatherMs));

/** What crash tests put in place of the running system: the clock of a real workspace, and that of the machine. */
export type Injected = { readonly probe?: Probe; readonly clock?: Clock; readonly machineClock?: Clock };

/** Serves Milepost for the workspace that the settings name, or an embedded one beside it. */
export const startNode = async (settings: Settings, injected: Injected = {}): Promise<Running> => {
  const { probe = () => undefined, clock = systemClock } = injected;
  const runtime = { ...injected, probe, clock, log: logOf(settings, clock) };
  mkdirSync(settings.dataDir, { recursive: true });
  return settings.mode === "embedded" ? startEmbedded(settings, probe) : startReal(settings, runtime);
};

const newSecret = (): string => randomBytes(32).toString("hex");

const logOf = (settings: Settings, clock: Clock): Log =>
  createLog({ level: settings.logLevel, write: (line) => process.stderr.write(`${line}\n`), clock });

const startReal = async (settings: WorkspaceSettings, runtime: Runtime): Promise<Running> => ({
  ...(await serveMilepost(settings, serviceOptions(settings), runtime)),
  workspaceUrl: null,
});

/** The embedded workspace and Milepost in one process with one clock, so that moving it moves both (design §10). */
const startEmbedded = async (settings: EmbeddedSettings, probe: Probe): Promise<Running> => {
  // A third of all modules, which who serves a real workspace need not load.
  const embedded = await import("./embedded/embedded.ts");
  const database = openNodeDatabase(join(settings.dataDir, "workspace.sqlite"));
  const initialOffset = embedded.nextSampleStart(Date.now()) - Date.now();
  const clock = embedded.openStoredClock(database, { realNow: Date.now, setTimer, initialOffset });
  const log = logOf(settings, clock);
  const workspace = embedded.createWorkspace({
    ...{ database, clock, log, fetch, newId: randomUUID, random: Math.random, plan: settings.notionPlan },
  });
  const { workspacePort: port } = settings;
  let nextPlanned = (): number | null => null;
  const shown = embedded.peopleClock(clock, [workspace.control.nextDue, () => nextPlanned()]);
  const server = await embedded.startWorkspaceServer({
    ...{ workspace, clock: shown, host: "127.0.0.1", port, log },
  });
  const mailbox = await embedded.startMailbox({ database, clock, log, port: 0 });
  const end = async (): Promise<void> => {
    await Promise.all([server.close(), mailbox.close(), workspace.close()]);
    database.close();
  };
  const webhookToken = `secret_${newSecret()}`;
  const options = {
    ...embeddedOptions(settings, workspace, server.url, mailbox, webhookToken),
    embedded: { workspaceUrl: server.url, mailbox: embedded.mailboxPages(mailbox) },
  };
  const milepost = await serveMilepost(settings, options, { clock, log, probe }, async (service) => {
    nextPlanned = service.nextPlanned;
    await service.setUp((until) => new Promise((resolve) => void clock.after(until - clock.now(), resolve)));
    await embedded.seedSample({ workspace, clock });
  }).catch((error: unknown) => end().then(() => Promise.reject(error)));
  // The embedded workspace tells of its changes as Notion would: by signed webhooks over HTTP.
  workspace.control.subscribe({ url: `${milepost.url}/webhooks/notion`, verificationToken: webhookToken });
  return { url: milepost.url, workspaceUrl: server.url, stop: () => milepost.stop().then(end) };
};

const embeddedOptions = (
  settings: EmbeddedSettings,
  workspace: Workspace,
  workspaceUrl: string,
  mailbox: Mailbox,
  webhookToken: string,
): Omit<ListeningOptions, "embedded"> => ({
  ...{
    notionToken: workspace.tokens.bot,
    notionBaseUrl: workspaceUrl,
    notionParentPage: workspace.rootPageId,
  },
  ...{ notionPlan: settings.notionPlan, pollSeconds: settings.pollSeconds },
  ...{ officeTimeZone: settings.officeTimezone, webhookTokens: [webhookToken], apiTokens: null },
  ...{ publicUrl: null, linkSecrets: [linkSecretIn(settings.dataDir, newSecret)] },
  mail: { smtpUrl: mailbox.smtpUrl, from: "letters@agency.example" },
});

/** Without a public address of its own the service is reached where it listens. */
type ListeningOptions = Omit<ServiceOptions, "publicUrl"> & { readonly publicUrl: string | null };

type Runtime = Injected & { readonly clock: Clock; readonly log: Log; readonly probe: Probe };

/** Listens first, so that the address is known, then serves the store once it is this process's own. */
const serveMilepost = async (
  settings: Settings,
  options: ListeningOptions,
  runtime: Runtime,
  beforehand: (service: Service) => Promise<void> = async () => undefined,
): Promise<{ url: string; stop: () => Promise<void> }> => {
  const database = openNodeDatabase(join(settings.dataDir, "milepost.sqlite"));
  const handler: Handler = { fetch: standby };
  const { url, close } = await listen((request) => handler.fetch(request), settings.host, settings.port);
  const publicUrl = options.publicUrl ?? url;
  const end = (): Promise<void> => close().finally(() => database.close());
  const attended = await attendStore({
    // Two processes share the machine's time, also where the embedded workspace has one of its own.
    ...{ database, log: runtime.log, holder: newHolder(randomUUID()), isGone },
    clock: runtime.machineClock ?? systemClock,
    serve: (owned) => startService({ ...options, publicUrl }, owned, runtime, handler, beforehand),
  }).catch((error: unknown) => end().then(() => Promise.reject(error)));
  return { url, stop: () => attended.stop().then(end) };
};

type Handler = { fetch: (request: Request) => Response | Promise<Response> };

/** Composes the service on its store and starts its loop. */
const startService = async (
  options: ServiceOptions,
  database: Database,
  { clock, log, probe }: Runtime,
  handler: Handler,
  beforehand: (service: Service) => Promise<void>,
): Promise<Stoppable> => {
  let wake = (): void => undefined;
  const ports = { database, clock, log, probe, fetch, newId: randomUUID, random: Math.random, gather };
  const service = compose(options, { ...ports, wake: () => wake() });
  await beforehand(service);
  handler.fetch = (request) => service.app.fetch(request);
  const loop = runLoop({ round: service.round, clock, log });
  wake = loop.wake;
  return {
    stop: async () => {
      handler.fetch = standby;
      await loop.stop();
    },
  };
};

const greeting = ({ url, workspaceUrl }: Running): string =>
  workspaceUrl === null
    ? `Milepost is serving your Notion workspace at ${url} (status: ${url}/status)`
    : [
        `The embedded Notion workspace:  ${workspaceUrl}`,
        `Milepost:                       ${url} (status: ${url}/status)`,
        "",
        `Try it: open ${url} in your browser. It says what to try, in order.`,
      ].join("\n");

const main = async (): Promise<void> => {
  try {
    loadEnvFile();
    const running = await startNode(readSettings(readEnvironment()));
    console.log(greeting(running));
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => void running.stop().then(() => process.exit(0)));
    }
  } catch (error) {
    if (!(error instanceof MilepostError)) throw error;
    console.error(`${error.message}\n${error.todo}`);
    process.exitCode = 1;
  }
};

/** Variables of the environment win over those of the file. */
const loadEnvFile = (): void => {
  if (existsSync(".env")) process.loadEnvFile();
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
