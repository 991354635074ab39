import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { EngineContext } from "../../src/engine/context.ts";
import { type LoadedRecord, loadRecord } from "../../src/engine/load.ts";
import { setupStore } from "../../src/store/setup-store.ts";
import { addRow, cellsOf, type DataSources, dataSources, edit } from "../support/rows.ts";
import { createWorld, type World } from "../support/world.ts";

const minute = 60_000;

let world: World;
let sources: DataSources;
let project: string;

/** Loading needs nothing but the mirror and what is bound. */
const load = (projectId: string): LoadedRecord | null => {
  const bindings = () => setupStore(world.store).loadBindings() ?? {};
  return loadRecord({ database: world.store, bindings } as unknown as EngineContext, projectId);
};

const add = (key: Parameters<typeof addRow>[2], cells: Parameters<typeof addRow>[3]): Promise<string> =>
  addRow(world.as("Dana Reyes"), sources, key, { Project: project, ...cells });

beforeEach(async () => {
  world = createWorld();
  await world.pass(2 * minute);
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
