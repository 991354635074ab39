import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  codesOf,
  expectHealed,
  type FaultWorld,
  hour,
  localOf,
  minute,
  prepareScene,
  type Scene,
  untilQuiet,
} from "../support/fault-scene.ts";
import type { Prepared } from "../support/prepared-world.ts";
import { lastRequest, problemsOf, writesAfter } from "../support/requests.ts";
import { cellsOf, commentTexts, edit } from "../support/rows.ts";

/** Friday, 27 November 2026, 08:20 in Berlin; summaries are due at nine. */
const fridayMorning = Date.parse("2026-11-27T07:20:00Z");
const nine = Date.parse("2026-11-27T08:00:00Z");

let prepared: Prepared<Scene>;
let world: FaultWorld;
let project: string;
beforeAll(async () => {
  prepared = await prepareScene({ startAt: fridayMorning });
});
beforeEach(() => {
  world = prepared.open({ pollSeconds: 60, service: { webhookTokens: [] } });
  ({ project } = world.there);
  world.workspace.control.disturbWebhooks({ lose: 1 });
});
afterEach(() => world.close());
afterAll(() => prepared.drop());

const dana = () => world.as("Dana Reyes");
const refused = (to: string) => ({ by: "Dana Reyes", from: "Intake", to, allowed: false });

/** An edit and a move that polling alone can find, in at most `within`. */
const found = async (client: string, within: number): Promise<void> => {
  await edit(dana(), "projects", project, { Client: client, Stage: "Planning" });
  await world.pass(within);
  expect(localOf(world, project)).toMatchObject({ client });
  expect((await cellsOf(dana(), project)).Stage).toBe("Intake");
};

