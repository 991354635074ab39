import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  codesOf,
  deliver,
  editEvent,
  expectHealed,
  type FaultWorld,
  hour,
  localOf,
  minute,
  prepareScene,
  type Scene,
} from "../support/fault-scene.ts";
import type { Prepared } from "../support/prepared-world.ts";
import { lastRequest, problemsOf, requestsAfter } from "../support/requests.ts";
import { type DataSources, edit } from "../support/rows.ts";
import { publicUrl } from "../support/world.ts";

let prepared: Prepared<Scene>;
let world: FaultWorld;
let sources: DataSources;
let project: string;
beforeAll(async () => {
  prepared = await prepareScene();
});
beforeEach(() => {
  world = prepared.open();
  ({ sources, project } = world.there);
});
afterEach(() => world.close());
afterAll(() => prepared.drop());

const setClient = (client: string): Promise<void> =>
  edit(world.as("Dana Reyes"), "projects", project, { Client: client });
const readsOf = (after: number, pageId: string): number =>
  requestsAfter(world, after).filter(({ method, path }) => method === "GET" && path.endsWith(pageId)).length;

describe("webhooks that are all lost", () => {
  beforeEach(() => world.close());

  test("F28: polling finds every edit within two minutes, and /status names the silence until an event arrives", async () => {
    world = prepared.open({ pollSeconds: 60 });
    world.workspace.control.disturbWebhooks({ lose: 1 });
    for (let round = 0; round < 6; round += 1) {
      await setClient(`Acme ${round}`);
      await world.pass(2 * minute);
      expect(localOf(world, project)).toMatchObject({ client: `Acme ${round}` });
      if (round < 4) expect(await codesOf(world)).toEqual([]);
    }
    expect(await problemsOf(world)).toMatchObject([
      { code: "webhook_silent", pageId: null, todo: expect.stringContaining("/webhooks/notion") },
    ]);
    world.workspace.control.disturbWebhooks({});
    await setClient("Globex");
    await world.pass(2 * minute);
    await expectHealed(world);
  });

  test("F28: after a whole day without them nothing is missing", async () => {
    world = prepared.open({ pollSeconds: 3_600 });
    world.workspace.control.disturbWebhooks({ lose: 1 });
    for (let passed = 0; passed < 24; passed += 6) {
      await setClient(`Hour ${passed}`);
      await edit(world.as("Pablo Ortiz"), "projects", project, { Stage: "Planning" });
      await world.pass(6 * hour);
      expect(localOf(world, project)).toMatchObject({ client: `Hour ${passed}` });
    }
    expect(await codesOf(world)).toEqual(["webhook_silent"]);
    expect(
      world.store.exec(
        "SELECT outcome FROM transitions WHERE page_id = ? AND property = 'stage' AND outcome = 'refused'",
        project,
      ),
    ).toHaveLength(4);
    await deliver(world, editEvent(world, project));
    await world.pass(minute);
    await expectHealed(world);
  });
});

describe("an event", () => {
  const day = 24 * hour;

  test("F29: that comes a hundred times costs one read and changes nothing", async () => {
    world.workspace.control.disturbWebhooks({ lose: 1 });
    await setClient("Acme");
    const event = { ...editEvent(world, project), id: randomUUID() };
    const before = lastRequest(world);
    for (let time = 0; time < 100; time += 1) expect(await deliver(world, event)).toBe(200);
    await world.pass(minute);
    expect(readsOf(before, project)).toBe(1);
    expect(localOf(world, project)).toMatchObject({ client: "Acme" });
    await expectHealed(world);
  });

  test.for([
    { what: "a day late", by: -day },
    { what: "from tomorrow", by: day },
  ])("F29: that comes $what only has the page read", async ({ by }) => {
    world.workspace.control.disturbWebhooks({ lose: 1 });
    await setClient("Acme");
    await setClient("Globex");
    const before = lastRequest(world);
    await deliver(world, editEvent(world, project, world.clock.now() + by));
    await world.pass(minute);
    expect(readsOf(before, project)).toBe(1);
    expect(localOf(world, project)).toMatchObject({ client: "Globex" });
    await expectHealed(world);
  });

  test("F29: that overtakes others, or comes twice, leads to the same end", async () => {
    world.workspace.control.disturbWebhooks({ duplicate: 0.5, reorder: 0.9 });
    const before = lastRequest(world);
    for (const client of ["Acme", "Globex", "Initech"]) {
      await setClient(client);
      await edit(world.as("Pablo Ortiz"), "projects", project, { Stage: "Planning" });
      await world.pass(20_000);
    }
    await world.pass(10 * minute);
    expect(localOf(world, project)).toMatchObject({ client: "Initech" });
    expect(readsOf(before, project)).toBeLessThan(20);
    await expectHealed(world);
  });
});

