import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "@notionhq/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createAdjustableClock } from "../../src/embedded/clock.ts";
import { startWorkspaceServer } from "../../src/embedded/notion/server.ts";
import { createWorkspace, type Workspace } from "../../src/embedded/notion/workspace.ts";
import { createLog } from "../../src/log.ts";
import type { Database } from "../../src/ports.ts";
import { migrate } from "../../src/store/migrate.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";
import { check } from "../support/checker/check.ts";
import type { Story } from "../support/checker/story.ts";
import type { KillPoint } from "../support/child.ts";
import { type Child, environment, startChild } from "../support/child-world.ts";
import { acts, untold } from "../support/scenario.ts";
import { seededIds, seededRandom } from "../support/seeded.ts";
import { tuesdayMorning } from "../support/world.ts";

const minute = 60_000;

let folder: string;
let ends: (() => unknown)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "milepost-processes-"));
  ends = [() => rmSync(folder, { recursive: true })];
});
afterEach(async () => {
  for (const end of ends.reverse()) await end();
});

type Served = {
  readonly workspace: Workspace;
  readonly database: Database;
  readonly clock: ReturnType<typeof createAdjustableClock>;
  readonly env: Record<string, string>;
  readonly as: (name: string) => Client;
};

/** A workspace on a port of its own; its clock stands still unless it is told. */
const serve = async (): Promise<Served> => {
  const clock = createAdjustableClock({ realNow: () => tuesdayMorning, setTimer: () => () => undefined });
  const log = createLog({ level: "error", write: (line) => process.stderr.write(`${line}\n`), clock });
  const database = openNodeDatabase(":memory:");
  const workspace = createWorkspace({
    ...{ database, clock, log, newId: seededIds(1), random: seededRandom(1), plan: "business", fetch },
  });
  const server = await startWorkspaceServer({ workspace, clock, host: "127.0.0.1", port: 0, log });
  ends.push(async () => {
    await workspace.close();
    await server.close();
    database.close();
  });
  const env = {
    ...environment(workspace, server.url, folder),
    NOTION_PLAN: "business",
    NOTION_WEBHOOK_TOKEN: "",
  };
  const as = (name: string): Client =>
    new Client({ auth: workspace.tokens.people[name] ?? "", baseUrl: server.url, retry: false });
  return { workspace, database, clock, env: env as Record<string, string>, as };
};

const storeOf = (): Database => {
  const store = openNodeDatabase(join(folder, "milepost.sqlite"));
  ends.push(() => store.close());
  return store;
};

/** The project is added and moved too early; `pass` lets all of it come to rest. */
const addAndAsk = async (as: Served["as"], pass: () => Promise<unknown>): Promise<Story> => {
  const scene = { as, pass: async () => undefined };
  const added = (await acts[1]?.step(scene, untold)) ?? untold;
  await pass();
  return (await acts[2]?.step(scene, added)) ?? added;
};

type Started = Omit<Child, "run"> & { readonly run: () => ReturnType<Child["run"]> };

/** Its end is the test's doing. */
const never: KillPoint = { index: Number.POSITIVE_INFINITY, point: "" };

const startOne = async (served: Served): Promise<Started> => {
  const { env, clock } = served;
  const child = await startChild(env, { startAt: clock.now(), killAt: never, leases: true });
  if (!child) throw new Error("it did not start");
  ends.push(child.end);
  return { ...child, run: catchingUp(served.clock, child) };
};

/** Moves a process's clock to where the workspace's stands. */
const catchingUp = ({ now }: Served["clock"], child: Child): (() => ReturnType<Child["run"]>) => {
  let known = now();
  return () => {
    const missed = now() - known;
    known += missed;
    return child.run(missed);
  };
};

/** Lets time pass for these processes and the workspace alike. */
const passing =
  ({ clock }: Served, ...children: readonly Started[]) =>
  async (forMs: number): Promise<void> => {
    const end = clock.now() + forMs;
    for (;;) {
      const answers = await Promise.all(children.map((child) => child.run()));
      // One that was killed has nothing more to do.
      if (answers.includes(null)) return;
      const due = Math.min(...answers.map((answer) => answer?.nextDue ?? end));
      if (clock.now() >= end && due > clock.now()) return;
      clock.advance(Math.max(0, Math.min(due, Math.max(end, clock.now())) - clock.now()));
    }
  };

