import { fork } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Client } from "@notionhq/client";
import { createAdjustableClock } from "../../src/embedded/clock.ts";
import { startWorkspaceServer } from "../../src/embedded/notion/server.ts";
import { createWorkspace, type Workspace } from "../../src/embedded/notion/workspace.ts";
import { createLog } from "../../src/log.ts";
import type { Database, Fetch } from "../../src/ports.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";
import type { ChildAnswer, ChildOrders, ChildRequest, KillPoint } from "./child.ts";
import { copyOf } from "./copy-database.ts";
import { type Idle, startPaced } from "./paced.ts";
import { seededIds, seededRandom } from "./seeded.ts";
import { publicUrl, tuesdayMorning } from "./world.ts";

const webhookToken = "secret_child_webhook_token";

/**
 * A workspace in this process and Milepost in another, HTTP between them both ways; time stands still outside `pass`. Where
 * Milepost was killed, it starts again on its file in this process, which is warm and costs a quarter.
 */
export type ChildWorld = {
  readonly workspaceDatabase: Database;
  /** Milepost's file, to be looked at while no time passes. */
  readonly store: Database;
  /** The official SDK with a person's token. */
  readonly as: (name: string) => Client;
  /** Lets time pass. A process that ended itself as ordered is started again at once. */
  readonly pass: (forMs: number) => Promise<void>;
  /** The names of the probes passed until now; those of a process that was killed are gone with it. */
  readonly probes: readonly string[];
  /** Those of the first process before which it had stored something new, counted from 1. */
  readonly stored: readonly number[];
  /** The time. */
  readonly now: () => number;
  readonly killed: () => boolean;
  readonly close: () => Promise<void>;
};

/** What another world has left: the copy of its workspace and of Milepost's file, and the time then. */
export type LeftBehind = { readonly workspace: Database; readonly storeFile: string; readonly at: number };

/** What a world at rest leaves to others; Milepost's file is put into `folder`. */
export const leaveBehind = ({ workspaceDatabase, store, now }: ChildWorld, folder: string): LeftBehind => {
  const storeFile = join(folder, `${now()}.sqlite`);
  store.exec("VACUUM INTO ?", storeFile);
  return { workspace: copyOf(workspaceDatabase), storeFile, at: now() };
};

