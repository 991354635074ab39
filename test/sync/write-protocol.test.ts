import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Fault } from "../../src/embedded/notion/workspace.ts";
import { lastRequest, problemsOf, requestsAfter, writesAfter } from "../support/requests.ts";
import { addRow, cellsOf, type DataSources, dataSources, edit } from "../support/rows.ts";
import { createWorld, type World } from "../support/world.ts";

const untilQuiet = 5 * 60_000;

let world: World;
let sources: DataSources;
let project: string;

beforeEach(async () => {
  world = createWorld();
  await world.pass(untilQuiet);
  const dana = world.as("Dana Reyes");
  sources = await dataSources(dana);
  project = await addRow(dana, sources, "projects", { Name: "Lead bot" });
  await world.pass(untilQuiet);
});
afterEach(() => world.close());

const shows = () => cellsOf(world.as("Dana Reyes"), project);
const move = (to: string) => edit(world.as("Dana Reyes"), "projects", project, { Stage: to });
const journal = (kind: string) =>
  world.store.exec("SELECT * FROM journal WHERE kind = ? AND page_id = ? ORDER BY sequence", kind, project);
const outcomes = () =>
  world.store
    .exec("SELECT outcome, to_value FROM transitions WHERE page_id = ? ORDER BY at, version", project)
    .map(({ outcome, to_value }) => `${outcome} ${to_value}`);
const writesToProject = (after: number) =>
  writesAfter(world, after).filter(({ path }) => path.endsWith(project)).length;

/** Does something once, right before one of Milepost's requests about the project goes out. */
const justBefore = (method: string, nth: number, act: () => Promise<void> | void): void => {
  let count = 0;
  world.setNetwork(async (request, goOn) => {
    if (request.method === method && request.path.endsWith(project) && ++count === nth) await act();
    return goOn();
  });
};

/** One fault for Milepost's next write to the project. */
const spoilWrite = (when: "before" | "after", fault: Fault): void => {
  let spoilt = false;
  world.workspace.control.setHook({
    [when]: ({ operation, actorId }: { operation: string | null; actorId: string | null }) => {
      if (spoilt || operation !== "pages.update" || actorId !== world.workspace.botId) return undefined;
      spoilt = true;
      return fault;
    },
  });
};

const restsInIntake = async (): Promise<void> => {
  expect(await shows()).toMatchObject({ Stage: "Intake" });
  expect(world.store.exec("SELECT * FROM intents")).toEqual([]);
  expect(await problemsOf(world)).toEqual([]);
  const quiet = lastRequest(world);
  await world.pass(untilQuiet);
  expect(writesAfter(world, quiet)).toEqual([]);
};

describe("what a person does while Milepost is about to write", () => {
  test("another choice in the same column between the two reads is judged, not overwritten", async () => {
    await move("Planning");
    justBefore("GET", 2, () => move("On hold"));
    await world.pass(untilQuiet);
    expect(await shows()).toMatchObject({ Stage: "On hold" });
    expect(outcomes()).toEqual(["refused Planning", "accepted On hold"]);
  });

  test("a shorter list of what is missing is not written over a tick that came in between", async () => {
    await edit(world.as("Dana Reyes"), "projects", project, { "Requirements signed off": "yes" });
    justBefore("GET", 2, () =>
      edit(world.as("Dana Reyes"), "projects", project, { "Timeline acknowledged": "yes" }),
    );
    const before = lastRequest(world);
    await world.pass(untilQuiet);
    expect(await shows()).toMatchObject({ Gate: "Ready for Planning", "Timeline acknowledged": "true" });
    expect(writesToProject(before)).toBe(1);
  });

  test("an edit of another property right before the write stays, and is seen", async () => {
    await move("Planning");
    justBefore("PATCH", 1, () => edit(world.as("Dana Reyes"), "projects", project, { Client: "Acme" }));
    await world.pass(untilQuiet);
    expect(await shows()).toMatchObject({ Stage: "Intake", Client: "Acme" });
    const [page] = world.store.exec("SELECT local FROM pages WHERE page_id = ?", project);
    expect(JSON.parse(String(page?.local))).toMatchObject({ client: "Acme" });
  });

  test.each([
    { moment: "between the two reads", method: "GET", nth: 2 },
    { moment: "right before the write", method: "PATCH", nth: 1 },
  ])(
    "a page trashed $moment is left alone, and taken up again when it is restored",
    async ({ method, nth }) => {
      await move("Planning");
      justBefore(method, nth, () => world.workspace.control.trash(project));
      await world.pass(untilQuiet);
      expect(world.store.exec("SELECT state FROM pages WHERE page_id = ?", project)).toEqual([
        { state: "trashed" },
      ]);
      expect(await problemsOf(world)).toEqual([]);
      const trashed = lastRequest(world);
      await world.pass(untilQuiet);
      expect(writesAfter(world, trashed)).toEqual([]);
      world.workspace.control.restore(project);
      await world.pass(20 * 60_000);
      await restsInIntake();
    },
  );
});

