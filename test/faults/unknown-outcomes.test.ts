import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Fault } from "../../src/embedded/notion/workspace.ts";
import {
  codesOf,
  expectHealed,
  type FaultWorld,
  localOf,
  minute,
  prepareScene,
  type Scene,
  spoil,
  untilQuiet,
} from "../support/fault-scene.ts";
import type { Prepared } from "../support/prepared-world.ts";
import { lastRequest, problemsOf, requestsAfter, writesAfter } from "../support/requests.ts";
import { addRow, cellsOf, commentTexts, edit } from "../support/rows.ts";
import type { Network } from "../support/world.ts";

let prepared: Prepared<Scene>;
let world: FaultWorld;
let project: string;
beforeAll(async () => {
  prepared = await prepareScene();
});
beforeEach(() => {
  world = prepared.open();
  ({ project } = world.there);
});
afterEach(() => world.close());
afterAll(() => prepared.drop());

const move = (to: string, who = "Dana Reyes") => edit(world.as(who), "projects", project, { Stage: to });
const shows = () => cellsOf(world.as("Dana Reyes"), project);
const journal = (kind: string) =>
  world.store.exec("SELECT * FROM journal WHERE kind = ? AND page_id = ? ORDER BY sequence", kind, project);
const outcomes = () =>
  world.store
    .exec("SELECT outcome, to_value FROM transitions WHERE page_id = ? ORDER BY at, version", project)
    .map(({ outcome, to_value }) => `${outcome} ${to_value}`);
const aboutProject = (after: number) =>
  requestsAfter(world, after).filter(({ path }) => path.endsWith(project));
const writesToProject = (after: number) =>
  writesAfter(world, after).filter(({ path }) => path.endsWith(project)).length;

/** A move that was refused and is put back, and everything that belongs to it; no person was needed. */
const putBack = async (): Promise<void> => {
  expect(await shows()).toMatchObject({ Stage: "Intake" });
  await expectHealed(world, {
    project,
    moves: [{ by: "Dana Reyes", from: "Intake", to: "Planning", allowed: false }],
  });
};

/** Nothing is named at any time, because nobody has to do anything. */
const passQuietly = async (forMs: number): Promise<void> => {
  for (let passed = 0; passed < forMs; passed += minute) {
    await world.pass(minute);
    expect(await codesOf(world)).toEqual([]);
  }
};

/** Meets Milepost's nth request of a method about the project in its way. */
const meet = (method: string, nth: number, act: Network): void => {
  let count = 0;
  world.setNetwork(async (request, goOn) => {
    const isMet = request.method === method && request.path.endsWith(project) && ++count === nth;
    return isMet ? act(request, goOn) : goOn();
  });
};
const justBefore = (method: string, nth: number, act: () => Promise<void> | void): void =>
  meet(method, nth, async (_request, goOn) => {
    await act();
    return goOn();
  });
const rightAfter = (method: string, nth: number, act: () => Promise<void>): void =>
  meet(method, nth, async (_request, goOn) => {
    const answer = await goOn();
    await act();
    return answer;
  });

describe("a write that meets another save of the page", () => {
  test.for([1, 6])(
    "F4: after %i conflicts in a row it is made once, each time after a new read",
    async (times) => {
      const conflict = { status: 409, code: "conflict_error" };
      spoil(world, "pages.update", "before", conflict, (count) => count <= times);
      const before = lastRequest(world);
      await move("Planning");
      await passQuietly(untilQuiet);
      expect(outcomes()).toEqual(["refused Planning"]);
      const made = aboutProject(before);
      const writes = made.filter(({ method }) => method === "PATCH");
      expect(writes.map(({ status }) => status)).toEqual([...Array(times).fill(409), 200]);
      for (const write of writes) expect(made[made.indexOf(write) - 1]?.method).toBe("GET");
      const rests = writes.slice(1).map(({ at }, index) => at - (writes[index]?.at ?? 0));
      for (const rest of rests) expect(rest).toBeGreaterThanOrEqual(10_000);
      if (times > 1) expect(new Set(rests).size).toBeGreaterThan(1);
      await putBack();
    },
  );
});

const serverErrors = [
  { status: 500, code: "internal_server_error" },
  { status: 502, html: "<h1>502</h1>" },
  { status: 503, code: "service_unavailable" },
  { status: 504, code: "gateway_timeout" },
] as const;

/** Lets time pass while a request hangs until its deadline. */
const passHanging = async (forMs: number): Promise<void> => {
  const passing = world.pass(forMs);
  for (let passed = 0; passed < forMs + 2 * minute; passed += 1_000) await world.clock.advance(1_000);
  await passing;
};

