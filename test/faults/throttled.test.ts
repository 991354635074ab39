import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import {
  codesOf,
  deliver,
  editEvent,
  expectHealed,
  type FaultWorld,
  minute,
  prepareScene,
  type Scene,
  spoil,
  untilQuiet,
} from "../support/fault-scene.ts";
import type { Prepared } from "../support/prepared-world.ts";
import { lastRequest, problemsOf, requestsAfter } from "../support/requests.ts";
import { cellsOf, edit } from "../support/rows.ts";

let prepared: Prepared<Scene>;
let world: FaultWorld;
beforeAll(async () => {
  prepared = await prepareScene();
});
beforeEach(() => {
  world = prepared.open();
});
afterEach(() => world.close());
afterAll(() => prepared.drop());

const move = { by: "Dana Reyes", from: "Intake", to: "Planning", allowed: false } as const;
const dirty = (): number => world.store.exec("SELECT 1 FROM dirty_pages").length;

type Refusal = {
  readonly status: number;
  readonly code: string;
  readonly headers?: Record<string, string>;
  readonly additionalData?: Record<string, string>;
};

/** A move that is put back by a PATCH which Notion answers with a pause; the time of that answer. */
const metByPause = async (refusal: Refusal): Promise<{ readonly seq: number; readonly at: number }> => {
  spoil(world, "pages.update", "before", refusal);
  const before = lastRequest(world);
  await edit(world.as("Dana Reyes"), "projects", world.there.project, { Stage: "Planning" });
  for (let waited = 0; waited < 2 * minute; waited += 1_000) {
    await world.pass(1_000);
    const met = requestsAfter(world, before).find(({ status }) => status === refusal.status);
    if (met) return met;
  }
  throw new Error("no write met the pause");
};

/** Nothing is asked inside the pause, intake goes on, and work goes on in the instant in which the pause ends. */
const sitsOut = async (met: { seq: number; at: number }, length: number): Promise<void> => {
  const isLong = length > 5 * minute;
  expect(await deliver(world, editEvent(world, world.there.risk))).toBe(200);
  expect(dirty()).toBeGreaterThan(0);
  await world.pass(met.at + length - 1 - world.clock.now());
  expect(requestsAfter(world, met.seq)).toEqual([]);
  expect(await codesOf(world)).toEqual(isLong ? ["notion_throttled"] : []);
  await world.pass(1);
  expect(requestsAfter(world, met.seq)[0]?.at).toBe(met.at + length);
  await world.pass(untilQuiet);
  expect((await cellsOf(world.as("Dana Reyes"), world.there.project)).Stage).toBe("Intake");
  await expectHealed(world, { project: world.there.project, moves: [move] });
};

const second = 1_000;

/** What `Retry-After` says at a moment; null where it is missing. */
type Header = (now: number) => string | null;
const says =
  (text: string | null): Header =>
  () =>
    text;
const inNinetySeconds: Header = (now) => new Date(now + 90 * second).toUTCString();

test.for<readonly [string, Header, number]>([
  ["of 1 second", says("1"), second],
  ["of 30 seconds", says("30"), 30 * second],
  ["of 60 seconds", says("60"), minute],
  ["of 600 seconds, without a cap and named in /status", says("600"), 10 * minute],
  ["of no stated length", says(null), minute],
  ["of abc", says("abc"), minute],
  ["of a negative length", says("-5"), minute],
  ["until an HTTP date", inNinetySeconds, 90 * second],
])("F1: a 429 with a pause %s is sat out exactly, and all else goes on", async ([, header, length]) => {
  const refusal = {
    ...{ status: 429, code: "rate_limited" },
    get headers(): Record<string, string> {
      const said = header(world.clock.now());
      return said === null ? {} : { "retry-after": said };
    },
  };
  await sitsOut(await metByPause(refusal), length);
});

test("F2: a 429 for the whole workspace pauses everything, and is named in /status if it lasts more than five minutes", async () => {
  const additionalData = { rate_limit_reason: "public_api_space_request_rate_limit", retry_after: "420" };
  const met = await metByPause({ status: 429, code: "rate_limited", additionalData });
  const [problem, ...others] = await problemsOf(world);
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ code: "notion_throttled", pageId: null, database: null });
  expect(problem?.detail).toContain("public_api_space_request_rate_limit, until 2026-");
  expect(problem?.todo).toContain("work goes on when the pause ends");
  expect((await world.service().app.request("/ready")).status).toBe(200);
  await sitsOut(met, 7 * minute);
});

test("F2: short pauses that follow each other for more than five minutes are named too, until one request gets through", async () => {
  let paused = true;
  const refusal = { status: 429, code: "rate_limited", headers: { "retry-after": "60" } };
  world.workspace.control.setHook({
    before: ({ actorId }) => (paused && actorId === world.workspace.botId ? refusal : undefined),
  });
  await edit(world.as("Dana Reyes"), "projects", world.there.project, { Stage: "Planning" });
  await world.pass(4 * minute);
  expect(await codesOf(world)).toEqual([]);
  await world.pass(4 * minute);
  expect(await codesOf(world)).toEqual(["notion_throttled"]);
  paused = false;
  await world.pass(2 * untilQuiet);
  await expectHealed(world, { project: world.there.project, moves: [move] });
});

test.for([30, 600])(
  "F3: a 529 of %i seconds on a write is sat out as a 429 is, and the write is made once",
  async (seconds) => {
    const headers = { "retry-after": String(seconds) };
    const met = await metByPause({ status: 529, code: "service_overload", headers });
    await sitsOut(met, seconds * 1_000);
    const writes = requestsAfter(world, met.seq).filter(
      ({ method, path }) => method === "PATCH" && path.endsWith(world.there.project),
    );
    expect(writes).toHaveLength(1);
  },
);
