import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { addClientProject, coreBuild, sender, updateRows } from "../support/client-scene.ts";
import {
  codesOf,
  deliver,
  editEvent,
  expectHealed,
  type FaultWorld,
  hour,
  minute,
  prepareScene,
  type Scene,
  untilQuiet,
} from "../support/fault-scene.ts";
import type { Prepared } from "../support/prepared-world.ts";
import { lastRequest, problemsOf, requestsAfter, writesAfter } from "../support/requests.ts";
import { addRow, cellsOf, commentTexts, type DataSources, edit } from "../support/rows.ts";

let prepared: Prepared<Scene>;
let world: FaultWorld;
let sources: DataSources;
let project: string;
beforeAll(async () => {
  prepared = await prepareScene({ mail: { smtpUrl: "smtp://127.0.0.1:9", from: sender } });
});
beforeEach(() => {
  world = prepared.open();
  ({ sources, project } = world.there);
});
afterEach(() => world.close());
afterAll(() => prepared.drop());

const stateOf = (pageId: string) =>
  world.store.exec("SELECT database, state FROM pages WHERE page_id = ?", pageId)[0];
const move = (to: string) => edit(world.as("Dana Reyes"), "projects", project, { Stage: to });
const shows = () => cellsOf(world.as("Dana Reyes"), project);

/** Notion does not show the page to the connection until `stop` is called. */
const hide = (): (() => void) => {
  let hidden = true;
  const gone = { status: 404, code: "object_not_found" };
  world.workspace.control.setHook({
    before: ({ path, actorId }) =>
      hidden && actorId === world.workspace.botId && path.includes(project) ? gone : undefined,
  });
  return () => {
    hidden = false;
  };
};

test("a page that Notion does not show any more is kept, named in /status, asked for hourly, and taken up again", async () => {
  const stop = hide();
  await move("Planning");
  await world.pass(untilQuiet);
  expect(stateOf(project)).toEqual({ database: "projects", state: "unreachable" });
  expect(await problemsOf(world)).toMatchObject([{ code: "notion_not_found", pageId: project }]);
  const hidden = lastRequest(world);
  await world.pass(3 * hour);
  const asked = requestsAfter(world, hidden).filter(({ path }) => path.includes(project));
  expect(asked).toHaveLength(3);
  stop();
  await world.pass(hour + untilQuiet);
  expect(await shows()).toMatchObject({ Stage: "Intake", Code: "LEAD" });
  expect(await commentTexts(world.as("Dana Reyes"), project)).toHaveLength(1);
  expect(await problemsOf(world)).toEqual([]);
});

test("a page in the trash that Notion then forgets stays in the trash: nothing waits for it and nobody is asked for it", async () => {
  const { milestone } = world.there;
  world.workspace.control.trash(milestone);
  await world.pass(untilQuiet);
  expect(stateOf(milestone)).toMatchObject({ state: "trashed" });
  world.workspace.control.setHook({
    before: ({ path, actorId }) =>
      actorId === world.workspace.botId && path.includes(milestone)
        ? { status: 404, code: "object_not_found" }
        : undefined,
  });
  expect(await deliver(world, { ...editEvent(world, milestone), type: "page.deleted" })).toBe(200);
  await world.pass(untilQuiet);
  expect(stateOf(milestone)).toMatchObject({ state: "trashed" });
  expect(await codesOf(world)).toEqual([]);
  expect(world.store.exec("SELECT * FROM dirty_pages")).toEqual([]);
});

test("nothing is decided about a project while one of its pages cannot be read", async () => {
  const milestone = await addRow(world.as("Dana Reyes"), sources, "milestones", {
    ...{ Name: "Kick-off", Project: project },
  });
  await world.pass(untilQuiet);
  let hidden = true;
  world.workspace.control.setHook({
    before: ({ path, actorId }) =>
      hidden && actorId === world.workspace.botId && path.includes(milestone)
        ? { status: 404, code: "object_not_found" }
        : undefined,
  });
  await edit(world.as("Dana Reyes"), "milestones", milestone, { Name: "Kick-off call" });
  await world.pass(untilQuiet);
  await move("Planning");
  await world.pass(untilQuiet);
  expect((await shows()).Stage).toBe("Planning");
  const waiting = (await problemsOf(world)).find(({ code }) => code === "record_incomplete");
  expect(waiting).toMatchObject({ pageId: project, property: "stage" });
  expect(waiting?.detail).toContain("a page of Milestones cannot be read");
  hidden = false;
  await world.pass(hour + untilQuiet);
  expect((await shows()).Stage).toBe("Intake");
  expect(await problemsOf(world)).toEqual([]);
});

