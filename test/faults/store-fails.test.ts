import { spawnSync } from "node:child_process";
import { mkdtempSync, openSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { signWebhookPayload } from "@notionhq/client";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Mailbox, startMailbox } from "../../src/embedded/mailbox/mailbox.ts";
import { createLog } from "../../src/log.ts";
import { migrate } from "../../src/store/migrate.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";
import { addClientProject, coreBuild, sender, updateRows } from "../support/client-scene.ts";
import { closeMoment, copyOfAll, goOn, type Moment } from "../support/moments.ts";
import { problemsOf } from "../support/requests.ts";
import { addRow, type DataSources, dataSources, edit } from "../support/rows.ts";
import { untold } from "../support/scenario.ts";
import { createWorld, type World, type WorldOptions, webhookToken } from "../support/world.ts";

const minute = 60_000;

let folder: string;
let mailbox: Mailbox;
let begin: Moment;
let sources: DataSources;
let project: string;
let milestone: string;

/** A project whose letters leave by themselves, one click from a milestone that is Done. */
beforeAll(async () => {
  const log = createLog({
    level: "error",
    write: () => undefined,
    clock: { now: () => 0, after: () => () => undefined },
  });
  mailbox = await startMailbox({
    database: openNodeDatabase(":memory:"),
    clock: { now: () => 0, after: () => () => undefined },
    log,
    port: 0,
  });
  const prepared = createWorld({ mail: { smtpUrl: mailbox.smtpUrl, from: sender } });
  await prepared.pass(5 * minute);
  const dana = prepared.as("Dana Reyes");
  sources = await dataSources(dana);
  ({ project } = await addClientProject(dana, sources, { "Client letters": "Automatic" }));
  milestone = await addRow(dana, sources, "milestones", { ...coreBuild, Project: project });
  await prepared.pass(5 * minute);
  const databases = copyOfAll({ workspace: prepared.workspaceDatabase, store: prepared.store });
  begin = { databases, at: prepared.clock.now(), story: untold };
  prepared.close();
});
afterAll(async () => {
  closeMoment(begin);
  await mailbox.close();
});

let world: World;
let mailsBefore: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "milepost-store-"));
  mailsBefore = mailbox.messages().length;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const storeFile = (): string => join(folder, "milepost.sqlite");

const settings = (): WorldOptions => ({
  mail: { smtpUrl: mailbox.smtpUrl, from: sender },
  pollSeconds: 600,
});

/** The same moment again. */
const open = (): void => {
  world = goOn({ ...begin, databases: copyOfAll(begin.databases) }, settings());
};

/** The same with the store in a file of its own, which need not outlive the machine. */
const openFile = (): void => {
  const { workspace, store } = copyOfAll(begin.databases);
  const path = join(folder, "milepost.sqlite");
  store.exec("VACUUM INTO ?", `file:${path}?vfs=unix`);
  store.close();
  world = goOn({ ...begin, databases: { workspace, store: openNodeDatabase(path) } }, settings());
  world.store.exec("PRAGMA synchronous = OFF");
};

const mails = (): number => mailbox.messages().length - mailsBefore;
const states = async (): Promise<unknown[]> =>
  (await updateRows(world.as("Dana Reyes"), sources)).map(({ cells }) => cells.State);
const finish = () => edit(world.as("Dana Reyes"), "milestones", milestone, { Status: "Done" });
const ready = async (): Promise<unknown> => {
  const response = await world.service().app.request("/ready");
  return [response.status, ((await response.json()) as { failing: unknown }).failing];
};
const codes = async (): Promise<string[]> => (await problemsOf(world)).map(({ code }) => code);

let events = 0;
const send = async (): Promise<Response> => {
  events += 1;
  const body = JSON.stringify({
    ...{ id: `0f0e0d0c-0b0a-4908-8706-${String(events).padStart(12, "0")}`, type: "page.properties_updated" },
    ...{
      workspace_id: world.workspace.workspaceId,
      authors: [],
      entity: { id: project, type: "page" },
      data: {},
    },
  });
  const headers = {
    "x-notion-signature": await signWebhookPayload({ body, verificationToken: webhookToken }),
  };
  return world.service().app.request("/webhooks/notion", { method: "POST", body, headers });
};

const expectAway = async (code: string): Promise<void> => {
  expect(await ready()).toEqual([503, ["store"]]);
  const [problem] = await problemsOf(world);
  expect(problem).toMatchObject({ code, since: expect.stringContaining("2026"), todo: expect.any(String) });
  const answer = await send();
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
};

/** After healing everything is done once, and nothing is named any more. */
const expectHealed = async (): Promise<void> => {
  await world.pass(30 * minute);
  expect(await ready()).toEqual([200, []]);
  expect(await codes()).toEqual([]);
  expect([mails(), await states()]).toEqual([1, ["Sent"]]);
  world.close();
};

test("F44: while another program holds the file, intake answers 503 and /status names it; afterwards nothing is lost or doubled", async () => {
  openFile();
  expect(world.store.exec("PRAGMA busy_timeout")).toEqual([{ timeout: 2_000 }]);
  world.store.exec("PRAGMA busy_timeout = 5");
  const other = new DatabaseSync(storeFile());
  other.exec("BEGIN IMMEDIATE");
  await finish();
  await world.pass(10_000);
  await expectAway("store_busy");
  expect(mails()).toBe(0);
  other.exec("COMMIT");
  other.close();
  await expectHealed();
});

