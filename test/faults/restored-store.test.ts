import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Mailbox, startMailbox } from "../../src/embedded/mailbox/mailbox.ts";
import { createLog } from "../../src/log.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";
import { addClientProject, coreBuild, sender, updateRows } from "../support/client-scene.ts";
import { problemsOf } from "../support/requests.ts";
import { addRow, type DataSources, dataSources, edit } from "../support/rows.ts";
import { createServedWorld, type ServedWorld } from "../support/served-world.ts";
import { tuesdayMorning } from "../support/world.ts";

const minute = 60_000;

let folder: string;
let mailbox: Mailbox;
let world: ServedWorld;
let sources: DataSources;
let project: string;
let milestone: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "milepost-copy-"));
  const clock = { now: () => world?.clock.now() ?? 0, after: () => () => undefined };
  const log = createLog({ level: "error", write: (line) => process.stderr.write(`${line}\n`), clock });
  mailbox = await startMailbox({ database: openNodeDatabase(":memory:"), clock, log, port: 0 });
  const mail = { smtpUrl: mailbox.smtpUrl, from: sender };
  world = await createServedWorld({ mail, pollSeconds: 600, startAt: tuesdayMorning });
  await world.pass(2 * minute);
  const dana = world.as("Dana Reyes");
  sources = await dataSources(dana);
  ({ project } = await addClientProject(dana, sources, { "Client letters": "Automatic" }));
  await world.pass(3 * minute);
  milestone = await addRow(dana, sources, "milestones", { ...coreBuild, Project: project });
  await world.pass(3 * minute);
});
afterEach(async () => {
  await world.close();
  await mailbox.close();
  rmSync(folder, { recursive: true });
});

const copy = (): string => {
  const file = join(folder, "copy.sqlite");
  world.store.exec(`VACUUM INTO '${file}'`);
  return file;
};
const finish = async (): Promise<void> => {
  await edit(world.as("Dana Reyes"), "milestones", milestone, { Status: "Done" });
  await world.pass(10 * minute);
};
const codes = async (): Promise<string[]> => (await problemsOf(world)).map(({ code }) => code);
const states = async (): Promise<unknown[]> =>
  (await updateRows(world.as("Dana Reyes"), sources)).map(({ cells }) => cells.State);
const confirm = async (): Promise<void> => {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ holds: ["store_restored"] });
  await world.service().app.request("/api/v1/confirm", { method: "POST", headers, body });
};

test("F45: a store that was restored from an older copy mails nothing twice, says so, and goes on once a person confirms it", async () => {
  const older = copy();
  await finish();
  expect(mailbox.messages()).toHaveLength(1);
  expect(await states()).toEqual(["Sent"]);

  world.startAnew(older);
  await world.pass(30 * minute);
  expect(await codes()).toContain("store_restored");
  expect(mailbox.messages()).toHaveLength(1);
  expect(await states()).toEqual(["Sent"]);

  await confirm();
  await world.pass(30 * minute);
  expect(await codes()).toEqual([]);
  expect(mailbox.messages()).toHaveLength(1);
  expect(await states()).toEqual(["Sent"]);
});

test("F45: a copy from before an update was sent does not send it again", async () => {
  await edit(world.as("Dana Reyes"), "projects", project, { "Client letters": "Review first" });
  await world.pass(3 * minute);
  await finish();
  expect(await states()).toEqual(["Draft"]);
  const older = copy();
  const [draft] = await updateRows(world.as("Dana Reyes"), sources);
  await edit(world.as("Dana Reyes"), "updates", draft?.id ?? "", { State: "Ready" });
  await world.pass(10 * minute);
  expect(await states()).toEqual(["Sent"]);
  expect(mailbox.messages()).toHaveLength(1);

  world.startAnew(older);
  await world.pass(30 * minute);
  expect(await states()).toEqual(["Sent"]);
  expect(await codes()).toContain("store_restored");
  await confirm();
  await world.pass(30 * minute);
  expect(await codes()).toEqual([]);
  expect(mailbox.messages()).toHaveLength(1);
});

test("a store that was lost begins anew without acting on the past", async () => {
  await finish();
  await world.pass(30 * minute);
  world.startAnew();
  await world.pass(30 * minute);
  // Lost with the store is when the milestone was set to Done: Milepost asks for its Actual.
  expect(await codes()).toEqual(["schedule_unclear"]);
  expect(mailbox.messages()).toHaveLength(1);
  expect(await states()).toEqual(["Sent"]);
});
