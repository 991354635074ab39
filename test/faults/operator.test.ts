import { serve } from "@hono/node-server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { confirm } from "../../scripts/commands/confirm.ts";
import { redrive } from "../../scripts/commands/redrive.ts";
import { why } from "../../scripts/commands/why.ts";
import { setUpWorld } from "../support/prepared-world.ts";
import { problemsOf } from "../support/requests.ts";
import { addRow, cellsOf, commentsOf, type DataSources, dataSources, edit } from "../support/rows.ts";
import { createWorld, type World } from "../support/world.ts";

const minute = 60_000;
const untilQuiet = 5 * minute;
const flags = { json: false, yes: true };

let world: World;
let sources: DataSources;
let project: string;

beforeEach(async () => {
  world = await setUpWorld({ pollSeconds: 60 });
  const dana = world.as("Dana Reyes");
  sources = await dataSources(dana);
  project = await addRow(dana, sources, "projects", { Name: "Lead bot" });
  await world.pass(untilQuiet);
});
afterEach(() => {
  vi.restoreAllMocks();
  world.close();
});

const shows = (pageId: string) => cellsOf(world.as("Dana Reyes"), pageId);
const commentsOn = (pageId: string) => commentsOf(world.as("Dana Reyes"), pageId);

/** Runs a command against the service on a port of its own; what it printed. */
const run = async (
  command: (port: string) => Promise<number>,
): Promise<{ readonly code: number; readonly printed: string }> => {
  const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
  const server = serve({
    fetch: world.service().app.fetch,
    hostname: "127.0.0.1",
    port: 0,
    overrideGlobalObjects: false,
  });
  await new Promise((done) => server.once("listening", done));
  const address = server.address();
  try {
    const code = await command(String(typeof address === "object" ? address?.port : ""));
    return { code, printed: print.mock.calls.map(([line]) => String(line)).join("\n") };
  } finally {
    print.mockRestore();
    await new Promise((done) => server.close(done));
  }
};

test("a value of Milepost's that a person changes goes back, and one comment on the page says both values and whose they are", async () => {
  const { Gate = "" } = await shows(project);
  await edit(world.as("Pablo Ortiz"), "projects", project, { Gate: "All fine" });
  await world.pass(untilQuiet);
  expect((await shows(project)).Gate).toBe(Gate);
  const [comment, ...others] = await commentsOn(project);
  expect(others).toEqual([]);
  expect(comment?.text).toContain("Gate");
  expect(comment?.text).toContain("“All fine”");
  expect(comment?.text).toContain(Gate.slice(0, 40));
  const pablo = world.workspace.people.find(({ name }) => name === "Pablo Ortiz");
  expect(comment?.mentions).toEqual([pablo?.id]);

  await edit(world.as("Dana Reyes"), "projects", project, { Gate: "Still fine" });
  await world.pass(untilQuiet);
  const [edited, ...more] = await commentsOn(project);
  expect(more).toEqual([]);
  expect([edited?.id, edited?.text.includes("“Still fine”")]).toEqual([comment?.id, true]);
});

test("a value that both sides changed stays the person's, and the page says which one Milepost had set", async () => {
  world.store.exec(
    `UPDATE pages SET local = json_set(local, '$.agreedDelivery', json('{"start":"2026-12-18","end":null,"zone":null}'))
     WHERE page_id = ?`,
    project,
  );
  await edit(world.as("Dana Reyes"), "projects", project, { "Agreed delivery": "2026-12-11" });
  await world.pass(untilQuiet);
  expect((await shows(project))["Agreed delivery"]).toBe("2026-12-11");
  const [comment] = await commentsOn(project);
  expect(comment?.text).toContain("“2026-12-18”");
  expect(comment?.text).toContain("“2026-12-11”, which stays");
});

test("why tells every value and action of a page: what, when, by whom and by which rule", async () => {
  await edit(world.as("Pablo Ortiz"), "projects", project, { Stage: "QA", Client: "Acme" });
  await world.pass(untilQuiet);
  const told = await run((PORT) =>
    why.run({ PORT }, flags, `https://www.notion.so/Lead-bot-${project.replaceAll("-", "")}?pvs=4`),
  );
  expect(told.code).toBe(0);
  const pablo = world.workspace.people.find(({ name }) => name === "Pablo Ortiz")?.id;
  expect(told.printed).toContain(`adopted Client: empty → Acme (person ${pablo})`);
  expect(told.printed).toMatch(
    new RegExp(`refused Stage: Intake → QA \\(person ${pablo}; .*Tick Requirements`),
  );
  expect(told.printed).toMatch(/decided Gate: empty → Needs: .* \(service; rule gate-text\)/);
  expect(told.printed).toMatch(/^2026-11-24T09:\d\d:\d\d\.\d{3}Z {2}first_seen/m);

  // As the browser shows a page that is opened beside its database.
  const beside = `https://www.notion.so/${sources.projects.replaceAll("-", "")}?v=1b2&p=${project.replaceAll("-", "")}&pm=s`;
  expect((await run((PORT) => why.run({ PORT }, flags, beside))).printed).toBe(told.printed);

  vi.spyOn(console, "error").mockImplementation(() => undefined);
  expect((await run((PORT) => why.run({ PORT }, flags, "nothing"))).code).toBe(1);
});