describe("a storm of events", () => {
  const pages = 100;
  const eventsOfEach = 10;

  /** Contacts that Milepost knows, each of them edited now. */
  const edited = async (): Promise<readonly string[]> => {
    const rows = Array.from({ length: pages }, (_, index) => ({
      Name: { title: [{ text: { content: `Contact ${index}` } }] },
    }));
    const made = world.workspace.control.seedRows(sources.contacts, rows);
    await world.pass(15 * minute);
    world.workspace.control.disturbWebhooks({ lose: 1 });
    return made;
  };
  const refuse = async (init: RequestInit): Promise<number> => {
    const request = new Request(`${publicUrl}/webhooks/notion`, { method: "POST", ...init });
    return (await world.service().app.fetch(request)).status;
  };
  const mostInAMinute = (after: number): number => {
    const times = requestsAfter(world, after).map(({ at }) => at);
    return Math.max(...times.map((end) => times.filter((at) => at > end - minute && at <= end).length));
  };

  test("F30: a thousand events about a hundred pages are taken, each page is read once at most, and an older mark comes first", async () => {
    const made = await edited();
    await setClient("Acme");
    const before = lastRequest(world);
    expect(await deliver(world, { ...editEvent(world, project), type: "page.moved" })).toBe(200);
    for (let time = 0; time < eventsOfEach; time += 1)
      for (const pageId of made)
        expect(await deliver(world, { ...editEvent(world, pageId), type: "page.moved" })).toBe(200);
    await world.pass(3 * minute);
    const read = requestsAfter(world, before).filter(({ operation }) => operation === "pages.retrieve");
    expect(read[0]?.path).toContain(project);
    for (const pageId of made) expect(readsOf(before, pageId)).toBe(1);
    expect(mostInAMinute(before)).toBeLessThanOrEqual(144);
    expect(localOf(world, project)).toMatchObject({ client: "Acme" });
    await expectHealed(world);
  });

  test("F31: forged and oversized requests in the middle of it are refused, and the genuine ones do not notice", async () => {
    const made = await edited();
    await setClient("Acme");
    const before = lastRequest(world);
    const forged = JSON.stringify(editEvent(world, project));
    const answers: number[] = [];
    for (const [index, pageId] of made.entries()) {
      answers.push(
        await refuse({ body: forged, headers: { "x-notion-signature": `sha256=${"0".repeat(64)}` } }),
      );
      if (index % 10 === 0) answers.push(await refuse({ body: "x".repeat(70_000) }));
      expect(await deliver(world, editEvent(world, pageId))).toBe(200);
    }
    expect(await deliver(world, editEvent(world, project))).toBe(200);
    expect(new Set(answers)).toEqual(new Set([401, 413]));
    await world.pass(3 * minute);
    expect(localOf(world, project)).toMatchObject({ client: "Acme" });
    const asked = requestsAfter(world, before)
      .map(({ path }) => path)
      .join();
    expect(asked).not.toContain("undefined");
    const { counters } = (await (await world.service().app.request("/status")).json()) as {
      counters: Record<string, number>;
    };
    expect(counters).toMatchObject({ webhook_refused_signature: 100, webhook_refused_too_large: 10 });
    await expectHealed(world);
  });
});