describe("the service's clock", () => {
  test.for([10 * minute, -10 * minute])(
    "F34: off by %i ms loses no edit and no verdict; it is named, what is due by the clock waits, and it is trusted when it is right",
    async (off) => {
      const updates = async (): Promise<number> => {
        const { results } = await dana().dataSources.query({ data_source_id: world.there.sources.updates });
        return results.length;
      };
      await edit(dana(), "projects", project, { "Client letters": "Review first" });
      await world.pass(nine - 8 * minute - world.clock.now());
      world.setClock(off);
      await world.pass(minute);
      await found("Acme", 3 * minute);
      await found("Globex", 3 * minute);
      expect(await problemsOf(world)).toMatchObject([
        { code: "clock_skewed", pageId: null, todo: expect.stringContaining("time synchronisation") },
      ]);
      // By a clock that is ahead the week's summary is due already.
      expect(await updates()).toBe(0);
      world.setClock(0);
      await world.pass(4 * minute);
      expect(await updates()).toBe(1);
      expect(await codesOf(world)).toEqual([]);
      await world.pass(untilQuiet);
      await expectHealed(world);
    },
  );

  test("F34: set back an hour keeps nothing waiting that hour", async () => {
    await edit(dana(), "projects", project, { Stage: "Planning" });
    await world.pass(30_000);
    world.setClock(-hour);
    await found("Acme", 3 * minute);
    expect(await codesOf(world)).toEqual(["clock_skewed"]);
    world.setClock(0);
    await world.pass(untilQuiet);
    await expectHealed(world);
  });

  test("F34: right only after the start keeps no word to the team and no look for lost pages waiting that hour", async () => {
    const { milestone } = world.there;
    world.setClock(hour);
    world.restart();
    await world.pass(20 * minute);
    world.setClock(0);
    await found("Acme", 3 * minute);
    expect(await commentTexts(dana(), project)).toHaveLength(1);
    world.workspace.control.trash(milestone);
    await world.pass(20 * minute);
    expect(world.store.exec("SELECT state FROM pages WHERE page_id = ?", milestone)).toEqual([
      { state: "trashed" },
    ]);
  });

  test("F34: set back while a start is refused, it keeps no word to the team waiting that hour", async () => {
    const refuses = (refused: (path: string) => boolean, status: number, code: string): void =>
      world.setNetwork(async ({ path }, goOn) =>
        refused(path) ? Response.json({ object: "error", status, code, message: "" }, { status }) : goOn(),
      );
    refuses((path) => path === "/v1/comments", 409, "conflict_error");
    await edit(dana(), "projects", project, { Stage: "Planning" });
    await world.pass(90_000);
    refuses(() => true, 401, "unauthorized");
    world.setClock(-hour);
    world.store.exec("UPDATE meta SET value = 'another' WHERE key = 'connection'");
    world.restart();
    await world.pass(5 * minute);
    world.setNetwork(null);
    await world.pass(5 * minute);
    expect(await commentTexts(dana(), project)).toHaveLength(1);
  });

  test("F34: set back while a listing waits for the budget, it loses no edit of the next hour", async () => {
    const { risks } = world.there.sources;
    await edit(dana(), "risks", world.there.risk, { Title: "Before" });
    world.setNetwork(async ({ path }, goOn) =>
      path.includes(`${risks}/query`) ? new Response("", { status: 502 }) : goOn(),
    );
    await world.pass(minute);
    world.setClock(-hour);
    world.setNetwork(null);
    await world.pass(2 * minute);
    await edit(dana(), "risks", world.there.risk, { Title: "After" });
    await world.pass(3 * minute);
    expect(localOf(world, world.there.risk)).toMatchObject({ title: "After" });
  });

  test("F34: that stands still for twenty minutes loses no poll once it goes on", async () => {
    world.setClock(null);
    await edit(dana(), "projects", project, { Client: "Acme", Stage: "Planning" });
    await world.pass(20 * minute);
    world.setClock(0);
    await world.pass(3 * minute);
    expect(localOf(world, project)).toMatchObject({ client: "Acme" });
    await world.pass(untilQuiet);
    await expectHealed(world, { project, moves: [refused("Planning")] });
  });

  test("F34: right, beside a Notion whose Date is wrong, loses no edit", async () => {
    world.setNetwork(async (_request, goOn) => {
      const answer = await goOn();
      const headers = new Headers(answer.headers);
      headers.set("date", new Date(world.clock.now() - 10 * minute).toUTCString());
      return new Response(await answer.text(), { status: answer.status, headers });
    });
    await world.pass(2 * minute);
    await found("Acme", 2 * minute);
    expect(await codesOf(world)).toEqual(["clock_skewed"]);
    world.setNetwork(null);
    await world.pass(2 * minute);
    await expectHealed(world, { project, moves: [refused("Planning")] });
  });
});

describe("dates around a change of the clocks", () => {
  const zoned = (start: string, time_zone: string | null = null) => ({ date: { start, time_zone } });

  test.for([
    {
      what: "a plain day on which clocks change",
      cell: zoned("2026-03-29"),
      held: { start: "2026-03-29", end: null, zone: null },
    },
    { what: "29 February", cell: zoned("2028-02-29"), held: { start: "2028-02-29", end: null, zone: null } },
    {
      what: "half past two that is not there",
      cell: zoned("2026-03-29T02:30:00", "Europe/Berlin"),
      held: null,
    },
    { what: "the first half past two of two", cell: zoned("2026-10-25T02:30:00+02:00"), held: null },
    { what: "the second half past two of two", cell: zoned("2026-10-25T02:30:00+01:00"), held: null },
  ])(
    "F35: $what is held as Notion gives it, and not shifted by anything written beside it",
    async ({ cell, held }) => {
      await edit(dana(), "projects", project, { "Agreed delivery": cell });
      await world.pass(2 * minute);
      const [shown, kept] = [
        (await cellsOf(dana(), project))["Agreed delivery"],
        localOf(world, project).agreedDelivery,
      ];
      if (held !== null) expect(kept).toEqual(held);
      const before = lastRequest(world);
      await edit(dana(), "projects", project, { Stage: "Planning" });
      await world.pass(3 * minute);
      expect(writesAfter(world, before).length).toBeGreaterThan(0);
      expect((await cellsOf(dana(), project))["Agreed delivery"]).toBe(shown);
      expect(localOf(world, project).agreedDelivery).toEqual(kept);
      await expectHealed(world);
    },
  );
});
