import { createHmac, randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { setUpWorld } from "../support/prepared-world.ts";
import { lastRequest, personId, problemsOf, requestsAfter } from "../support/requests.ts";
import { addRow, type DataSources, dataSources, edit } from "../support/rows.ts";
import { type World, webhookToken } from "../support/world.ts";

const minute = 60_000;

let world: World;
let sources: DataSources;

const open = async (options: Parameters<typeof setUpWorld>[0] = {}): Promise<void> => {
  world = await setUpWorld({ webhooks: false, ...options });
  sources = await dataSources(world.as("Dana Reyes"));
};

beforeEach(() => open());
afterEach(() => world.close());

const contacts = async (count: number): Promise<string[]> => {
  const pages: string[] = [];
  for (let index = 0; index < count; index++) {
    const name = index % 2 === 0 ? "Dana Reyes" : "Pablo Ortiz";
    pages.push(await addRow(world.as(name), sources, "contacts", { Name: `Contact ${index}` }));
  }
  return pages;
};

const deliver = async (event: object): Promise<number> => {
  const body = JSON.stringify({
    ...{ id: randomUUID(), workspace_id: world.workspace.workspaceId, attempt_number: 1 },
    ...event,
  });
  const signature = `sha256=${createHmac("sha256", webhookToken).update(body).digest("hex")}`;
  const response = await world.service().app.request("/webhooks/notion", {
    ...{ method: "POST", body },
    headers: { "content-type": "application/json", "x-notion-signature": signature },
  });
  return response.status;
};

const edited = (pageId: string, more: object = {}) => ({
  ...{ type: "page.properties_updated", entity: { id: pageId, type: "page" } },
  timestamp: new Date(world.clock.now()).toISOString(),
  authors: [{ id: personId(world, "Dana Reyes"), type: "person" }],
  data: { parent: { data_source_id: sources.contacts } },
  ...more,
});

const localOf = (pageId: string): Record<string, unknown> =>
  JSON.parse(String(world.store.exec("SELECT local FROM pages WHERE page_id = ?", pageId)[0]?.local));

const ofContacts = (after: number) =>
  requestsAfter(world, after).filter(({ operation, path }) =>
    operation === "data_sources.query" ? path.includes(sources.contacts) : true,
  );

test("a hundred edits that webhooks tell of cost two requests", async () => {
  const pages = await contacts(100);
  await world.pass(5 * minute);
  for (const pageId of pages) {
    await edit(world.as("Dana Reyes"), "contacts", pageId, { Phone: "+49 30 1" });
    expect(await deliver(edited(pageId))).toBe(200);
  }
  const before = lastRequest(world);
  await world.pass(1_000);
  expect(ofContacts(before).length).toBeLessThanOrEqual(2);
  for (const pageId of pages) expect(localOf(pageId).phone).toBe("+49 30 1");
  expect(world.store.exec("SELECT * FROM dirty_pages")).toEqual([]);
});

test("a hundred edits whose events trickle in are read together, each within ten seconds, the first ones at once", async () => {
  const pages = await contacts(100);
  await world.pass(5 * minute);
  for (const pageId of pages) await edit(world.as("Dana Reyes"), "contacts", pageId, { Phone: "+49 30 1" });
  const before = lastRequest(world);
  const waits: number[] = [];
  for (const pageId of pages) {
    await deliver(edited(pageId));
    await world.pass(100);
    waits.push(Number(world.store.exec("SELECT count(*) AS count FROM dirty_pages")[0]?.count));
  }
  expect(waits.slice(0, 4)).toEqual([0, 0, 0, 0]);
  await world.pass(10_000);
  expect(world.store.exec("SELECT * FROM dirty_pages")).toEqual([]);
  for (const pageId of pages) expect(localOf(pageId).phone).toBe("+49 30 1");
  expect(ofContacts(before).length).toBeLessThanOrEqual(4 + 2 + 2);
});

test("pages whose row does not yet show the edit are read by themselves", async () => {
  const pages = await contacts(12);
  await world.pass(5 * minute);
  // The rows say nothing of an edit in this minute.
  for (const pageId of pages) await deliver(edited(pageId));
  const before = lastRequest(world);
  await world.pass(1_000);
  const reads = requestsAfter(world, before).filter(({ operation }) => operation === "pages.retrieve");
  expect(reads).toHaveLength(pages.length);
});

test("pages are read by themselves, and the budget is kept, while their database cannot be listed", async () => {
  const pages = await contacts(12);
  await world.pass(5 * minute);
  let listings = 0;
  world.setNetwork(async ({ path }, goOn) => {
    if (!path.includes(`${sources.contacts}/query`)) return goOn();
    listings += 1;
    return new Response("", { status: 502 });
  });
  for (const pageId of pages) {
    await edit(world.as("Dana Reyes"), "contacts", pageId, { Phone: "+49 30 1" });
    await deliver(edited(pageId));
  }
  await world.pass(5_000);
  for (const pageId of pages) expect(localOf(pageId).phone).toBe("+49 30 1");
  expect(listings).toBe(1);
});

test("a page that went into the trash without a webhook is noticed within a quarter of an hour", async () => {
  const [pageId = ""] = await contacts(3);
  await world.pass(5 * minute);
  world.workspace.control.trash(pageId);
  await world.pass(16 * minute);
  expect(world.store.exec("SELECT state FROM pages WHERE page_id = ?", pageId)).toEqual([
    { state: "trashed" },
  ]);
});

test("F13: every row is found though Notion ends each listing early, all of them edited in one minute", async () => {
  const count = 120;
  const made: string[] = [];
  for (let index = 0; index < count; index++) {
    if (index % 40 === 0) await world.clock.advance(minute);
    made.push(...(await contacts(1)));
  }
  await world.clock.advance(minute);
  for (const pageId of made) await edit(world.as("Quinn Abbott"), "contacts", pageId, { Phone: "7" });
  cutListings(60);
  world.startAnew();
  await world.pass(3 * minute);
  const known = world.store.exec("SELECT page_id FROM pages WHERE database = 'contacts'");
  expect(known).toHaveLength(count);
});

/** Notion stops after 10,000 rows and says so; here after fewer. */
const cutListings = (limit: number): void => {
  world.setNetwork(async ({ path }, goOn) => {
    const response = await goOn();
    if (!path.includes(`${sources.contacts}/query`)) return response;
    const list = (await response.json()) as { results: unknown[]; has_more: boolean };
    if (list.results.length <= limit && !list.has_more) return Response.json(list);
    return Response.json({
      ...list,
      ...{ results: list.results.slice(0, limit), has_more: false, next_cursor: null },
      request_status: { type: "incomplete", incomplete_reason: "query_result_limit_reached" },
    });
  });
};

test("edits that only polling finds are named as a fault of the webhooks, until one arrives", async () => {
  const [pageId = ""] = await contacts(2);
  await world.pass(5 * minute);
  await edit(world.as("Dana Reyes"), "contacts", pageId, { Phone: "1" });
  await world.pass(5 * minute);
  expect(await problemsOf(world)).toEqual([]);
  await world.pass(10 * minute);
  expect((await problemsOf(world)).map(({ code }) => code)).toEqual(["webhook_silent"]);
  await deliver(edited(pageId));
  expect(await problemsOf(world)).toEqual([]);
});

test("a clock that differs from Notion's by more than two minutes is named, and again trusted when it is right", async () => {
  const dated = (ms: number) => async (_request: unknown, goOn: () => Promise<Response>) => {
    const response = await goOn();
    const headers = new Headers(response.headers);
    headers.set("date", new Date(world.clock.now() + ms).toUTCString());
    return new Response(await response.text(), { status: response.status, headers });
  };
  world.setNetwork(dated(3 * minute));
  await world.pass(2 * minute);
  expect((await problemsOf(world)).map(({ code }) => code)).toEqual(["clock_skewed"]);
  world.setNetwork(dated(0));
  await world.pass(2 * minute);
  expect(await problemsOf(world)).toEqual([]);
});

test("F32: a value that a person set between our read and our write is told as suspected overwrite", async () => {
  const dana = world.as("Dana Reyes");
  const project = await addRow(dana, sources, "projects", { Name: "Lead bot" });
  const risk = await addRow(dana, sources, "risks", { Title: "No data", Project: project });
  await world.pass(5 * minute);
  let score = "";
  world.setNetwork(async ({ method, path }, goOn) => {
    if (method === "PATCH" && path.includes(risk) && score === "") {
      await edit(world.as("Pablo Ortiz"), "risks", risk, { Score: { number: 9 } });
      const change = world.workspace.control.journal().findLast(({ objectId }) => objectId === risk);
      score = encodeURIComponent(change?.properties?.[0] ?? "");
    }
    return goOn();
  });
  await edit(dana, "risks", risk, { Likelihood: "High", Impact: "Medium" });
  await deliver(edited(risk, { data: {} }));
  await world.pass(2 * minute);
  expect(localOf(risk).score).toBe(6);
  expect(await problemsOf(world)).toEqual([]);
  const written = world.store.exec("SELECT from_at FROM write_windows WHERE page_id = ?", risk)[0]?.from_at;
  const timestamp = new Date(Number(written)).toISOString();
  await deliver(edited(risk, { timestamp, data: { updated_properties: [score] } }));
  const named = { code: "suspected_overwrite", pageId: risk, database: "risks", detail: 'property "Score"' };
  expect(await problemsOf(world)).toMatchObject([named]);
  world.store.exec("UPDATE problems SET since = since - ?", 7 * 24 * 60 * minute);
  await world.pass(minute);
  expect((await problemsOf(world)).map(({ code }) => code)).not.toContain("suspected_overwrite");
});

test("two edits a minute on one page for 500 minutes without webhooks: no final value of a minute is lost", {
  timeout: 120_000,
}, async () => {
  const [pageId = ""] = await contacts(1);
  await world.pass(5 * minute);
  for (let passed = 0; passed < 500; passed++) {
    await edit(world.as("Dana Reyes"), "contacts", pageId, { Phone: `${passed} first` });
    await world.pass(20_000 + (passed % 7) * 1_000);
    await edit(world.as("Pablo Ortiz"), "contacts", pageId, { Phone: `${passed} last` });
    // The next minute's edits come when two polls had the time to see this one's.
    await world.pass(minute - (20_000 + (passed % 7) * 1_000));
  }
  await world.pass(3 * minute);
  expect(localOf(pageId).phone).toBe("499 last");
  const seen = world.store
    .exec(
      "SELECT to_value FROM journal WHERE page_id = ? AND property = 'phone' AND kind = 'adopted'",
      pageId,
    )
    .map((row) => String(row.to_value));
  expect(seen.length).toBeGreaterThan(490);
});