const ready = async ({ url }: Started): Promise<unknown> => {
  const response = await fetch(`${url}/ready`);
  return [response.status, ((await response.json()) as { status: string }).status];
};

test("F43: a process that is frozen for two minutes in the middle of a write is superseded, and what it does later is refused", async () => {
  const served = await serve();
  const { workspace, clock, database, as } = served;
  const first = await startOne(served);
  await passing(served, first)(3 * minute);
  const second = await startOne(served);
  await passing(served, first, second)(minute);
  expect([await ready(first), await ready(second)]).toEqual([
    [200, "ok"],
    [503, "standby"],
  ]);
  const story = await addAndAsk(as, () => passing(served, first)(5 * minute));

  const frozen = new Promise<"frozen">((resolve) => {
    workspace.control.setHook({
      before: ({ method, actorId }) => {
        if (method !== "PATCH" || actorId !== workspace.botId) return undefined;
        first.signal("SIGSTOP");
        workspace.control.setHook(null);
        resolve("frozen");
        return undefined;
      },
    });
  });
  let underWay = first.run();
  for (;;) {
    const answer = await Promise.race([underWay, frozen]);
    if (answer === "frozen") break;
    clock.advance(Math.max(0, (answer?.nextDue ?? 0) - clock.now()));
    underWay = first.run();
  }
  await passing(served, second)(5 * minute);
  expect(await ready(second)).toEqual([200, "ok"]);

  first.signal("SIGCONT");
  await underWay;
  await first.run();
  expect(await ready(first)).toEqual([503, "standby"]);
  await passing(served, second)(5 * minute);
  expect(check({ workspace: database.exec, milepost: storeOf().exec }, story)).toEqual([]);
});

test("F42: killed in the middle of its graceful shutdown it is served again at once, and nothing is doubled or lost", async () => {
  const served = await serve();
  const { workspace, database, as } = served;
  const first = await startOne(served);
  await passing(served, first)(3 * minute);
  const story = await addAndAsk(as, () => passing(served, first)(5 * minute));
  let seen = 0;
  const killed = new Promise<void>((resolve) => {
    workspace.control.setHook({
      before: ({ method, actorId }) => {
        if (actorId !== workspace.botId || (seen === 0 && method !== "PATCH")) return undefined;
        seen += 1;
        first.signal(seen === 1 ? "SIGTERM" : "SIGKILL");
        if (seen > 1) resolve();
        return undefined;
      },
    });
  });
  await Promise.race([killed, passing(served, first)(5 * minute)]);
  workspace.control.setHook(null);
  expect(seen).toBeGreaterThan(1);

  const second = await startOne(served);
  await passing(served, second)(5 * minute);
  expect(await ready(second)).toEqual([200, "ok"]);
  expect(check({ workspace: database.exec, milepost: storeOf().exec }, story)).toEqual([]);
});

test("F42: killed in the middle of a migration the store is migrated by the next start, as if nothing had been", () => {
  const script = fileURLToPath(new URL("../support/migrate-child.ts", import.meta.url));
  const run = (file: string, nth: number) =>
    spawnSync(process.execPath, [script, file, String(nth)], { encoding: "utf8" });
  const schemaOf = (database: Database): unknown => [
    database.exec("SELECT type, name, sql FROM sqlite_schema ORDER BY name"),
    database.exec("SELECT version FROM schema_version ORDER BY version"),
  ];
  const whole = openNodeDatabase(":memory:");
  migrate(whole);
  const statements = Number(run(join(folder, "whole.sqlite"), 0).stdout);
  expect(statements).toBeGreaterThan(20);
  for (const nth of [2, Math.floor(statements / 2), statements]) {
    const file = join(folder, `${nth}.sqlite`);
    expect(run(file, nth).signal).toBe("SIGKILL");
    const database = openNodeDatabase(file);
    expect(database.exec("SELECT count(*) AS count FROM schema_version")[0]?.count).toBeLessThan(
      Number(whole.exec("SELECT count(*) AS count FROM schema_version")[0]?.count),
    );
    migrate(database);
    expect(schemaOf(database)).toEqual(schemaOf(whole));
    database.close();
  }
});