describe("a write without a clear answer", () => {
  test.for(serverErrors)(
    "F5: a $status before it was applied is read after, written once more, and noted",
    async (fault) => {
      spoil(world, "pages.update", "before", fault);
      const before = lastRequest(world);
      await move("Planning");
      await passQuietly(untilQuiet);
      expect(journal("reasserted")).toMatchObject([{ property: "stage" }]);
      expect(
        aboutProject(before)
          .map(({ method }) => method)
          .slice(0, 6),
      ).toEqual(["GET", "GET", "PATCH", "GET", "GET", "PATCH"]);
      await putBack();
    },
  );

  test.for<{ readonly what: string; readonly fault: Fault }>([
    ...serverErrors.map((fault) => ({ what: `a ${fault.status}`, fault })),
    { what: "a connection that broke", fault: "reset" },
    { what: "no answer", fault: "hang" },
  ])(
    "F6: $what after it was applied is read after, found applied, and not written again",
    async ({ fault }) => {
      spoil(world, "pages.update", "after", fault);
      const before = lastRequest(world);
      await move("Planning");
      await (fault === "hang" ? passHanging(untilQuiet) : passQuietly(untilQuiet));
      expect(journal("reasserted")).toEqual([]);
      expect(writesToProject(before)).toBe(1);
      await putBack();
    },
  );

  test("F7: one that lands twenty seconds after it was given up is waited for, not raced", async () => {
    let landedAt = 0;
    meet("PATCH", 1, ({ land }) => {
      world.clock.after(80_000, () => {
        landedAt = world.clock.now();
        void land();
      });
      return new Promise(() => undefined);
    });
    const before = lastRequest(world);
    await move("Planning");
    await passHanging(untilQuiet);
    const made = aboutProject(before);
    const write = made.findIndex(({ method }) => method === "PATCH");
    expect(made.filter(({ method }) => method === "PATCH")).toHaveLength(1);
    expect(made[write]?.at).toBe(landedAt);
    expect(made[write + 1]?.at).toBeGreaterThan(landedAt);
    expect(journal("reasserted")).toEqual([]);
    await putBack();
  });

  test("F7: one that lands a while after its connection broke is waited for, not raced", async () => {
    meet("PATCH", 1, ({ land }) => {
      world.clock.after(40_000, () => void land());
      return Promise.reject(new TypeError("fetch failed"));
    });
    const before = lastRequest(world);
    await move("Planning");
    await passQuietly(untilQuiet);
    expect(writesToProject(before)).toBe(1);
    await putBack();
  });

  test("that is never answered and never lands is given up, read, and made again", async () => {
    spoil(world, "pages.update", "before", "hang");
    const before = lastRequest(world);
    await move("Planning");
    await passHanging(untilQuiet);
    expect(writesToProject(before)).toBe(2);
    await putBack();
  });
});

describe("something made without a clear answer", () => {
  test.for<Fault>(["hang", "reset", "truncated", { status: 503, code: "service_unavailable" }])(
    "F8: a comment that was made all the same is found by its marker (%j)",
    async (fault) => {
      spoil(world, "comments.create", "after", fault);
      await move("Planning");
      await (fault === "hang" ? passHanging(untilQuiet) : passQuietly(untilQuiet));
      expect(await commentTexts(world.as("Dana Reyes"), project)).toHaveLength(1);
      await putBack();
    },
  );

  test.for<{ readonly when: "before" | "after"; readonly fault: Fault }>([
    { when: "after", fault: "hang" },
    { when: "after", fault: "reset" },
    { when: "after", fault: { status: 504, code: "gateway_timeout" } },
    { when: "before", fault: "reset" },
  ])("F8: a row is there once, whether it was made ($when it, $fault) or not", async ({ when, fault }) => {
    const dana = world.as("Dana Reyes");
    await edit(dana, "projects", project, { "Client letters": "Review first" });
    const cells = { Name: "Core build", Kind: "Plan milestone", "Client visible": "yes", Project: project };
    const milestone = await addRow(dana, world.there.sources, "milestones", cells);
    await world.pass(untilQuiet);
    spoil(world, "pages.create", when, fault);
    await edit(dana, "milestones", milestone, { Status: "Done" });
    await (fault === "hang" ? passHanging(2 * untilQuiet) : passQuietly(2 * untilQuiet));
    const { results } = await dana.dataSources.query({ data_source_id: world.there.sources.updates });
    expect(results).toHaveLength(1);
    await expectHealed(world);
  });
});

const spoiltAnswers: readonly (readonly [string, Fault | ((answer: Response) => Promise<Response>)])[] = [
  ["JSON cut off in the middle", "truncated"],
  ["nothing", "empty"],
  [
    "a block page of the network's edge",
    async () => new Response("<html>blocked</html>", { headers: { "content-type": "text/html" } }),
  ],
  [
    "JSON that calls itself HTML",
    async (answer) => new Response(await answer.text(), { headers: { "content-type": "text/html" } }),
  ],
  [
    "a body that stalls after the headers",
    async () => new Response(new ReadableStream(), { headers: { "content-type": "application/json" } }),
  ],
];