/** Starts both, with the kill that is ordered for Milepost's first process; `settings` differ from the usual ones. */
export const createChildWorld = async (
  killAt: KillPoint | null,
  settings: NodeJS.ProcessEnv = {},
  left: LeftBehind | null = null,
): Promise<ChildWorld> => {
  const folder = mkdtempSync(join(tmpdir(), "milepost-child-"));
  const startAt = left?.at ?? tuesdayMorning;
  const clock = createAdjustableClock({ realNow: () => startAt, setTimer: () => () => undefined });
  const log = createLog({ level: "error", write: (line) => process.stderr.write(`${line}\n`), clock });
  const storeFile = join(folder, "milepost.sqlite");
  if (left) copyFileSync(left.storeFile, storeFile);
  const workspaceDatabase = left ? copyOf(left.workspace) : openNodeDatabase(":memory:");
  let child: Pick<Child, "url" | "run" | "end"> | null = null;
  const deliver: Fetch = (input, init) =>
    fetch(new URL(new URL(String(input)).pathname, child?.url ?? publicUrl), init);
  const workspace = createWorkspace({
    ...{ database: workspaceDatabase, clock, log, newId: seededIds(startAt), random: seededRandom(startAt) },
    ...{ plan: "plus", fetch: deliver },
  });
  const server = await startWorkspaceServer({ workspace, clock, host: "127.0.0.1", port: 0, log });
  const url = `${publicUrl}/webhooks/notion`;
  if (!left) workspace.control.subscribe({ url, verificationToken: webhookToken });

  let isKilled = false;
  const start = (): Promise<Pick<Child, "url" | "run" | "end"> | null> => {
    const env = { ...environment(workspace, server.url, folder), ...settings };
    const startAt = clock.now();
    if (!isKilled) return startChild(env, { startAt, killAt });
    return startPaced(env, { startAt }).then(({ stop, ...paced }) => ({ ...paced, end: stop }));
  };
  const probes: string[] = [];
  const stored: number[] = [];
  /** Milepost at work until it has nothing left to do now; started first where it does not run. */
  const run = async (advanceMs: number): Promise<number> => {
    for (;;) {
      child ??= await start();
      const answer = child && (await child.run(advanceMs));
      if (answer) {
        probes.push(...answer.probes);
        stored.push(...answer.stored);
        return answer.nextDue;
      }
      child = null;
      isKilled = true;
      advanceMs = 0;
    }
  };
  /** Waits for the HTTP exchange of each webhook that is due, which Milepost answers before it works on it. */
  const deliverDue = async (): Promise<boolean> => {
    const due = (): boolean => (workspace.control.nextDue() ?? Number.POSITIVE_INFINITY) <= clock.now();
    const found = due();
    while (due()) {
      clock.advance(0);
      await setImmediate();
    }
    return found;
  };
  const pass = async (forMs: number): Promise<void> => {
    const end = clock.now() + forMs;
    let nextDue = await run(0);
    for (;;) {
      while (nextDue <= clock.now() || (await deliverDue())) nextDue = await run(0);
      if (clock.now() >= end) return;
      const next = Math.min(end, nextDue, workspace.control.nextDue() ?? end);
      const step = next - clock.now();
      clock.advance(step);
      nextDue = await run(step);
    }
  };
  const store = openNodeDatabase(storeFile);
  return {
    ...{ workspaceDatabase, store, pass, probes, stored, now: clock.now },
    as: (name) => clientOf(workspace, server.url, name),
    killed: () => isKilled,
    close: async () => {
      await child?.end();
      await workspace.close();
      await server.close();
      workspaceDatabase.close();
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const clientOf = (workspace: Workspace, baseUrl: string, name: string): Client => {
  const auth = workspace.tokens.people[name];
  if (auth === undefined) throw new Error(`nobody is called ${name}`);
  return new Client({ auth, baseUrl, notionVersion: "2026-03-11", retry: false });
};

/** The settings of a Milepost process beside a workspace that is served at `baseUrl`. */
export const environment = (workspace: Workspace, baseUrl: string, folder: string): NodeJS.ProcessEnv => ({
  NOTION_TOKEN: workspace.tokens.bot,
  NOTION_BASE_URL: baseUrl,
  NOTION_PARENT_PAGE: workspace.rootPageId,
  NOTION_WEBHOOK_TOKEN: webhookToken,
  PUBLIC_URL: publicUrl,
  LINK_SECRET: "0123456789abcdef0123456789abcdef",
  API_TOKEN: "0123456789abcdef",
  OFFICE_TIMEZONE: "Europe/Berlin",
  DATA_DIR: folder,
  PORT: "0",
  LOG_LEVEL: "error",
  NODE_COMPILE_CACHE: join(tmpdir(), "milepost-compile-cache"),
});

export type Child = {
  readonly url: string;
  readonly signal: (name: "SIGSTOP" | "SIGCONT" | "SIGTERM" | "SIGKILL") => void;
  /** Null where the process ended itself as ordered. */
  readonly run: (advanceMs: number) => Promise<Idle | null>;
  readonly end: () => Promise<void>;
};

/** Null where it ended itself as ordered before it listened. */
export const startChild = async (env: NodeJS.ProcessEnv, orders: ChildOrders): Promise<Child | null> => {
  const script = fileURLToPath(new URL("child.ts", import.meta.url));
  const child = fork(script, [JSON.stringify(orders)], {
    env,
    execArgv: [],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ended = once(child, "exit").then(([code, signal]: (string | number | null)[]): null => {
    if (signal === "SIGKILL" && orders.killAt !== null) return null;
    throw new Error(`Milepost ended by itself: ${signal ?? code}`);
  });
  // Looked at by the next question; a child that the test itself ends is asked nothing any more.
  ended.catch(() => undefined);
  const answer = async (): Promise<ChildAnswer | null> =>
    Promise.race([once(child, "message").then(([message]) => message as ChildAnswer), ended]);
  const ready = await answer();
  if (ready?.kind !== "ready") return null;
  return {
    url: ready.url,
    signal: (name) => void child.kill(name),
    run: async (advanceMs) => {
      const next = answer();
      // A process that has just died is known by its end.
      child.send({ advanceMs } satisfies ChildRequest, () => undefined);
      return (await next) as Idle | null;
    },
    end: async () => {
      child.kill("SIGKILL");
      await ended.catch(() => undefined);
    },
  };
};
