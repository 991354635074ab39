import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { EngineContext } from "../../src/engine/context.ts";
import { type LoadedRecord, loadOffice, loadRecord } from "../../src/engine/load.ts";
import type { Database } from "../../src/ports.ts";
import { findPage } from "../../src/store/pages.ts";
import { setupStore } from "../../src/store/setup-store.ts";
import { markRecordsOf } from "../../src/sync/records.ts";
import { setUpWorld } from "../support/prepared-world.ts";
import { addRow, cellsOf, type DataSources, dataSources, edit } from "../support/rows.ts";
import type { World } from "../support/world.ts";

const minute = 60_000;

let world: World;
let sources: DataSources;
let project: string;

/** Loading needs nothing but the mirror and what is bound. */
const load = (projectId: string, database: Database = world.store): LoadedRecord | null => {
  const known = setupStore(world.store).loadBindings() ?? {};
  return loadRecord({ database, bindings: () => known } as unknown as EngineContext, projectId);
};

const add = (key: Parameters<typeof addRow>[2], cells: Parameters<typeof addRow>[3]): Promise<string> =>
  addRow(world.as("Dana Reyes"), sources, key, { Project: project, ...cells });

beforeEach(async () => {
  world = await setUpWorld();
  const dana = world.as("Dana Reyes");
  sources = await dataSources(dana);
  project = await addRow(dana, sources, "projects", { Name: "Lead bot" });
});
afterEach(async () => {
  await world.workspace.close();
  world.close();
});

describe("a project's record", () => {
  it("holds its milestones, change requests, risks and updates, and what happened to each", async () => {
    const milestone = await add("milestones", { Name: "Core build", Status: "In review" });
    const request = await add("changeRequests", {
      Title: "WhatsApp",
      Status: "Evaluating",
      Cost: { number: 1680 },
    });
    const risk = await add("risks", { Title: "CRM limits", Kind: "Risk" });
    const update = await add("updates", {
      Title: "Core build is done",
      Milestone: milestone,
      State: "Draft",
    });
    await world.pass(2 * minute);
    await edit(world.as("Dana Reyes"), "updates", update, { State: "Ready" });
    await world.pass(2 * minute);
    const loaded = load(project);
    expect(loaded?.record).toMatchObject({
      complete: true,
      milestones: [{ pageId: milestone, status: "In review" }],
      changeRequests: [{ pageId: request, status: "Evaluating", cost: 1680 }],
      risks: [{ pageId: risk, kind: "Risk", status: "Open" }],
      updates: [{ pageId: update, milestone: [milestone] }],
    });
    const moves = loaded?.history.transitions.map(({ pageId, to }) => `${pageId} ${to}`);
    for (const move of [`${milestone} In review`, `${request} Evaluating`, `${update} Ready`])
      expect(moves).toContain(move);
  });

  it("holds its checks, asks and decisions, and when an ask was answered", async () => {
    const check = await add("checks", { Check: "Alerts arrive", Checkpoint: "Monitoring and alerts" });
    const ask = await add("asks", { Title: "CRM access", State: "Open", Blocks: "yes" });
    const decision = await add("decisions", { Decision: "No prices" });
    await world.pass(2 * minute);
    await edit(world.as("Dana Reyes"), "asks", ask, { State: "Answered" });
    await world.pass(2 * minute);
    const loaded = load(project);
    expect(loaded?.record).toMatchObject({
      checks: [{ pageId: check, checkpoint: "Monitoring and alerts", result: null }],
      asks: [{ pageId: ask, blocks: true, state: "Answered" }],
      decisions: [{ pageId: decision }],
    });
    expect(
      loaded?.history.transitions.filter(({ pageId }) => pageId === ask).map(({ from, to }) => [from, to]),
    ).toEqual([
      [null, "Open"],
      ["Open", "Answered"],
    ]);
  });

  it("is loaded in as many queries however many rows it has", async () => {
    const queries = (): number => {
      let count = 0;
      const counting: Database = {
        ...world.store,
        exec: (sql, ...values) => {
          count++;
          return world.store.exec(sql, ...values);
        },
      };
      load(project, counting);
      return count;
    };
    await world.pass(2 * minute);
    const before = queries();
    for (const title of ["One", "Two", "Three"]) await add("checks", { Check: title });
    await add("risks", { Title: "CRM limits" });
    await world.pass(2 * minute);
    expect(load(project)?.record.checks).toHaveLength(3);
    expect(queries()).toBe(before);
    expect(before).toBeLessThanOrEqual(8);
  });

  it("leaves out rows in the trash and those of other projects", async () => {
    const other = await addRow(world.as("Dana Reyes"), sources, "projects", { Name: "Other" });
    const risk = await add("risks", { Title: "Thrown away" });
    await add("risks", { Title: "Theirs", Project: other });
    await world.pass(2 * minute);
    world.workspace.control.trash(risk);
    await world.pass(2 * minute);
    expect(load(project)?.record.risks).toEqual([]);
    expect(load(other)?.record.risks).toMatchObject([{ title: "Theirs" }]);
  });

  it("is decided anew when a risk of it changes", async () => {
    const risk = await add("risks", { Title: "CRM limits", Likelihood: "High", Impact: "Low" });
    await world.pass(3 * minute);
    expect(await cellsOf(world.as("Dana Reyes"), risk)).toMatchObject({ Score: "3" });
    await edit(world.as("Dana Reyes"), "risks", risk, { Impact: "High" });
    await world.pass(3 * minute);
    expect(await cellsOf(world.as("Dana Reyes"), risk)).toMatchObject({ Score: "9" });
  });

  it("puts back an approval of a change request that nobody gave", async () => {
    const request = await add("changeRequests", { Title: "WhatsApp", Status: "Evaluating" });
    await world.pass(2 * minute);
    await edit(world.as("Dana Reyes"), "changeRequests", request, { Status: "Approved" });
    await world.pass(3 * minute);
    expect((await cellsOf(world.as("Dana Reyes"), request)).Status).toBe("Evaluating");
  });
});

describe("the office", () => {
  it("knows its days off; when one is added, every project is decided anew and so is the office", async () => {
    await world.pass(2 * minute);
    const marks = () => world.store.exec("SELECT rowid FROM records WHERE dirty > 0").length;
    expect(marks()).toBe(0);
    const dayOff = await addRow(world.as("Dana Reyes"), sources, "daysOff", {
      ...{ Name: "Christmas", Day: { date: { start: "2026-12-24", end: "2026-12-26" } } },
    });
    await world.pass(2 * minute);
    const context = {
      database: world.store,
      bindings: () => setupStore(world.store).loadBindings() ?? {},
      ...{ officeTimeZone: "Europe/Berlin", birth: 0 },
    } as unknown as EngineContext;
    expect([...loadOffice(context).daysOff]).toEqual(["2026-12-24", "2026-12-25", "2026-12-26"]);
    const page = findPage(world.store, dayOff);
    markRecordsOf(context, "daysOff", dayOff, [page?.local ?? {}]);
    expect(marks()).toBe(2);
  });
});