describe("a 200 that is none", () => {
  test.for(
    spoiltAnswers.flatMap(([what, spoiling]) =>
      (["GET", "PATCH"] as const).map((method) => ({ what, spoiling, method })),
    ),
  )(
    "F9: $what instead of the answer to a $method is no news of the page, and is asked for again",
    async ({ spoiling, method }) => {
      await edit(world.as("Pablo Ortiz"), "projects", project, { Client: "Acme" });
      await move("Planning");
      const known = localOf(world, project);
      let seen: unknown = null;
      meet(method, 1, async (_request, goOn) => {
        seen = localOf(world, project);
        if (typeof spoiling === "function") return spoiling(await goOn());
        const text = spoiling === "empty" ? "" : (await (await goOn()).text()).slice(0, 300);
        if (spoiling === "empty") await goOn();
        return new Response(text, { headers: { "content-type": "application/json" } });
      });
      await passHanging(untilQuiet);
      if (method === "GET") expect(seen).toEqual(known);
      expect(await codesOf(world)).toEqual([]);
      expect(await shows()).toMatchObject({ Client: "Acme" });
      expect(journal("reasserted")).toEqual([]);
      await putBack();
    },
  );
});

describe("what people do while Milepost is about to write", () => {
  const again = () => move("On hold", "Pablo Ortiz");

  test.for<{ readonly moment: string; readonly arrange: () => void; readonly judged: readonly string[] }>([
    {
      moment: "before the first read",
      arrange: () => justBefore("GET", 1, again),
      judged: ["accepted On hold"],
    },
    {
      moment: "between the two reads",
      arrange: () => justBefore("GET", 2, again),
      judged: ["refused Planning", "accepted On hold"],
    },
    {
      moment: "right after the write",
      arrange: () => rightAfter("PATCH", 1, again),
      judged: ["refused Planning", "accepted On hold"],
    },
  ])(
    "F32: another choice in the same column $moment is judged, not overwritten",
    async ({ arrange, judged }) => {
      arrange();
      await move("Planning");
      await passQuietly(untilQuiet);
      expect(await shows()).toMatchObject({ Stage: "On hold" });
      expect(outcomes()).toEqual(judged);
      await expectHealed(world);
    },
  );

  test("F32: only a choice between the second read and the write is overwritten, and the page comes to rest", async () => {
    justBefore("PATCH", 1, again);
    const before = lastRequest(world);
    await move("Planning");
    await passQuietly(untilQuiet);
    expect(await shows()).toMatchObject({ Stage: "Intake" });
    expect(outcomes()).toEqual(["refused Planning"]);
    expect(writesToProject(before)).toBe(1);
    await expectHealed(world);
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

  test("F33: two people and Milepost change three properties of one page, and all three stay", async () => {
    justBefore("PATCH", 1, async () => {
      await edit(world.as("Pablo Ortiz"), "projects", project, { Client: "Acme" });
      await edit(world.as("Quinn Abbott"), "projects", project, { "Agreed delivery": "2026-12-18" });
    });
    await edit(world.as("Dana Reyes"), "projects", project, { "Requirements signed off": "yes" });
    await passQuietly(untilQuiet);
    const kept = { Client: "Acme", "Agreed delivery": "2026-12-18", "Requirements signed off": "true" };
    expect(await shows()).toMatchObject({ ...kept, Gate: expect.not.stringContaining("Requirements") });
    expect(localOf(world, project)).toMatchObject({
      client: "Acme",
      agreedDelivery: { start: "2026-12-18" },
    });
    await expectHealed(world);
  });
});

test("a write that Notion refuses as invalid is named in /status, and tried again later", async () => {
  await move("Planning");
  spoil(world, "pages.update", "before", { status: 400, code: "validation_error" });
  await world.pass(minute);
  expect(await shows()).toMatchObject({ Stage: "Planning" });
  expect(await problemsOf(world)).toMatchObject([{ code: "notion_refused", pageId: project }]);
  await world.pass(20 * minute);
  await putBack();
});

test("an outage of Notion is over in /status once it is over", async () => {
  await move("Planning");
  let down = true;
  world.workspace.control.setHook({
    before: () => (down ? { status: 502, html: "<h1>502</h1>" } : undefined),
  });
  await world.pass(12 * minute);
  expect((await problemsOf(world)).length).toBeGreaterThan(0);
  down = false;
  await world.pass(20 * minute);
  await putBack();
});
