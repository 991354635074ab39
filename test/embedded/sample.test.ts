import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { databases } from "../../notion-templates/databases.ts";
import { nextSampleStart } from "../../src/embedded/sample/calendar.ts";
import { seedSample } from "../../src/embedded/sample/seed.ts";
import type { DatabaseKey } from "../../src/types/schema.ts";
import { type Prepared, prepareWorld } from "../support/prepared-world.ts";
import { addRow, cellsOf, commentTexts, type DataSources, dataSources, edit } from "../support/rows.ts";
import { createWorld, type World } from "../support/world.ts";

const minute = 60_000;
/** Tuesday, 24 November 2026, 09:58 in Berlin. */
const beforeTen = Date.parse("2026-11-24T08:58:00Z");
const tuesdayAtTen = beforeTen + 2 * minute;

let prepared: Prepared<DataSources>;
let world: World;
let sources: DataSources;
beforeAll(async () => {
  prepared = await prepareWorld({ startAt: beforeTen }, async (made) => {
    await made.service().setUp((until) => made.clock.advance(until - made.clock.now()));
    await seedSample(made);
    return dataSources(made.as("Dana Reyes"));
  });
});
afterAll(() => prepared.drop());
beforeEach(() => {
  const opened = prepared.open();
  [world, sources] = [opened, opened.there];
});
afterEach(async () => {
  await world.workspace.close();
  world.close();
});

type Row = { readonly id: string; readonly cells: Readonly<Record<string, string>> };

const rowsOf = async (key: DatabaseKey): Promise<Row[]> => {
  const dana = world.as("Dana Reyes");
  const { results } = await dana.dataSources.query({ data_source_id: sources[key] });
  return Promise.all(results.map(async ({ id }) => ({ id, cells: await cellsOf(dana, id) })));
};

const rowNamed = async (key: DatabaseKey, name: string): Promise<Row> => {
  const row = (await rowsOf(key)).find(({ cells }) => (cells.Name ?? cells.Title) === name);
  if (!row) throw new Error(`${key} has no ${name}`);
  return row;
};

const projectNames = async (): Promise<string[]> =>
  (await rowsOf("projects")).map(({ cells }) => cells.Name ?? "").toSorted();

/** What the bot did to pages after an entry of the journal: the names of properties by kind of change. */
const botChanges = (after: number): string[] => {
  const { control, botId } = world.workspace;
  return control
    .journal(after)
    .filter(({ actor }) => actor.id === botId)
    .flatMap(({ kind, properties }) => (properties ?? [""]).map((id) => `${kind} ${propertyName(id)}`));
};

const bindings = (): Record<string, { properties: Record<string, { propertyId: string }> }> => {
  const [row] = world.store.exec("SELECT value FROM meta WHERE key = 'bindings'");
  return JSON.parse(String(row?.value));
};

/** The owner and key of a property by its Notion id. */
const propertyName = (id: string): string => {
  for (const [database, { properties }] of Object.entries(bindings())) {
    const found = Object.entries(properties).find(
      ([, { propertyId }]) => decodeURIComponent(propertyId) === id,
    );
    const template: Readonly<Record<string, { readonly owner: string }>> =
      databases[database as DatabaseKey].properties;
    if (found) return `${template[found[0]]?.owner} ${found[0]}`;
  }
  return id;
};

const lastEntry = (): number => world.workspace.control.journal().at(-1)?.seq ?? 0;

describe("the sample agency", () => {
  it("begins at ten with four projects in four stages, one live on Automatic, and the rest of their records", async () => {
    expect(world.clock.now()).toBe(tuesdayAtTen);
    const projects = await rowsOf("projects");
    expect(Object.fromEntries(projects.map(({ cells }) => [cells.Stage, cells["Client letters"]]))).toEqual({
      Intake: "Off",
      "In production": "Automatic",
      QA: "Review first",
      Deployment: "Review first",
    });
    expect(
      (await rowsOf("changeRequests")).filter(({ cells }) => cells.Status === "Awaiting client"),
    ).toHaveLength(1);
    for (const key of ["contacts", "milestones", "risks", "checks"] as const)
      expect((await rowsOf(key)).length, key).toBeGreaterThan(5);
    expect(await rowsOf("updates")).toEqual([]);
  });

  it("has checks with results and reasons, asks of which one blocks, decisions, and days off of both kinds", async () => {
    const checks = await rowsOf("checks");
    const results = new Set(checks.map(({ cells }) => cells.Result));
    expect(results).toEqual(new Set(["Not checked", "Passed", "Failed", "Not applicable"]));
    expect(checks.filter(({ cells }) => cells.Result === "Not applicable" && cells.Reason === "")).toEqual(
      [],
    );
    const open = (await rowsOf("asks")).filter(({ cells }) => cells.State === "Open");
    expect(open.map(({ cells }) => cells.Blocks).toSorted()).toEqual(["false", "false", "true"]);
    for (const { cells } of await rowsOf("decisions")) expect(cells["Revisit when"]).not.toBe("");
    expect((await rowsOf("daysOff")).map(({ cells }) => cells["Applies to"]).toSorted()).toEqual([
      "",
      "Copperline Coffee Roasters",
    ]);
  });

  it("shows under Blocking the one ask that work stands still for", async () => {
    const dana = world.as("Dana Reyes");
    const views = await dana.views.list({ data_source_id: sources.asks });
    const all = await Promise.all(views.results.map(({ id }) => dana.views.retrieve({ view_id: id })));
    const blocking = all.find((view) => "name" in view && view.name === "Blocking");
    const { results } = await dana.views.queries.create({ view_id: blocking?.id ?? "" });
    const cells = await Promise.all(results.map(({ id }) => cellsOf(dana, id)));
    expect(cells.map(({ Title }) => Title)).toEqual(["Does a Dutch exchange count as a return?"]);
  });

  it("has a milestone of the Automatic project that is one click from Done", async () => {
    const { cells } = await rowNamed("milestones", "Core build");
    expect(cells).toMatchObject({
      Status: "In review",
      "Client visible": "true",
      "Sign-off": "To request",
      Project: (await rowNamed("projects", "Lead qualification agent")).id,
    });
    for (const name of ["Deliverable", "What works now", "Demo"]) expect(cells[name], name).not.toBe("");
  });

  it("dates everything around its Tuesday, on business days", async () => {
    expect((await rowNamed("milestones", "Core build")).cells).toMatchObject({
      Target: "2026-11-24",
      "Feedback by": "2026-11-27",
    });
    const days = (await rowsOf("milestones")).map(({ cells }) => new Date(cells.Target ?? "").getUTCDay());
    expect(days.filter((day) => !(day >= 1 && day <= 5))).toEqual([]);
  });

  it("writes to addresses that can belong to nobody", async () => {
    for (const { cells } of await rowsOf("contacts"))
      expect(cells.Email).toMatch(/@([a-z-]+\.)?example\.(com|org)$/);
  });

  it("is there once, however often it is asked for, also after its projects were thrown away", async () => {
    const before = lastEntry();
    await seedSample(world);
    expect(lastEntry()).toBe(before);
    expect(world.clock.now()).toBe(tuesdayAtTen);
    for (const { id } of await rowsOf("projects")) world.workspace.control.trash(id);
    await seedSample(world);
    expect(await projectNames()).toEqual([]);
  });

  it("is not put among a team's own projects", async () => {
    const own = createWorld();
    await own.service().setUp(() => Promise.resolve());
    const dana = own.as("Dana Reyes");
    await addRow(dana, await dataSources(dana), "projects", { Name: "Ours" });
    const before = own.workspace.control.journal().at(-1)?.seq;
    await seedSample(own);
    expect(own.workspace.control.journal().at(-1)?.seq).toBe(before);
    await own.workspace.close();
    own.close();
  });
});

