import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type Prepared, prepareWorld } from "../support/prepared-world.ts";
import { lastRequest, problemsOf, writesAfter } from "../support/requests.ts";
import { addRow, cellsOf, type DataSources, dataSources, edit } from "../support/rows.ts";
import type { World } from "../support/world.ts";

const untilQuiet = 5 * 60_000;

type There = {
  readonly sources: DataSources;
  readonly project: string;
  readonly milestone: string;
  readonly risk: string;
};
let prepared: Prepared<There>;
let world: World & { readonly there: There };
let sources: DataSources;
let project: string;
let milestone: string;
let risk: string;

beforeAll(async () => {
  prepared = await prepareWorld({ pollSeconds: 600 }, async (made) => {
    await made.pass(untilQuiet);
    const dana = made.as("Dana Reyes");
    const found = await dataSources(dana);
    const its = await addRow(dana, found, "projects", { Name: "Lead bot", Client: "Acme" });
    const cells = { Name: "Production start", Kind: "Production start", Project: its };
    const start = await addRow(dana, found, "milestones", cells);
    const limits = { Title: "CRM limits", Project: its, Likelihood: "High" };
    const limit = await addRow(dana, found, "risks", limits);
    await made.pass(untilQuiet);
    return { sources: found, project: its, milestone: start, risk: limit };
  });
});
beforeEach(() => {
  world = prepared.open();
  ({ sources, project, milestone, risk } = world.there);
});
afterEach(() => world.close());
afterAll(() => prepared.drop());

type Schema = NonNullable<Parameters<ReturnType<World["as"]>["dataSources"]["update"]>[0]["properties"]>;

const alter = async (database: keyof DataSources, properties: Schema): Promise<void> => {
  await world.as("Dana Reyes").dataSources.update({ data_source_id: sources[database], properties });
  await world.pass(untilQuiet);
};
const shows = (pageId: string) => cellsOf(world.as("Dana Reyes"), pageId);
const move = async (to: string): Promise<string | undefined> => {
  await edit(world.as("Dana Reyes"), "projects", project, { Stage: to });
  await world.pass(untilQuiet);
  return (await shows(project)).Stage;
};
const databaseOf = async (key: keyof DataSources): Promise<string> => {
  const source = await world.as("Dana Reyes").dataSources.retrieve({ data_source_id: sources[key] });
  if (!("parent" in source) || source.parent.type !== "database_id")
    throw new Error(`${key} has no database`);
  return source.parent.database_id;
};

test("F16: a deleted property is one line in /status, and only what reads it waits", async () => {
  for (let index = 0; index < 6; index += 1)
    await addRow(world.as("Dana Reyes"), sources, "milestones", { Name: `Step ${index}`, Project: project });
  await world.pass(untilQuiet);
  await alter("milestones", { Target: null });
  await edit(world.as("Dana Reyes"), "milestones", milestone, { Status: "In progress" });
  await world.pass(untilQuiet);
  const named = (await problemsOf(world)).filter(({ code }) => code === "schema_broken");
  expect(named).toMatchObject([{ database: "milestones", property: "target", pageId: null }]);
  expect(named[0]?.detail).toContain('add a property "Target"');

  // The gate of Intake reads no Target, a risk's score neither.
  expect(await move("Planning")).toBe("Intake");
  await edit(world.as("Dana Reyes"), "risks", risk, { Impact: "High" });
  await edit(world.as("Dana Reyes"), "projects", project, {
    ...{ "Requirements signed off": "yes", "Timeline acknowledged": "yes" },
  });
  await world.pass(untilQuiet);
  expect((await shows(risk)).Score).toBe("9");
  expect(await move("Planning")).toBe("Planning");

  // The gate of Planning does, so this request waits until the property is there again.
  expect(await move("In production")).toBe("In production");
  expect((await problemsOf(world)).map(({ code }) => code)).toContain("record_incomplete");
  await alter("milestones", { Target: { date: {} } });
  await world.pass(untilQuiet);
  expect((await shows(project)).Stage).toBe("Planning");
  expect(await problemsOf(world)).toEqual([]);
});