test("F50: a page that always fails is a dead letter after five tries, delays nothing else, and is redriven by a person", async () => {
  const poisoned = await addRow(world.as("Dana Reyes"), sources, "contacts", { Name: "Poison" });
  await world.pass(untilQuiet);
  const [row] = world.store.exec("SELECT base FROM pages WHERE page_id = ?", poisoned);
  world.store.exec("UPDATE pages SET base = 'no JSON' WHERE page_id = ?", poisoned);
  await edit(world.as("Dana Reyes"), "contacts", poisoned, { Name: "Cleo" });
  await edit(world.as("Dana Reyes"), "projects", project, { Stage: "QA" });
  await world.pass(90_000);
  expect((await shows(project)).Stage).toBe("Intake");
  await world.pass(10 * minute);
  const [problem, ...others] = await problemsOf(world);
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ code: "dead_letter", pageId: poisoned });
  const status = (await (await world.service().app.request("/status")).json()) as { dead_letters: unknown[] };
  expect(status.dead_letters).toMatchObject([
    {
      ...{ step: "read", subject: poisoned, attempts: 5, input: expect.stringContaining(poisoned) },
      ...{ error: expect.stringContaining("JSON"), traceId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    },
  ]);

  world.store.exec("UPDATE pages SET base = ? WHERE page_id = ?", row?.base ?? null, poisoned);
  const again = await run((PORT) => redrive.run({ PORT }, flags));
  expect(again).toMatchObject({ code: 0, printed: expect.stringContaining(poisoned) });
  await world.pass(minute);
  expect(await problemsOf(world)).toEqual([]);
  const [mended] = world.store.exec("SELECT local FROM pages WHERE page_id = ?", poisoned);
  expect(JSON.parse(String(mended?.local))).toMatchObject({ name: "Cleo" });
  expect((await run((PORT) => redrive.run({ PORT }, flags))).printed).toBe("There are no dead letters.");
});

test("confirm ends a mass change; without one there is nothing to confirm", async () => {
  expect((await run((PORT) => confirm.run({ PORT }, flags))).printed).toBe(
    "Nothing waits for a confirmation.",
  );
  const projects: string[] = [];
  for (let index = 0; index < 8; index += 1)
    projects.push(await addRow(world.as("Dana Reyes"), sources, "projects", { Name: `Project ${index}` }));
  await world.pass(untilQuiet);
  for (const pageId of projects) world.workspace.control.trash(pageId);
  await world.pass(untilQuiet);
  const refused = await run((PORT) => confirm.run({ PORT }, { json: false, yes: false }));
  expect(refused).toMatchObject({ code: 1, printed: expect.stringContaining("Nothing was confirmed.") });
  for (const pageId of projects)
    expect(refused.printed).toMatch(new RegExp(`trashed in projects: http\\S+${pageId.replaceAll("-", "")}`));
  const told = await run((PORT) => confirm.run({ PORT }, flags));
  expect(told).toMatchObject({ code: 0, printed: expect.stringContaining("Confirmed; work goes on.") });
  await world.pass(untilQuiet);
  expect(await problemsOf(world)).toEqual([]);
});

test("a decision about the service is taken from its operator alone, and not from a form on another site", async () => {
  const guarded = createWorld({ pollSeconds: 60, service: { apiTokens: ["0123456789abcdef"] } });
  const { app } = guarded.service();
  const post = (init: RequestInit) =>
    app.request("/api/v1/confirm", { method: "POST", body: '{"holds":["mass_change"]}', ...init });
  expect((await post({ headers: { "content-type": "application/json" } })).status).toBe(401);
  const authorization = "Bearer 0123456789abcdef";
  expect((await post({ headers: { authorization, "content-type": "text/plain" } })).status).toBe(415);
  expect((await post({ headers: { authorization, "content-type": "application/json" } })).status).toBe(200);
  guarded.close();
});

test("a start without the page that holds the databases does nothing until it is there again", async () => {
  const root = world.workspace.rootPageId;
  let hidden = true;
  world.workspace.control.setHook({
    before: ({ path, actorId }) =>
      hidden && actorId === world.workspace.botId && !path.includes("users")
        ? { status: 404, code: "object_not_found" }
        : undefined,
  });
  world.store.exec("UPDATE meta SET value = 'another' WHERE key = 'connection'");
  world.restart();
  await world.pass(10 * minute);
  expect((await problemsOf(world)).map(({ code }) => code)).toEqual(["sentinel_missing"]);
  expect(world.store.exec("SELECT page_id FROM pages WHERE state <> 'live'")).toEqual([]);
  expect(world.workspace.control.requests().at(-1)?.path).toContain(root);
  hidden = false;
  await world.pass(untilQuiet);
  expect(await problemsOf(world)).toEqual([]);
});