describe("Milepost over the sample agency", () => {
  it("fills in what is its own and touches nothing else: no stage, no comment, no page, no letter", async () => {
    const before = lastEntry();
    await world.pass(30 * minute);
    const changes = new Set(botChanges(before));
    expect([...changes].filter((change) => !change.startsWith("page.properties_updated service "))).toEqual(
      [],
    );
    expect(changes).toContain("page.properties_updated service gate");
    expect(await rowsOf("updates")).toEqual([]);
    for (const { id } of await rowsOf("projects"))
      expect(await commentTexts(world.as("Dana Reyes"), id)).toEqual([]);
    expect(world.store.exec("SELECT key, state FROM actions WHERE state <> 'baseline'")).toEqual([]);
    expect(world.store.exec("SELECT * FROM problems")).toEqual([]);
  });

  it("says what each project needs, and writes to the clients of the live ones from now on", async () => {
    await world.pass(10 * minute);
    const projects = new Map((await rowsOf("projects")).map(({ cells }) => [cells.Stage, cells]));
    expect(projects.get("Intake")?.Gate).toMatch(/^Needs: .*Timeline acknowledged/);
    expect(projects.get("Deployment")?.Gate).toBe("Ready for Handover");
    expect(projects.get("QA")?.Gate).toMatch(
      /^Needs: Get the answer to .* · QA certification has to be PASS .* · Functional testing: /,
    );
    expect(projects.get("Intake")?.["Live since"]).toBe("");
    for (const stage of ["In production", "QA", "Deployment"])
      expect(projects.get(stage)?.["Live since"], stage).toMatch(/^2026-11-24T09:0/);
    expect((await rowNamed("risks", "Access to the accounting system comes late")).cells.Score).toBe("6");
  });

  it("refuses the move that a newcomer tries first, and lets it pass once the timeline is acknowledged", async () => {
    await world.pass(10 * minute);
    const dana = world.as("Dana Reyes");
    const { id } = await rowNamed("projects", "Invoice approval");
    await edit(dana, "projects", id, { Stage: "Planning" });
    await world.pass(3 * minute);
    expect((await cellsOf(dana, id)).Stage).toBe("Intake");
    expect((await commentTexts(dana, id)).join()).toContain("Timeline acknowledged");
    await edit(dana, "projects", id, { "Timeline acknowledged": "yes" });
    await world.pass(3 * minute);
    await edit(dana, "projects", id, { Stage: "Planning" });
    await world.pass(3 * minute);
    expect((await cellsOf(dana, id)).Stage).toBe("Planning");
  });

  it("takes a project that is added right after the start as new", async () => {
    await world.pass(minute);
    const dana = world.as("Dana Reyes");
    const id = await addRow(dana, sources, "projects", { Name: "Newcomer", Stage: "QA" });
    await world.pass(5 * minute);
    expect(await cellsOf(dana, id)).toMatchObject({
      Stage: "Intake",
      "Live since": expect.stringMatching(/^2026/),
    });
  });
});

describe("the sample's clock", () => {
  it.each([
    ["on a Saturday", "2026-11-21T12:00:00Z", "2026-11-24T08:58:00Z"],
    ["on the Tuesday before it", "2026-11-24T08:00:00Z", "2026-11-24T08:58:00Z"],
    ["on the Tuesday after it", "2026-11-24T08:58:01Z", "2026-12-01T08:58:00Z"],
    ["over the change to summer time", "2027-03-25T12:00:00Z", "2027-03-30T07:58:00Z"],
  ])("begins two minutes before ten on the next Tuesday: %s", (_when, now, start) => {
    expect(new Date(nextSampleStart(Date.parse(now))).toISOString()).toBe(new Date(start).toISOString());
  });
});