test("F17: a property of another type is not written and not coerced, and is taken up when it is mended", async () => {
  await alter("risks", { Score: { rich_text: {} } });
  const quiet = lastRequest(world);
  await edit(world.as("Dana Reyes"), "risks", risk, { Impact: "High" });
  await world.pass(untilQuiet);
  expect(writesAfter(world, quiet)).toEqual([]);
  expect((await problemsOf(world)).map(({ property }) => property)).toEqual(["score"]);
  await alter("risks", { Score: { number: {} } });
  await world.pass(untilQuiet);
  expect((await shows(risk)).Score).toBe("9");
  expect(await problemsOf(world)).toEqual([]);
});

test("F23: a database that is not shared any more is one line in /status, loses no page and stops nothing else", async () => {
  const contacts: string[] = [];
  for (let index = 0; index < 8; index += 1)
    contacts.push(await addRow(world.as("Dana Reyes"), sources, "contacts", { Name: `Cleo ${index}` }));
  await edit(world.as("Dana Reyes"), "projects", project, { Contacts: contacts.join(",") });
  await world.pass(untilQuiet);
  const database = await databaseOf("contacts");
  let hidden = true;
  const gone = { status: 404, code: "object_not_found" };
  world.workspace.control.setHook({
    before: ({ path, actorId }) =>
      hidden &&
      actorId === world.workspace.botId &&
      [database, sources.contacts, ...contacts].some((id) => path.includes(id))
        ? gone
        : undefined,
  });
  for (const contact of contacts) await edit(world.as("Dana Reyes"), "contacts", contact, { Phone: "030 1" });
  await world.pass(untilQuiet);
  const live = () =>
    world.store.exec("SELECT page_id FROM pages WHERE database = 'contacts' AND state = 'live'").length;
  expect(live()).toBe(8);
  const named = (await problemsOf(world)).filter(({ code }) => code !== "notion_not_found");
  expect(named).toMatchObject([{ code: "schema_broken", database: "contacts", property: null }]);
  expect(named[0]?.detail).toContain("Connections");
  expect(await move("Planning")).toBe("Intake");
  hidden = false;
  await world.pass(70 * 60_000);
  expect(await problemsOf(world)).toEqual([]);
  expect(live()).toBe(8);
});

test("F15: a renamed property changes nothing", async () => {
  await alter("risks", { Impact: { name: "Effect" } } as Schema);
  const { update } = world.as("Dana Reyes").pages;
  await update({ page_id: risk, properties: { Effect: { select: { name: "High" } } } });
  await world.pass(untilQuiet);
  expect((await shows(risk)).Score).toBe("9");
  expect(await problemsOf(world)).toEqual([]);
});

test("F20: a property of a type that Milepost does not know is ignored and kept", async () => {
  await alter("risks", { Votes: { unique_id: { prefix: "R" } } } as Schema);
  await edit(world.as("Dana Reyes"), "risks", risk, { Impact: "Low" });
  await world.pass(untilQuiet);
  expect((await shows(risk)).Score).toBe("3");
  expect(await problemsOf(world)).toEqual([]);
});

test("F18: a renamed option is the same option, and nobody has to do anything", async () => {
  const { control } = world.workspace;
  control.renameOption(sources.risks, "Likelihood", "High", "Very likely");
  control.renameOption(sources.projects, "Stage", "Planning", "Plan");
  await world.pass(untilQuiet);
  await edit(world.as("Dana Reyes"), "risks", risk, { Impact: "High" });
  await world.pass(untilQuiet);
  expect(await shows(risk)).toMatchObject({ Score: "9", Likelihood: "Very likely" });
  expect(await move("Plan")).toBe("Intake");
  expect(await problemsOf(world)).toEqual([]);
});
