import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { databases } from "../../notion-templates/databases.ts";
import { addRow, type DataSources, dataSources, edit } from "../support/rows.ts";
import { createWorld, type World, webhookToken } from "../support/world.ts";

const tokens = ["an-operator-token-of-32-characters", "another-token-while-they-rotate"];
const untilQuiet = 5 * 60_000;

let world: World;
beforeEach(() => {
  world = createWorld({ service: { apiTokens: tokens } });
});
afterEach(() => world.close());

const ask = (path: string, token?: string) =>
  world
    .service()
    .app.request(path, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
const asked = async (path: string) => {
  const response = await ask(path, tokens[0]);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

describe("who is answered", () => {
  test.each(["/health", "/ready"])("%s answers anybody", async (path) => {
    await world.pass(0);
    expect((await ask(path)).status).toBe(200);
  });

  test.each(["/status", "/metrics", "/api/v1/projects"])("%s wants the operator's token", async (path) => {
    expect((await ask(path)).status).toBe(401);
    expect((await ask(path, "guessed")).status).toBe(401);
    expect((await ask(path, webhookToken)).status).toBe(401);
  });

  test("each of two tokens counts while they are exchanged", async () => {
    for (const token of tokens) expect((await ask("/status", token)).status).toBe(200);
  });
});

describe("/ready", () => {
  test("writes once a second, however many ask", async () => {
    let commits = 0;
    world.restart((point) => {
      if (point === "store.transaction.after") commits += 1;
    });
    await world.pass(untilQuiet);
    commits = 0;
    for (let time = 0; time < 50; time += 1) expect((await ask("/ready")).status).toBe(200);
    expect(commits).toBe(1);
    await world.clock.advance(1_000);
    commits = 0;
    await ask("/ready");
    expect(commits).toBe(1);
  });

  test("fails until the loop has run once", async () => {
    expect(await asked("/ready")).toEqual({ status: 503, body: { status: "failing", failing: ["loop"] } });
    await world.pass(0);
    expect(await asked("/ready")).toEqual({ status: 200, body: { status: "ok", failing: [] } });
  });

  test("is degraded, yet ready, while Notion asks for a pause", async () => {
    await world.pass(untilQuiet);
    world.workspace.control.setHook({
      before: () => ({ status: 429, code: "rate_limited", headers: { "retry-after": "600" } }),
    });
    await world.pass(untilQuiet);
    expect(await asked("/ready")).toEqual({ status: 200, body: { status: "degraded", failing: [] } });
    const { notion } = (await asked("/status")).body as { notion: { pausedUntil: string; reason: string } };
    expect(notion.reason).toBe("rate_limited");
    expect(Date.parse(notion.pausedUntil)).toBeGreaterThan(world.clock.now());
  });

  test("is degraded, yet ready, where Notion does not answer after a restart, and /status says so until it does", async () => {
    await world.pass(untilQuiet);
    await world.clock.advance(7 * 3_600_000);
    world.workspace.control.setHook({ before: () => ({ status: 502, html: "<h1>502</h1>" }) });
    world.restart();
    const round = () => world.service().round();
    await expect(round()).rejects.toMatchObject({ code: "notion_unknown" });
    await world.clock.advance(30 * 60_000);
    await expect(round()).rejects.toMatchObject({ code: "notion_unknown" });
    expect(await asked("/ready")).toEqual({ status: 200, body: { status: "degraded", failing: [] } });
    expect((await asked("/status")).body).toMatchObject({
      problems: [{ code: "notion_unknown", pageId: null }],
    });
    world.workspace.control.setHook(null);
    await world.pass(untilQuiet);
    expect(await asked("/ready")).toEqual({ status: 200, body: { status: "ok", failing: [] } });
    expect((await asked("/status")).body).toMatchObject({ problems: [] });
  });

  test("fails when the loop has not come round for ten minutes", async () => {
    await world.pass(untilQuiet);
    await world.clock.advance(11 * 60_000);
    expect(await asked("/ready")).toEqual({ status: 503, body: { status: "failing", failing: ["loop"] } });
  });

  test("fails when the store takes no write, and /health does not", async () => {
    await world.pass(0);
    world.store.exec("PRAGMA query_only = ON");
    expect((await asked("/ready")).body).toMatchObject({ failing: expect.arrayContaining(["store"]) });
    expect((await ask("/health")).status).toBe(200);
  });
});

test("/status tells which databases the first listing has still to read", async () => {
  const listing = async () => (await asked("/status")).body.first_listing;
  const all = Object.keys(databases);
  expect(await listing()).toEqual({ listed: 0, waiting: all });
  const listed = new Set<string>();
  world.workspace.control.setHook({
    before: ({ path }) => {
      if (!path.endsWith("/query")) return undefined;
      if (listed.size < 4) listed.add(path);
      return listed.has(path) ? undefined : { status: 500, message: "" };
    },
  });
  await world.pass(untilQuiet);
  expect(await listing()).toEqual({ listed: 4, waiting: expect.toSatisfy((keys) => keys.length === 7) });
  world.workspace.control.setHook(null);
  await world.pass(untilQuiet);
  expect(await listing()).toEqual({ listed: all.length, waiting: [] });
});

test("/status names what is wrong, since when, where, and what to do", async () => {
  await world.pass(untilQuiet);
  const sources = await dataSources(world.as("Dana Reyes"));
  const project = await addRow(world.as("Dana Reyes"), sources, "projects", { Name: "Lead bot" });
  await world.pass(untilQuiet);
  world.workspace.control.setHook({
    before: ({ path, actorId }) =>
      actorId === world.workspace.botId && path.endsWith(project)
        ? { status: 404, code: "object_not_found" }
        : undefined,
  });
  const changedAt = world.clock.now();
  await edit(world.as("Dana Reyes"), "projects", project, { Stage: "QA" });
  await world.pass(untilQuiet);
  const { body } = await asked("/status");
  const [problem] = body.problems as Record<string, string>[];
  expect(problem).toMatchObject({
    ...{ code: "notion_not_found", pageId: project, database: "projects" },
    message: "Notion does not show this page or database to the connection.",
    todo: expect.stringContaining("Connections"),
  });
  expect(Date.parse(problem?.since ?? "")).toBeGreaterThanOrEqual(changedAt);
  expect(body).toMatchObject({
    ...{ workspace_id: world.workspace.workspaceId, writes_with_unknown_outcome: 0 },
    waiting_to_be_read: { pages: 1 },
  });
});

/** Told to everybody in the story and to nobody outside of it. */
const canaries = {
  project: "Zebrafish relaunch",
  client: "Quokka Holding",
  contact: "Numbat Tapir",
  mail: "numbat@quokka-holding.example",
  phone: "+49 30 5550199",
  note: "They agreed on the phone with Axolotl.",
  reason: "Pangolin insists on the date.",
  milestone: "Okapi prototype",
} as const;

const playStory = async (sources: DataSources): Promise<void> => {
  const dana = world.as("Dana Reyes");
  const contact = await addRow(dana, sources, "contacts", {
    ...{ Name: canaries.contact, Email: canaries.mail },
    Phone: { phone_number: canaries.phone },
  });
  const project = await addRow(dana, sources, "projects", {
    ...{ Name: canaries.project, Client: canaries.client, Contacts: contact, "Client letters": "Automatic" },
  });
  const cells = { Name: canaries.milestone, Project: project, "Sign-off": "To request" };
  const milestone = await addRow(dana, sources, "milestones", cells);
  await world.pass(untilQuiet);
  await edit(dana, "projects", project, { Stage: "QA", "Override reason": canaries.reason });
  await dana.comments.create({
    parent: { page_id: milestone },
    rich_text: [{ text: { content: canaries.note } }],
  });
  await edit(dana, "milestones", milestone, { "Sign-off": "Approved" });
  world.workspace.control.setHook({
    before: ({ seq }) => (seq % 5 === 0 ? { status: 500, message: canaries.note } : undefined),
  });
  await world.pass(untilQuiet);
  world.workspace.control.setHook(null);
  await dana.dataSources.update({ data_source_id: sources.milestones, properties: { Target: null } });
  await world.pass(untilQuiet);
  await edit(dana, "projects", project, { Stage: "Planning" });
  await world.pass(untilQuiet);
};

test("neither the log nor /status carries tokens, addresses of people or what people wrote", async () => {
  await world.pass(untilQuiet);
  await playStory(await dataSources(world.as("Dana Reyes")));
  const { bot, people, control } = world.workspace.tokens;
  const mails = world.workspace.people.map(({ email }) => email);
  const secrets = [bot, control, webhookToken, ...tokens, ...Object.values(people)];
  const said = [...world.logLines, JSON.stringify((await asked("/status")).body)].join("\n");
  for (const secret of [...secrets, ...mails, ...Object.values(canaries)]) expect(said).not.toContain(secret);
  for (const line of world.logLines) expect(JSON.parse(line)).toMatchObject({ event: expect.any(String) });
  expect(world.logLines.some((line) => line.includes("gate.refused"))).toBe(true);
});
