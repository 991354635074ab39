import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { plan } from "../../scripts/commands/plan.ts";
import { readSettings } from "../../src/config.ts";
import { openStoredClock } from "../../src/embedded/stored-clock.ts";
import { startNode } from "../../src/node.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";
import { addClientProject, coreBuild, sender } from "../support/client-scene.ts";
import { storeFolder } from "../support/plan.ts";
import { addRow, dataSources, edit } from "../support/rows.ts";
import { createWorld, type World } from "../support/world.ts";

const minute = 60_000;
const flags = { json: false, yes: false };
/** Friday, 27 November 2026, 03:00 in Berlin; its summaries are due at nine. */
const threeAtNight = Date.parse("2026-11-27T02:00:00Z");

let print: ReturnType<typeof vi.spyOn>;
let nightFiles: ReturnType<typeof storeFolder>;
beforeEach(() => {
  print = vi.spyOn(console, "log").mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

const printed = (): string => String(print.mock.calls.at(-1)?.[0]);

/** The settings of a real workspace with the store of that night. */
const environment = (more: Readonly<Record<string, string>> = {}) => ({
  ...{ DATA_DIR: nightFiles.folder, NOTION_TOKEN: "ntn_x", NOTION_PARENT_PAGE: "0".repeat(32) },
  ...{ PUBLIC_URL: "https://milepost.test", LINK_SECRET: "x".repeat(32), API_TOKEN: "y".repeat(16) },
  ...{ SMTP_URL: "smtp://127.0.0.1:1", MAIL_FROM: sender, OFFICE_TIMEZONE: "Europe/Berlin", ...more },
});

const time = z.iso.datetime();
const values = z.array(
  z.strictObject({
    ...{ page_id: z.string(), page: z.string(), database: z.string(), property: z.string() },
    ...{ from: z.string(), to: z.string(), is_new: z.boolean(), rule: z.string().nullable() },
    ...{ why: z.string(), next_try: time.nullable() },
  }),
);
const comments = z.array(
  z.strictObject({
    ...{ page_id: z.string(), page: z.string(), kind: z.literal("gate"), text: z.string() },
    ...{ edits: z.boolean(), is_new: z.boolean(), failures: z.number(), next_try: time },
  }),
);
const action = z.strictObject({
  ...{ key: z.string(), kind: z.enum(["reply", "update", "letter"]), recorded: z.boolean() },
  state: z.enum(["wanted", "pending", "dropped", "missed", "baseline", "dead", "unknown"]),
  ...{ title: z.string(), update_kind: z.string().nullable(), recipients: z.array(z.string()) },
  ...{ rule: z.string(), why: z.string(), cause: z.looseObject({ kind: z.string() }), caused_at: time },
  ...{ next_try: time.nullable(), closes_at: time.nullable() },
  ...{ failures: z.number(), last_error: z.string().nullable() },
});
const held = z.strictObject({
  ...{ update_id: z.string(), title: z.string(), url: z.url(), because: z.string() },
});
const project = z.strictObject({
  ...{ project_id: z.string(), name: z.string(), url: z.url().nullable(), stage: z.string().nullable() },
  ...{ parked: z.string().nullable(), gaps: z.array(z.string()), wake_at: time.nullable() },
  ...{ actions: z.array(action), values, comments, held: z.array(held) },
});
const count = z.number().int().min(0);
const shape = z.strictObject({
  ...{ time, time_zone: z.string(), last_round: time.nullable(), waiting_to_be_read: count },
  mail: z.looseObject({ state: z.enum(["ready", "not_configured", "paused"]) }),
  projects: z.array(project),
  elsewhere: z.strictObject({ values, comments }),
  summary: z.strictObject({
    ...{ wanted: count, values: count, comments: count, pending: count, dropped: count, held: count },
    ...{ missed: count, baseline: count, given_up: count, undecided: count, by_itself_at: time.nullable() },
  }),
});

/** At three at night: a refused move that cannot be put back, and a letter that waits for the morning. */
const makeNight = async (): Promise<World> => {
  const night = createWorld({
    ...{ startAt: threeAtNight - 25 * minute, storeFile: nightFiles.storeFile },
    mail: { smtpUrl: "smtp://127.0.0.1:1", from: sender },
  });
  await night.pass(2 * minute);
  const dana = night.as("Dana Reyes");
  const sources = await dataSources(dana);
  const cells = { "Client letters": "Automatic", Name: "Lead bot \u001b[31mred" };
  const { project } = await addClientProject(dana, sources, cells);
  const milestone = await addRow(dana, sources, "milestones", { ...coreBuild, Project: project });
  await night.pass(5 * minute);
  await edit(dana, "milestones", milestone, { Status: "Done" });
  await night.pass(10 * minute);
  night.setNetwork(async ({ method }, goOn) =>
    method === "PATCH" ? Response.json({ object: "error", status: 503 }, { status: 503 }) : goOn(),
  );
  await edit(dana, "projects", project, { Stage: "QA" });
  await night.pass(threeAtNight - night.clock.now());
  return night;
};

describe("at three at night", () => {
  let night: World;
  beforeAll(async () => {
    nightFiles = storeFolder();
    night = await makeNight();
  });
  afterAll(async () => {
    await night.workspace.close();
    night.close();
    nightFiles.remove();
  });
  // The command's clock is the machine's.
  beforeEach(() => void vi.spyOn(Date, "now").mockImplementation(night.clock.now));

  test("a plan says what waits, until when, and why, and ends with a line that sums it up", async () => {
    expect(await plan.run(environment(), flags)).toBe(0);
    const text = printed();
    expect(text).toMatch(
      /^What Milepost would do at Fri, 27 Nov 2026, 03:00 \(Europe\/Berlin\)\. Nothing was changed/,
    );
    expect(text).toContain("\nLead bot [31mred (Intake)\n");
    expect(text).toMatch(/Stage of “Lead bot [^”]*”: “QA” → “Intake”\n {6}because the change was put back/);
    expect(text).toMatch(
      /- Fri, 27 Nov 2026, 09:00: mail “[^”]*Core build[^”]*” to Cleo Marsh\n {6}because an update that is Ready/,
    );
    expect(text).toMatch(/\(rule letters\); State of “[^”]+” went from Draft to Ready/);
    expect(text).toContain("Next by the clock alone: Fri, 27 Nov 2026, 09:00\n");
    expect(text.split("\n").at(-1)).toMatch(
      /^Would do 0 actions, write 1 value and 0 comments; 1 waiting, 0 held, 0 missed, 0 baseline\. Next/,
    );
    expect(text).not.toContain("@");
    expect(text).not.toContain("\u001b");
    expect(text).not.toContain("It scores leads");
  });

  test("without a mail server a plan says that letters wait for one", async () => {
    await plan.run(environment({ SMTP_URL: "", MAIL_FROM: "" }), flags);
    expect(printed()).toContain("\n! Letters wait: no mail server is set (SMTP_URL, MAIL_FROM).\n");
    expect(printed()).toContain("- when a mail server is set: mail “");
  });

  test("as JSON a plan is one object of a fixed shape", async () => {
    expect(await plan.run(environment(), { ...flags, json: true })).toBe(0);
    expect(print).toHaveBeenCalledTimes(1);
    const read = shape.parse(JSON.parse(printed()));
    expect(read).toMatchObject({
      ...{ time: "2026-11-27T02:00:00.000Z", mail: { state: "ready" } },
      ...{ summary: { pending: 1, values: 1, by_itself_at: "2026-11-27T08:00:00.000Z" } },
      projects: [
        {
          actions: [
            { kind: "letter", state: "pending", rule: "letters", next_try: "2026-11-27T08:00:00.000Z" },
          ],
          values: [{ property: "Stage", from: "QA", to: "Intake" }],
        },
      ],
    });
  });
});

test("a folder without a store is a clear error, and stays as it is", async () => {
  const files = storeFolder();
  const missing = join(files.folder, "none");
  for (const folder of [files.folder, missing]) {
    await expect(plan.run({ DATA_DIR: folder }, flags)).rejects.toMatchObject({ code: "store_missing" });
    const real = environment({ DATA_DIR: folder });
    await expect(plan.run(real, flags)).rejects.toMatchObject({ code: "store_missing" });
  }
  expect(files.bytes()).toEqual({});
  expect(existsSync(missing)).toBe(false);
  files.remove();
});

test("the embedded start is planned by its own clock, while it runs and after it was stopped", async () => {
  const { folder, remove } = storeFolder();
  const settings = { DATA_DIR: folder, PORT: "0", LOG_LEVEL: "error" };
  const running = await startNode(readSettings(settings));
  const workspace = openNodeDatabase(join(folder, "workspace.sqlite"));
  const clock = openStoredClock(workspace, { realNow: Date.now, setTimer: () => () => undefined });
  const planTime = async (): Promise<number> => {
    await plan.run(settings, { ...flags, json: true });
    const { projects, time: shown } = shape.parse(JSON.parse(printed()));
    expect(projects).toHaveLength(4);
    return Date.parse(shown);
  };
  try {
    await vi.waitFor(planTime, { timeout: 30_000 });
    const [before, shown, after] = [clock.now(), await planTime(), clock.now()];
    expect(new Date(shown).getUTCDay()).toBe(2);
    expect(shown).toBeGreaterThanOrEqual(before);
    expect(shown).toBeLessThanOrEqual(after);
  } finally {
    await running.stop();
    workspace.close();
  }
  expect(new Date(await planTime()).getUTCDay()).toBe(2);
  remove();
});