test("F22: a trashed project wants nothing any more and comes back as it was", async () => {
  await move("Planning");
  world.workspace.control.trash(project);
  const trashed = lastRequest(world);
  await world.pass(untilQuiet);
  expect(stateOf(project)).toEqual({ database: "projects", state: "trashed" });
  expect(writesAfter(world, trashed)).toEqual([]);
  world.workspace.control.restore(project);
  await world.pass(untilQuiet);
  expect(stateOf(project)).toEqual({ database: "projects", state: "live" });
  expect(await shows()).toMatchObject({ Stage: "Intake", Code: "LEAD" });
});

test("F22: a restored project has its milestones again at once, also one that was edited meanwhile", async () => {
  const dana = world.as("Dana Reyes");
  await edit(dana, "projects", project, { "Requirements signed off": "yes", "Timeline acknowledged": "yes" });
  const cells = { Name: "Production start", Project: project, Kind: "Production start" };
  const milestone = await addRow(dana, sources, "milestones", cells);
  await world.pass(untilQuiet);
  await move("Planning");
  await world.pass(untilQuiet);
  const { Gate } = await shows();
  expect(Gate).toMatch(/^Needs: Add the milestones /);
  world.workspace.control.trash(project);
  await world.pass(untilQuiet);
  await edit(dana, "milestones", milestone, { Deliverable: "A prototype" });
  await world.pass(untilQuiet);
  world.workspace.control.restore(project);
  await world.pass(untilQuiet);
  const targets = world.store.exec(
    "SELECT target FROM relations WHERE page_id = ? AND property = 'project'",
    milestone,
  );
  expect(targets).toEqual([{ target: project }]);
  expect((await shows()).Gate).toBe(Gate);
});

test("a milestone in the trash counts for nothing", async () => {
  const milestone = await addRow(world.as("Dana Reyes"), sources, "milestones", {
    ...{ Name: "Kick-off", Project: project, "Sign-off": "Approved" },
  });
  await world.pass(untilQuiet);
  world.workspace.control.trash(milestone);
  await world.pass(untilQuiet);
  const quiet = lastRequest(world);
  await world.pass(untilQuiet);
  expect(stateOf(milestone)).toEqual({ database: "milestones", state: "trashed" });
  expect(writesAfter(world, quiet)).toEqual([]);
  expect(await problemsOf(world)).toEqual([]);
});

/** Answers a page read as if the page lay in another data source. */
const showIn = (dataSourceId: string): void =>
  world.setNetwork(async ({ method, path }, goOn) => {
    const answer = await goOn();
    if (method !== "GET" || !path.endsWith(`/pages/${project}`)) return answer;
    const page = (await answer.json()) as { parent: Record<string, string> };
    const parent = { ...page.parent, data_source_id: dataSourceId };
    return Response.json({ ...page, parent }, { headers: answer.headers });
  });

test("F22: a page that was moved out of Milepost's databases is left alone", async () => {
  showIn("11111111-2222-4333-8444-555555555555");
  await move("QA");
  const before = lastRequest(world);
  await world.pass(untilQuiet);
  expect(stateOf(project)).toMatchObject({ state: "trashed" });
  expect(writesAfter(world, before)).toEqual([]);
  expect((await shows()).Stage).toBe("QA");
});

test("F22: a page that was moved to another of Milepost's databases begins there anew", async () => {
  showIn(sources.contacts);
  await move("QA");
  await world.pass(untilQuiet);
  expect(stateOf(project)).toEqual({ database: "contacts", state: "live" });
  const [page] = world.store.exec("SELECT local FROM pages WHERE page_id = ?", project);
  expect(Object.keys(JSON.parse(String(page?.local)))).not.toContain("stage");
  expect(world.store.exec("SELECT * FROM records WHERE project_id = ?", project)).toEqual([]);
  expect((await shows()).Stage).toBe("QA");
});

