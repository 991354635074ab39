import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { setUpWorld } from "../support/prepared-world.ts";
import { lastRequest, problemsOf, writesAfter } from "../support/requests.ts";
import { addRow, cellsOf, commentsOf, type DataSources, dataSources, edit } from "../support/rows.ts";
import type { World } from "../support/world.ts";

const untilQuiet = 5 * 60_000;

let world: World;
let sources: DataSources;
let project: string;
let milestone: string;

beforeEach(async () => {
  world = await setUpWorld({ pollSeconds: 600 });
  const dana = world.as("Dana Reyes");
  sources = await dataSources(dana);
  project = await addRow(dana, sources, "projects", { Name: "Lead bot" });
  milestone = await addRow(dana, sources, "milestones", { Name: "Kick-off", Project: project });
  await world.pass(untilQuiet);
});
afterEach(() => world.close());

const shows = (pageId: string) => cellsOf(world.as("Dana Reyes"), pageId);
const mirrored = (pageId: string): Record<string, unknown> =>
  JSON.parse(String(world.store.exec("SELECT local FROM pages WHERE page_id = ?", pageId)[0]?.local));

type Schema = NonNullable<Parameters<ReturnType<World["as"]>["dataSources"]["update"]>[0]["properties"]>;

/** Changes a database's properties as a person. */
const alter = async (database: keyof DataSources, properties: Schema): Promise<void> => {
  await world.as("Dana Reyes").dataSources.update({ data_source_id: sources[database], properties });
  await world.pass(untilQuiet);
};

const schemaOf = async (key: keyof DataSources) =>
  (await world.as("Dana Reyes").dataSources.retrieve({ data_source_id: sources[key] })).properties;

const databaseOf = async (key: keyof DataSources): Promise<string> => {
  const source = await world.as("Dana Reyes").dataSources.retrieve({ data_source_id: sources[key] });
  if (!("parent" in source) || source.parent.type !== "database_id")
    throw new Error(`${key} has no database`);
  return source.parent.database_id;
};

const move = async (to: string): Promise<void> => {
  await edit(world.as("Dana Reyes"), "projects", project, { Stage: to });
  await world.pass(untilQuiet);
};

describe.each([
  {
    what: "missing",
    spoil: { Target: null },
    todo: 'In Milestones, add a property "Target" of type Date',
  },
  {
    what: "of another type",
    spoil: { Target: { rich_text: {} } },
    todo: 'In Milestones, change the type of "Target" back to Date.',
  },
] as const)("a property that is $what", ({ spoil, todo }) => {
  test("is named in /status with what to do, and everything else goes on", async () => {
    await alter("milestones", spoil);
    const named = await problemsOf(world);
    expect(named).toContainEqual(
      expect.objectContaining({
        ...{ code: "schema_broken", database: "milestones", property: "target", pageId: null },
        detail: expect.stringContaining(todo),
      }),
    );
    expect(named.every(({ since, todo: help }) => !Number.isNaN(Date.parse(since)) && help !== "")).toBe(
      true,
    );

    await edit(world.as("Dana Reyes"), "milestones", milestone, { Name: "Kick-off call", Status: "Done" });
    await edit(world.as("Dana Reyes"), "projects", project, { Client: "Acme", "QA certification": "FAIL" });
    const contact = await addRow(world.as("Dana Reyes"), sources, "contacts", { Name: "Cleo" });
    await world.pass(untilQuiet);
    expect(mirrored(milestone)).toMatchObject({ name: "Kick-off call" });
    expect(mirrored(project)).toMatchObject({ client: "Acme" });
    expect(mirrored(contact)).toMatchObject({ name: "Cleo" });
    const { qaCertification } = mirrored(project);
    expect(qaCertification).not.toBeNull();
  });

  test("lets a stage request wait, says why, and ends with its mending", async () => {
    await alter("projects", Object.fromEntries([["Timeline acknowledged", spoil.Target]]) as Schema);
    await move("Planning");
    expect((await shows(project)).Stage).toBe("Planning");
    expect(await problemsOf(world)).toContainEqual(
      expect.objectContaining({
        ...{ code: "record_incomplete", pageId: project, property: "stage" },
        detail: expect.stringContaining('"Timeline acknowledged"'),
      }),
    );
    await alter("projects", { "Timeline acknowledged": { checkbox: {} } });
    expect(await problemsOf(world)).toEqual([]);
    expect((await shows(project)).Stage).toBe("Intake");
    const quiet = lastRequest(world);
    await world.pass(untilQuiet);
    expect(writesAfter(world, quiet)).toEqual([]);
  });
});

test("a renamed column goes on as before", async () => {
  await alter("projects", { Stage: { name: "Phase" } } as Schema);
  expect(await problemsOf(world)).toEqual([]);
  const { update } = world.as("Dana Reyes").pages;
  await update({ page_id: project, properties: { Phase: { status: { name: "QA" } } } });
  await world.pass(untilQuiet);
  expect((await shows(project)).Phase).toBe("Intake");
  expect(await commentsOf(world.as("Dana Reyes"), project)).toHaveLength(1);
});

