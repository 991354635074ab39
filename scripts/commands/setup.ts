import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { compose, serviceOptions } from "../../src/compose.ts";
import { readSettings, type WorkspaceSettings } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";
import type { Clock, Database } from "../../src/ports.ts";
import type { Provisioned } from "../../src/setup/provision.ts";
import { endLease, fenced, leaseMs, renewLease, takeLease } from "../../src/store/lease.ts";
import { isGone, newHolder } from "../../src/store/node-holder.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";
import { MilepostError } from "../../src/types/errors.ts";
import type { Command } from "./command.ts";

const clock: Clock = {
  now: () => Date.now(),
  after(ms, fn) {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
};

const wait = (until: number): Promise<void> =>
  new Promise((resolve) => void clock.after(Math.max(0, until - clock.now()), resolve));

const provisionIn = (settings: WorkspaceSettings, database: Database): Promise<Provisioned> => {
  const log = createLog({ level: settings.logLevel, clock, write: (line) => console.error(line) });
  const ports = { database, clock, fetch, log, newId: randomUUID, random: Math.random };
  return compose(serviceOptions(settings), {
    ...ports,
    probe: () => {},
    wake: () => {},
    gather: async () => {},
  }).setUp(wait);
};

/**
 * Does it while the store is this process's own.
 * @throws MilepostError `store_taken` while a service runs on it
 */
const asHolder = async <T>(database: Database, run: (owned: Database) => Promise<T>): Promise<T> => {
  const fence = takeLease(database, newHolder(randomUUID()), clock.now(), isGone);
  if (fence === null)
    throw new MilepostError("store_taken", "stop it and run this again; while it runs it sets up by itself");
  let cancel = (): void => undefined;
  const keep = (): void => {
    renewLease(database, fence, clock.now());
    cancel = clock.after(leaseMs / 3, keep);
  };
  keep();
  try {
    return await run(fenced(database, fence));
  } finally {
    cancel();
    endLease(database, fence);
  }
};

const confirmed = async (yes: boolean): Promise<boolean> => {
  if (yes || !process.stdin.isTTY) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question("Set Milepost up in the page of NOTION_PARENT_PAGE? [y/N] ");
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
};

const sentences = ({ made, problems }: Provisioned): string =>
  [
    made.length === 0 ? "Everything was there already." : `Made ${made.length}:`,
    ...made.map((name) => `  ${name}`),
    ...(problems.length === 0 ? [] : ["To do by a person in Notion:"]),
    ...problems.map(({ click }) => `  ${click}`),
  ].join("\n");

/** Makes what Milepost needs in the Notion workspace; exit code 1 where something is left for a person to do. */
export const setup: Command = {
  summary: "make the databases, views and start page in Notion, or complete them",
  async run(environment, { json, yes }) {
    const settings = readSettings(environment);
    if (settings.mode === "embedded") throw new MilepostError("setting_invalid", "NOTION_TOKEN is missing");
    if (!(await confirmed(yes))) return 0;
    mkdirSync(settings.dataDir, { recursive: true });
    const database = openNodeDatabase(join(settings.dataDir, "milepost.sqlite"));
    try {
      const result = await asHolder(database, (owned) => provisionIn(settings, owned));
      console.log(json ? JSON.stringify(result) : sentences(result));
      return result.problems.length === 0 ? 0 : 1;
    } finally {
      database.close();
    }
  },
};
