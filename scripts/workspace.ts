import { randomInt, randomUUID } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compose } from "../src/compose.ts";
import { readEnvironment, readSettings } from "../src/config.ts";
import type { AdjustableClock } from "../src/embedded/clock.ts";
import { startWorkspaceServer } from "../src/embedded/notion/server.ts";
import { createWorkspace, type Workspace } from "../src/embedded/notion/workspace.ts";
import { peopleClock } from "../src/embedded/people-clock.ts";
import { seedSample } from "../src/embedded/sample/seed.ts";
import { openStoredClock } from "../src/embedded/stored-clock.ts";
import { createLog } from "../src/log.ts";
import type { Log } from "../src/ports.ts";
import { openNodeDatabase } from "../src/store/node-sqlite.ts";
import { MilepostError } from "../src/types/errors.ts";

const usage = `Usage: npm run workspace -- [options]

  --port N            port on 127.0.0.1 (8788); 0 lets the system choose
  --sample            begin as after setup, with an agency at work
  --empty             begin with one page shared with the bot (the default)
  --plan NAME         plus (180 requests a minute) or business (600)
  --webhook URL       send events to this address ...
  --webhook-token T   ... signed with this verification token
  --data FOLDER       where its state is kept (DATA_DIR, else .data)`;

/** What a person typed that cannot be carried out. */
class UsageError extends Error {}

const options = {
  port: { type: "string" },
  sample: { type: "boolean", default: false },
  empty: { type: "boolean", default: false },
  plan: { type: "string" },
  webhook: { type: "string" },
  "webhook-token": { type: "string" },
  data: { type: "string" },
} as const;

const readFlags = () => {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message);
    throw error;
  }
};

type Wanted = {
  port: number;
  plan: "plus" | "business";
  folder: string;
  logLevel: "debug" | "info" | "warn" | "error";
  sample: boolean;
  officeTimeZone: string;
  webhook: { url: string; verificationToken: string } | null;
};

const readWebhook = (url: string | undefined, verificationToken: string | undefined): Wanted["webhook"] => {
  if (url === undefined && verificationToken === undefined) return null;
  if (url === undefined || verificationToken === undefined) {
    throw new UsageError("--webhook and --webhook-token belong together");
  }
  if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : "")) {
    throw new UsageError("--webhook takes an http or https address");
  }
  return { url, verificationToken };
};

const readPort = (text: string | undefined, otherwise: number): number => {
  const port = text === undefined ? otherwise : Number(text);
  if (text === "" || !Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError("--port takes a whole number from 0 to 65535");
  }
  return port;
};

/** The flags, and for what they leave open the settings; those of a served workspace are not looked at. */
const readWanted = (): Wanted => {
  const flags = readFlags();
  const { DATA_DIR, LOG_LEVEL, NOTION_PLAN } = readEnvironment();
  const settings = readSettings({ DATA_DIR, LOG_LEVEL, NOTION_PLAN });
  if (flags.sample && flags.empty) throw new UsageError("--sample and --empty exclude each other");
  const plan = flags.plan ?? settings.notionPlan;
  if (plan !== "plus" && plan !== "business") throw new UsageError("--plan takes plus or business");
  return {
    port: readPort(flags.port, 8788),
    plan,
    folder: flags.data ?? settings.dataDir,
    logLevel: settings.logLevel,
    sample: flags.sample,
    officeTimeZone: settings.officeTimezone,
    webhook: readWebhook(flags.webhook, flags["webhook-token"]),
  };
};

const realTime = {
  realNow: () => Date.now(),
  setTimer(fn: () => void, ms: number) {
    // The server alone keeps the process alive.
    const timer = setTimeout(fn, ms).unref();
    return () => clearTimeout(timer);
  },
};

const readyLine = (url: string, { rootPageId, tokens }: Workspace): string =>
  JSON.stringify({ url, root_page_id: rootPageId, tokens });

const random = (): number => randomInt(2 ** 32) / 2 ** 32;

/** Seeding moves the clock by up to this much; a new sample begins so far behind real time and then catches up with it. */
const seedingMs = 120_000;

/** Sets the workspace up as Milepost would, from a store that serves for nothing else, and fills it. */
const fill = async (
  workspace: Workspace,
  { clock, log }: { clock: AdjustableClock; log: Log },
  { plan, folder, officeTimeZone }: Wanted,
): Promise<void> => {
  const database = openNodeDatabase(join(folder, "sample.sqlite"));
  const ports = { database, clock, log, random, newId: randomUUID, fetch: workspace.fetch };
  const here = "http://workspace";
  const service = compose(
    {
      ...{ notionToken: workspace.tokens.bot, notionBaseUrl: here, notionParentPage: workspace.rootPageId },
      ...{ notionPlan: plan, webhookTokens: [], publicUrl: here, apiTokens: null },
      ...{ linkSecrets: [], mail: null, embedded: null },
      ...{ officeTimeZone, pollSeconds: 60 },
    },
    { ...ports, probe: () => undefined, wake: () => undefined, gather: async () => undefined },
  );
  // The clock's own timers do not keep the process alive.
  await service.setUp((until) => new Promise((done) => setTimeout(done, until - clock.now())));
  await seedSample({ workspace, clock });
  clock.advance(Math.max(0, -clock.offset()));
  database.close();
};

const serve = async (wanted: Wanted): Promise<void> => {
  const { port, plan, folder, logLevel, webhook, sample } = wanted;
  mkdirSync(folder, { recursive: true });
  const database = openNodeDatabase(join(folder, "workspace.sqlite"));
  const clock = openStoredClock(database, { ...realTime, initialOffset: sample ? -seedingMs : 0 });
  const log = createLog({ level: logLevel, clock, write: (line) => console.error(line) });
  const workspace = createWorkspace({
    database,
    clock,
    newId: randomUUID,
    random,
    plan,
    log,
    fetch,
  });
  if (sample) await fill(workspace, { clock, log }, wanted);
  if (webhook) workspace.control.subscribe(webhook);
  const shown = peopleClock(clock, [workspace.control.nextDue]);
  const server = await startWorkspaceServer({ workspace, clock: shown, host: "127.0.0.1", port, log });
  console.log(readyLine(server.url, workspace));
  const stop = async (): Promise<void> => {
    await server.close();
    await workspace.close();
    database.close();
    process.exit(0);
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
};

const main = async (): Promise<void> => {
  try {
    if (existsSync(".env")) process.loadEnvFile();
    await serve(readWanted());
  } catch (error) {
    if (error instanceof UsageError) console.error(`${error.message}\n\n${usage}`);
    else if (error instanceof MilepostError) console.error(`${error.message}\n${error.todo}`);
    else if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
      console.error("The port is taken. Stop what uses it, or choose another with --port.");
    } else throw error;
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
};

await main();