test("what was mended is made up for: the Gate text follows a tick that came while the schema was broken", async () => {
  await alter("projects", { "Timeline acknowledged": null });
  await edit(world.as("Dana Reyes"), "projects", project, { "Requirements signed off": "yes" });
  await world.pass(untilQuiet);
  expect((await shows(project)).Gate).toContain("Requirements signed off");
  await alter("projects", { "Timeline acknowledged": { checkbox: {} } });
  expect((await shows(project)).Gate).not.toContain("Requirements signed off");
});

test("several deleted options of a column are all named, and since when they are", async () => {
  const column = (await schemaOf("projects"))["QA certification"];
  if (column?.type !== "select") throw new Error("QA certification is a select");
  const [kept] = column.select.options;
  await alter("projects", {
    "QA certification": { select: { options: [{ id: kept?.id ?? "" }] } },
  } as Schema);
  const [first, ...others] = await problemsOf(world);
  expect(others).toEqual([]);
  expect(first?.detail).toMatch(/"PASS".*"FAIL"/);
  await world.pass(2 * 3_600_000);
  expect(await problemsOf(world)).toEqual([first]);
});

test("F19: an option that was deleted is named in /status with what to do", async () => {
  const column = (await schemaOf("projects"))["QA certification"];
  if (column?.type !== "select") throw new Error("QA certification is a select");
  const { options } = column.select;
  const without = options.filter(({ name }) => name !== "FAIL").map(({ id, name }) => ({ id, name }));
  await alter("projects", { "QA certification": { select: { options: without } } } as Schema);
  expect(await problemsOf(world)).toMatchObject([
    {
      ...{ code: "schema_broken", database: "projects", property: "qaCertification" },
      detail: expect.stringContaining('add the option "FAIL"'),
    },
  ]);
  const whole = [...without, { name: "FAIL" }];
  await alter("projects", { "QA certification": { select: { options: whole } } } as Schema);
  expect(await problemsOf(world)).toEqual([]);
});

test("F19: an option that Milepost does not know is put back and not made", async () => {
  await edit(world.as("Dana Reyes"), "projects", project, { "QA certification": "Waived" });
  await world.pass(untilQuiet);
  expect((await shows(project))["QA certification"]).toBe("Pending");
  expect(await problemsOf(world)).toEqual([]);
});

test("a workflow column that is cleared is put back", async () => {
  const clear = world.as("Dana Reyes").pages.update;
  await clear({ page_id: project, properties: { "QA certification": { select: null } } });
  await world.pass(untilQuiet);
  expect((await shows(project))["QA certification"]).toBe("Pending");
});

test("a database in the trash is named in /status, and comes back", async () => {
  const database_id = await databaseOf("contacts");
  await world.as("Dana Reyes").databases.update({ database_id, in_trash: true });
  await world.pass(untilQuiet);
  expect(await problemsOf(world)).toContainEqual(
    expect.objectContaining({ code: "schema_broken", database: "contacts", pageId: null }),
  );
  await edit(world.as("Dana Reyes"), "projects", project, { Client: "Acme" });
  await world.pass(untilQuiet);
  expect(mirrored(project)).toMatchObject({ client: "Acme" });
  await world.as("Dana Reyes").databases.update({ database_id, in_trash: false });
  await world.pass(untilQuiet);
  expect(await problemsOf(world)).toEqual([]);
});

test("a project on which a rule fails is parked and named, the others go on, and it is tried again when it changes", async () => {
  const other = await addRow(world.as("Pablo Ortiz"), sources, "projects", { Name: "Order desk" });
  await world.pass(untilQuiet);
  const planned = await addRow(world.as("Pablo Ortiz"), sources, "milestones", {
    ...{ Name: "Production start", Project: project, Kind: "Production start" },
  });
  await edit(world.as("Pablo Ortiz"), "projects", project, {
    ...{ "Requirements signed off": "yes", "Timeline acknowledged": "yes" },
  });
  await world.pass(untilQuiet);
  await move("Planning");
  // No value that Notion takes makes a rule fail; a damaged one in the store does.
  world.store.exec(
    `UPDATE pages SET local = json_set(local, '$.status', '${"Skipped"}', '$.skipReason', 7) WHERE page_id = ?`,
    planned,
  );
  const skipped = world.store.exec("SELECT value FROM meta WHERE key = 'bindings'")[0]?.value;
  const id = JSON.parse(String(skipped)).milestones.properties.status.options.Skipped;
  world.store.exec("UPDATE pages SET local = json_set(local, '$.status', ?) WHERE page_id = ?", id, planned);
  await edit(world.as("Pablo Ortiz"), "projects", project, { Client: "Acme" });
  await edit(world.as("Pablo Ortiz"), "projects", other, { Stage: "QA" });
  await world.pass(untilQuiet);
  expect(await problemsOf(world)).toMatchObject([
    { code: "rule_failed", pageId: project, detail: expect.stringMatching(/^trace [0-9a-f-]{36}$/) },
  ]);
  expect((await shows(other)).Stage).toBe("Intake");
  await edit(world.as("Pablo Ortiz"), "milestones", planned, { "Skip reason": "Not part of this one" });
  await world.pass(untilQuiet);
  expect(await problemsOf(world)).toEqual([]);
});