test("F44: a long reader stops nothing; the log that grows meanwhile is written back and gives its room back", async () => {
  openFile();
  const other = new DatabaseSync(storeFile());
  other.exec("BEGIN");
  other.prepare("SELECT count(*) FROM pages").get();
  await finish();
  await world.pass(10 * minute);
  expect(mails()).toBe(1);
  world.store.exec("CREATE TABLE ballast (bytes BLOB)");
  const grow = (): unknown =>
    world.store.exec(
      "INSERT INTO ballast VALUES (zeroblob(1000000)), (zeroblob(1000000)), (zeroblob(1000000))",
    );
  const logSize = (): number => statSync(`${storeFile()}-wal`).size;
  for (let time = 0; time < 8; time += 1) grow();
  expect(logSize()).toBeGreaterThan(20_000_000);
  other.exec("COMMIT");
  other.close();
  for (let time = 0; time < 2; time += 1) world.store.exec("DELETE FROM ballast");
  world.store.exec("INSERT INTO ballast VALUES (1)");
  expect(logSize()).toBeLessThanOrEqual(16 * 1024 * 1024);
  await expectHealed();
});

test("F45: with a read-only store nothing is taken in and no mail leaves, and all of it is made up for", async () => {
  open();
  world.store.exec("PRAGMA query_only = 1");
  await finish();
  await world.pass(5 * minute);
  await expectAway("store_unwritable");
  expect(mails()).toBe(0);
  world.store.exec("PRAGMA query_only = 0");
  await expectHealed();
});

test("F45: on a full disk no event is answered 200 that is not stored, no mail leaves, and all of it is made up for", async () => {
  open();
  world.store.exec("PRAGMA max_page_count = 1");
  await finish();
  await world.pass(5 * minute);
  let taken = 0;
  while ((await send()).status === 200) taken += 1;
  const ours = "SELECT count(*) AS count FROM inbox WHERE event_id LIKE '0f0e0d0c-%'";
  expect(world.store.exec(ours)).toEqual([{ count: taken }]);
  await expectAway("store_unwritable");
  expect(mails()).toBe(0);
  world.store.exec("PRAGMA max_page_count = 1000000");
  await expectHealed();
});

test("F45: a file that is damaged while it is served is named, and nothing is taken in", async () => {
  openFile();
  await world.pass(minute);
  world.store.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  const [size] = world.store.exec("PRAGMA page_size");
  const file = openSync(storeFile(), "r+");
  const { size: length } = statSync(storeFile());
  writeSync(
    file,
    new Uint8Array(length - Number(size?.page_size)).fill(255),
    0,
    undefined,
    Number(size?.page_size),
  );
  world.store.exec("PRAGMA shrink_memory");
  await finish();
  await world.pass(minute);
  await expectAway("store_corrupt");
  expect(mails()).toBe(0);
  expect((await world.service().app.request("/health")).status).toBe(200);
  world.workspaceDatabase.close();
});

/** `node src/node.ts` in the folder, until it ends by itself. */
const start = (settings: Readonly<Record<string, string>>) =>
  spawnSync(process.execPath, [fileURLToPath(new URL("../../src/node.ts", import.meta.url))], {
    ...{ cwd: folder, encoding: "utf8", timeout: 30_000 },
    env: { ...settings, DATA_DIR: folder, PORT: "0", LOG_LEVEL: "error" },
  });

describe("F45: a start on a damaged file", () => {
  const damage: Readonly<Record<string, (path: string) => void>> = {
    "that is no database": (path) =>
      writeFileSync(path, "not a database, whatever its name says".repeat(200)),
    "that was cut short": (path) => truncateSync(path, statSync(path).size / 2),
  };
  const real = {
    ...{ NOTION_TOKEN: "ntn_token", NOTION_PARENT_PAGE: "0".repeat(32), API_TOKEN: "a".repeat(16) },
    ...{ PUBLIC_URL: "https://milepost.example", LINK_SECRET: "s".repeat(32) },
  };

  test.each(Object.entries(damage))("%s stops and says which, where, and what to do", (_what, spoil) => {
    openFile();
    world.close();
    spoil(storeFile());
    const { status, stdout, stderr } = start(real);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/damaged.*milepost\.sqlite/);
    expect(stderr).toMatch(/backup.*DATA_DIR/);
    expect(stderr).not.toContain(" at ");
  });
});

describe("the embedded start ends by itself, and says why,", () => {
  const unusable: Readonly<Record<string, [spoil: (path: string) => void, told: RegExp]>> = {
    "on a damaged file": [
      (path) => writeFileSync(path, "no database".repeat(200)),
      /damaged.*milepost\.sqlite/,
    ],
    "on the file of a newer Milepost": [
      (path) => {
        const database = openNodeDatabase(path);
        migrate(database);
        database.exec("INSERT INTO schema_version (version) VALUES (1000)");
        database.close();
      },
      /newer Milepost/,
    ],
  };

  test.each(Object.entries(unusable))("%s", (_what, [spoil, told]) => {
    spoil(storeFile());
    const { status, stdout, stderr } = start({});
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(told);
    expect(stderr).not.toContain(" at ");
  });
});
