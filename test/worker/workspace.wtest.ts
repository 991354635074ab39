import { createScheduledController, evictDurableObject, listDurableObjectIds } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Client } from "@notionhq/client";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import worker, { Workspace } from "../../src/worker.ts";
import { addRow, cellsOf, commentTexts, type DataSources, dataSources, edit } from "../support/rows.ts";
import {
  abortAt,
  agency,
  as,
  call,
  inside,
  lastRound,
  moveAlarm,
  pageEvent,
  signed,
  status,
  tell,
  until,
} from "../support/worker-world.ts";

const farAway = (): number => Date.now() + 3_600_000;

let dana: Client;
let sources: DataSources;

/** Nothing but a health check arms the alarm; all that follows the object does by itself. */
beforeAll(async () => {
  dana = as("Dana Reyes");
  expect((await call("/health")).status).toBe(200);
  await until(async () => expect((await call("/ready")).status).toBe(200));
  sources = await dataSources(dana);
});

/** A project that Milepost has seen in Intake. */
const addProject = async (name: string): Promise<string> => {
  const project = await addRow(dana, sources, "projects", { Name: name });
  await tell("page.created", dana, project);
  await until(async () => expect((await cellsOf(dana, project)).Gate).toMatch(/^Needs: Tick Requirements/));
  return project;
};

const signedOff = { "Requirements signed off": "yes", "Timeline acknowledged": "yes" };

const change = async (project: string, cells: Parameters<typeof edit>[3]): Promise<void> => {
  await edit(dana, "projects", project, cells);
  await tell("page.properties_updated", dana, project);
};

const isPutBack = (project: string): Promise<void> =>
  until(async () => {
    expect((await cellsOf(dana, project)).Stage).toBe("Intake");
    expect(await commentTexts(dana, project)).toEqual([expect.stringMatching(/^Not yet in QA\n/)]);
  });

const isAccepted = async (project: string): Promise<void> => {
  await until(async () =>
    expect(await commentTexts(dana, project)).toEqual([expect.stringMatching(/^Settled: Stage is Planning/)]),
  );
  expect((await cellsOf(dana, project)).Stage).toBe("Planning");
};

/** Judged moves of the project's Stage, oldest first. */
const judged = (project: string) =>
  inside((_object, { storage }) =>
    storage.sql
      .exec(
        "SELECT outcome, from_value AS was, to_value AS wanted FROM transitions WHERE page_id = ? AND property = 'stage' ORDER BY version",
        project,
      )
      .toArray()
      .filter(({ outcome }) => outcome !== "baseline"),
  );

const history = [
  { outcome: "refused", was: "Intake", wanted: "QA" },
  { outcome: "accepted", was: "Intake", wanted: "Planning" },
];

describe("a stage change that comes too early is put back and explained, and accepted once mended,", () => {
  test("with the object evicted between the two moves", async () => {
    const project = await addProject("Evicted between the moves");
    await change(project, { Stage: "QA" });
    await isPutBack(project);
    await evictDurableObject(agency());
    await change(project, signedOff);
    await change(project, { Stage: "Planning" });
    await isAccepted(project);
    expect(await judged(project)).toEqual(history);
  });

  test("with the object evicted between a webhook's mark and the alarm", async () => {
    const project = await addProject("Evicted before the alarm");
    await edit(dana, "projects", project, { Stage: "QA" });
    const body = await pageEvent("page.properties_updated", dana, project);
    const webhook = await signed(body);
    const marks = "SELECT count(*) AS marks FROM dirty_pages WHERE page_id = ?";
    // Nothing else reaches the object until its alarm stands in the far future.
    await inside((object, state) =>
      state.blockConcurrencyWhile(async () => {
        const request = new Request("https://workspace/webhooks/notion", webhook);
        expect((await object.fetch(request)).status).toBe(200);
        expect(await state.storage.getAlarm()).toBeLessThanOrEqual(Date.now());
        await state.storage.setAlarm(farAway());
      }),
    );
    await evictDurableObject(agency());
    expect((await cellsOf(dana, project)).Stage).toBe("QA");
    await inside(async (_object, { storage }) => {
      expect(storage.sql.exec(marks, project).one()).toEqual({ marks: 1 });
      await storage.setAlarm(Date.now());
    });
    await isPutBack(project);
    await change(project, { ...signedOff, Stage: "Planning" });
    await isAccepted(project);
    expect(await judged(project)).toEqual(history);
  });
});