/** Puts the project into the trash at a moment of the write that puts its Stage back. */
const trashAt = (method: "GET" | "PATCH", nth: number, when: "before" | "after"): void => {
  let count = 0;
  world.setNetwork(async (request, goOn) => {
    const isMet = request.method === method && request.path.endsWith(project) && ++count === nth;
    if (isMet && when === "before") world.workspace.control.trash(project);
    const answer = await goOn();
    if (isMet && when === "after") world.workspace.control.trash(project);
    return answer;
  });
};

test.for([
  { moment: "before it is read", method: "GET", nth: 1, when: "before", writes: 0 },
  { moment: "between the two reads", method: "GET", nth: 2, when: "before", writes: 0 },
  {
    moment: "right before the write, which Notion then refuses",
    method: "PATCH",
    nth: 1,
    when: "before",
    writes: 1,
  },
  { moment: "right after the write", method: "PATCH", nth: 1, when: "after", writes: 1 },
] as const)(
  "F21: a page trashed $moment is left alone, and taken up again when it is restored",
  async ({ method, nth, when, writes }) => {
    trashAt(method, nth, when);
    const before = lastRequest(world);
    await move("Planning");
    await world.pass(untilQuiet);
    expect(stateOf(project)).toMatchObject({ state: "trashed" });
    expect(await codesOf(world)).toEqual([]);
    const made = writesAfter(world, before).filter(({ path }) => path.endsWith(project));
    expect(made).toHaveLength(writes);
    world.setNetwork(null);
    world.workspace.control.restore(project);
    await world.pass(20 * minute);
    expect(await shows()).toMatchObject({ Stage: "Intake" });
    await expectHealed(world);
  },
);

test("F21: a letter that waits for its reader's office hours is not sent when its project goes into the trash", async () => {
  world.close();
  world = prepared.open({ pollSeconds: 3_600 });
  const dana = world.as("Dana Reyes");
  await world.clock.advance(10 * hour);
  const { project: live } = await addClientProject(dana, sources, { "Client letters": "Automatic" });
  await world.pass(minute);
  const milestone = await addRow(dana, sources, "milestones", { ...coreBuild, Project: live });
  await world.pass(minute);
  await edit(dana, "milestones", milestone, { Status: "Done" });
  await world.pass(untilQuiet);
  const letters = () => world.store.exec("SELECT state FROM actions WHERE payload ->> 'kind' = 'letter'");
  expect(letters()).toEqual([{ state: "pending" }]);
  world.workspace.control.trash(live);
  await world.pass(untilQuiet);
  expect(letters()).toEqual([{ state: "cancelled" }]);
  await world.pass(15 * hour);
  expect(letters()).toEqual([{ state: "cancelled" }]);
  // Had it been tried, the mail server that is not there would be named.
  expect(await codesOf(world)).toEqual([]);
});

test("F22: a copy of a page that Milepost made is a page of its own: without its key, its state and its letters", async () => {
  const dana = world.as("Dana Reyes");
  const { project: live } = await addClientProject(dana, sources, { "Client letters": "Review first" });
  await world.pass(minute);
  const milestone = await addRow(dana, sources, "milestones", { ...coreBuild, Project: live });
  await world.pass(minute);
  await edit(dana, "milestones", milestone, { Status: "Done" });
  await world.pass(untilQuiet);
  const [original, ...others] = await updateRows(dana, sources);
  expect(others).toEqual([]);
  const { Title = "", Kind = "", To = "", "Milepost key": key = "" } = original?.cells ?? {};
  expect(key).not.toBe("");
  const cells = { Title, Kind, To, Project: live, State: "Ready", "Milepost key": key };
  const copy = await addRow(dana, sources, "updates", cells);
  await world.pass(untilQuiet);
  expect(await cellsOf(dana, copy)).toMatchObject({
    ...{ "Milepost key": "", State: "Held" },
    "Held because": expect.stringContaining("Milepost"),
  });
  expect(await cellsOf(dana, original?.id ?? "")).toMatchObject({ "Milepost key": key, State: "Draft" });
  expect(world.store.exec("SELECT key FROM actions WHERE payload ->> 'kind' = 'letter'")).toEqual([]);
  await expectHealed(world);
});