describe("a write of Milepost's", () => {
  test("that landed, but was answered 503, is not repeated", async () => {
    await move("Planning");
    spoilWrite("after", { status: 503, code: "service_unavailable" });
    const before = lastRequest(world);
    await world.pass(untilQuiet);
    expect(journal("reasserted")).toEqual([]);
    // The stage, then the Gate text stays as it was.
    expect(writesToProject(before)).toBe(1);
    await restsInIntake();
  });

  test("that did not land, and was answered 500, is made again and noted", async () => {
    await move("Planning");
    spoilWrite("before", { status: 500 });
    const before = lastRequest(world);
    await world.pass(untilQuiet);
    expect(journal("reasserted")).toMatchObject([{ property: "stage" }]);
    expect(writesToProject(before)).toBe(2);
    await restsInIntake();
  });

  test("whose connection broke after it landed is found landed", async () => {
    await move("Planning");
    spoilWrite("after", "reset");
    const before = lastRequest(world);
    await world.pass(untilQuiet);
    expect(writesToProject(before)).toBe(1);
    expect(journal("reasserted")).toEqual([]);
    await restsInIntake();
  });

  test("that is still under way after its connection broke is waited for, not raced", async () => {
    await move("Planning");
    let land: (() => Promise<Response>) | null = null;
    world.setNetwork(async ({ method, path }, goOn) => {
      if (method !== "PATCH" || !path.endsWith(project) || land) return goOn();
      land = goOn;
      throw new TypeError("fetch failed");
    });
    const before = lastRequest(world);
    await world.pass(10_000);
    const broken = lastRequest(world);
    await world.pass(30_000);
    const landing = land as (() => Promise<Response>) | null;
    await landing?.();
    await world.pass(15_000);
    const about = requestsAfter(world, broken).filter(({ path }) => path.endsWith(project));
    expect(about.map(({ method }) => method)).toEqual(["PATCH"]);
    await world.pass(untilQuiet);
    expect(writesToProject(before)).toBe(1);
    await restsInIntake();
  });

  test("that is never answered is given up, read, and made again", async () => {
    await move("Planning");
    spoilWrite("before", "hang");
    const hangs = new Promise<void>((resolve) => justBefore("PATCH", 1, resolve));
    const before = lastRequest(world);
    const passing = world.pass(4_000);
    await hangs;
    await world.clock.advance(60_000);
    await passing;
    await world.pass(untilQuiet);
    expect(writesToProject(before)).toBe(2);
    await restsInIntake();
  });

  test("that meets another save of the page is made again after a read", async () => {
    await move("Planning");
    spoilWrite("before", { status: 409, code: "conflict_error" });
    await world.pass(untilQuiet);
    expect(outcomes()).toEqual(["refused Planning"]);
    await restsInIntake();
  });

  test("that Notion puts off waits exactly as long as it says, and everything else with it", async () => {
    await move("Planning");
    spoilWrite("before", { status: 429, code: "rate_limited", headers: { "retry-after": "30" } });
    const before = lastRequest(world);
    await world.pass(untilQuiet);
    const all = requestsAfter(world, before);
    const refused = all.findIndex(({ status }) => status === 429);
    expect((all[refused + 1]?.at ?? 0) - (all[refused]?.at ?? 0)).toBe(30_000);
    await restsInIntake();
  });

  test("that Notion refuses as invalid is named in /status, and tried again later", async () => {
    await move("Planning");
    spoilWrite("before", { status: 400, code: "validation_error" });
    await world.pass(60_000);
    expect(await shows()).toMatchObject({ Stage: "Planning" });
    expect(await problemsOf(world)).toMatchObject([{ code: "notion_refused", pageId: project }]);
    await world.pass(20 * 60_000);
    await restsInIntake();
  });
});

test("an outage of Notion is over in /status once it is over", async () => {
  await move("Planning");
  let down = true;
  world.workspace.control.setHook({
    before: () => (down ? { status: 502, html: "<h1>502</h1>" } : undefined),
  });
  await world.pass(10 * 60_000);
  expect((await problemsOf(world)).length).toBeGreaterThan(0);
  down = false;
  await world.pass(20 * 60_000);
  await restsInIntake();
});