describe("a stage change that comes too early is put back and explained, once,", () => {
  test.each([
    ["reads the page", "GET", /^\/v1\/pages\//],
    ["puts the Stage back", "PATCH", /^\/v1\/pages\//],
    ["writes the comment", "POST", /^\/v1\/comments$/],
  ])("with the object thrown out of memory while it %s", async (what, awaited, where) => {
    const project = await addProject(`Aborted while it ${what}`);
    await abortAt(
      ({ method, path, body }) =>
        method === awaited && where.test(path) && `${path}${body}`.includes(project),
      () => change(project, { Stage: "QA" }),
    );
    const aborted = Date.now();
    await until(async () => expect(await lastRound()).toBeGreaterThan(aborted));
    await isPutBack(project);
    expect(await judged(project)).toEqual(history.slice(0, 1));
  });
});

describe("a webhook", () => {
  let event: string;
  beforeAll(async () => {
    const [row] = (await dana.dataSources.query({ data_source_id: sources.projects })).results;
    event = await pageEvent("page.properties_updated", dana, row?.id ?? "");
    await moveAlarm(farAway());
  });
  afterAll(() => moveAlarm(Date.now()));

  /** What an event could leave behind, and nothing else while no round runs. */
  const contents = () =>
    inside((_object, { storage }) =>
      ["dirty_pages", "inbox", "pages"].map((table) => storage.sql.exec(`SELECT * FROM ${table}`).toArray()),
    );

  test.each([
    ["without a signature", 401, async () => ({ method: "POST", body: event })],
    ["signed with another token", 401, () => signed(event, "secret_other")],
    ["whose bytes are not the signed ones", 401, async () => ({ ...(await signed("{}")), body: event })],
    ["over 64 kB", 413, () => signed("x".repeat(65_537))],
    ["that is signed but is no event", 400, () => signed("{}")],
  ])("%s is answered %i and stores nothing but a counter", async (_what, answer, request) => {
    const before = await contents();
    expect((await call("/webhooks/notion", await request())).status).toBe(answer);
    expect(await contents()).toEqual(before);
  });

  test("that is signed is answered 200 and wakes the object at once", async () => {
    const before = await lastRound();
    expect((await call("/webhooks/notion", await signed(event))).status).toBe(200);
    await until(async () => expect(await lastRound()).toBeGreaterThan(before));
  });
});

test("what the operator sees needs the operator's token", async () => {
  expect((await call("/status")).status).toBe(401);
  expect((await status()).problems).toEqual([]);
});

test("an object that has just been started again is ready", async () => {
  await evictDurableObject(agency());
  expect((await call("/ready")).status).toBe(200);
});

test.each([
  "https://milepost.example/w/other/health",
  "https://milepost.example/health",
  "https://x.example/w/Agency",
])("%s is not there, and asking for it makes no object", async (address) => {
  const response = await worker.fetch(new Request(address), env);
  expect(response.status).toBe(404);
  expect(await listDurableObjectIds(env.WORKSPACE)).toHaveLength(1);
});

test("a lost alarm is brought back by the cron trigger", async () => {
  const before = await lastRound();
  await moveAlarm(farAway());
  await inside((_object, { storage }) => storage.deleteAlarm());
  await worker.scheduled(createScheduledController(), env);
  await until(async () => expect(await lastRound()).toBeGreaterThan(before));
});

describe("with a setting that is missing or wrong", () => {
  const secret = "ntn_never_shown";
  const wrong = [
    ["NOTION_TOKEN", { NOTION_TOKEN: "" }],
    ["PUBLIC_URL", { PUBLIC_URL: "https://milepost.example" }],
    ["PUBLIC_URL", { PUBLIC_URL: "https://milepost.example/w/agency/more" }],
    ["LINK_SECRET", { LINK_SECRET: secret }],
    ["POLL_SECONDS", { POLL_SECONDS: "often" }],
  ] as const;

  test.each(wrong)("the Worker answers 503, names %s and logs it", async (name, setting) => {
    const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const bindings = { ...env, ...setting };
    const response = await worker.fetch(new Request(`${env.PUBLIC_URL}/health`), bindings);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({
      error: "setting_invalid",
      message: expect.stringContaining(name),
    });
    await worker.scheduled(createScheduledController(), bindings);
    expect(logged.mock.calls).toEqual([[expect.stringContaining(name)], [expect.stringContaining(name)]]);
    expect(JSON.stringify(logged.mock.calls)).not.toContain(secret);
    logged.mockRestore();
  });

  test.each(wrong)("an object that runs already rests between its rounds (%s)", async (_name, setting) => {
    const lines: string[] = [];
    const logged = vi.spyOn(console, "log").mockImplementation((line) => void lines.push(line));
    await inside((_object, state) =>
      state.blockConcurrencyWhile(async () => {
        const alarm = await state.storage.getAlarm();
        const broken = new Workspace(state, { ...env, ...setting });
        await broken.alarm();
        expect(await state.storage.getAlarm()).toBeGreaterThan(Date.now() + 5_000);
        await state.storage.setAlarm(alarm ?? Date.now());
      }),
    );
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ level: "error", event: "loop.round_failed", code: "setting_invalid" }),
    ]);
    logged.mockRestore();
  });
});
