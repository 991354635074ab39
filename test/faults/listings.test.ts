import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { databases } from "../../notion-templates/databases.ts";
import { codesOf, expectHealed, localOf, minute } from "../support/fault-scene.ts";
import { type Prepared, prepareWorld } from "../support/prepared-world.ts";
import { lastRequest, problemsOf, requestsAfter } from "../support/requests.ts";
import { type DataSources, dataSources, edit } from "../support/rows.ts";
import type { World } from "../support/world.ts";

/** Seven pages of a listing; made in one minute. */
const contacts = 620;
const otherDatabases = Object.keys(databases).length - 1;

type There = { readonly sources: DataSources; readonly pages: readonly string[] };
let prepared: Prepared<There>;
let world: World & { readonly there: There };
let sources: DataSources;

beforeAll(async () => {
  prepared = await prepareWorld(
    { webhooks: false, pollSeconds: 600, service: { webhookTokens: [] } },
    async (made) => {
      await made.pass(minute);
      const found = await dataSources(made.as("Dana Reyes"));
      const rows = Array.from({ length: contacts }, (_, index) => ({
        Name: { title: [{ text: { content: `Contact ${index}` } }] },
      }));
      const pages = made.workspace.control.seedRows(found.contacts, rows);
      await made.pass(25 * minute);
      return { sources: found, pages };
    },
  );
});
beforeEach(() => {
  world = prepared.open();
  ({ sources } = world.there);
});
afterEach(() => world.close());
afterAll(() => prepared.drop());

const rowsIn = (state: string): number =>
  Number(
    world.store.exec("SELECT count(*) AS n FROM pages WHERE database = 'contacts' AND state = ?", state)[0]
      ?.n,
  );
const stateOf = (pageId: string) =>
  world.store.exec("SELECT state FROM pages WHERE page_id = ?", pageId)[0]?.state;
const pollOfContacts = () =>
  world.store.exec("SELECT watermark, whole_since, whole_due FROM polls WHERE database = 'contacts'")[0];
const queries = (after: number): number =>
  requestsAfter(world, after).filter(({ path }) => path.includes(sources.contacts)).length;

type Meet = (nth: number, goOn: () => Promise<Response>) => Promise<Response>;

/** Meets each query of Contacts, with its place in the listing that it belongs to. */
const meetListing = (meet: Meet): void => {
  let [at, nth] = [0, 0];
  world.setNetwork(async ({ path }, goOn) => {
    if (!path.includes(`${sources.contacts}/query`)) return goOn();
    nth = world.clock.now() === at ? nth + 1 : 1;
    at = world.clock.now();
    return meet(nth, goOn);
  });
};

/** Until all rows have been listed once more. */
const listed = async (): Promise<void> => {
  const due = Number(pollOfContacts()?.whole_due);
  for (let turn = 0; turn < 60 && Number(pollOfContacts()?.whole_due) === due; turn += 1)
    await world.pass(minute);
};

const invalidCursor = (): Response =>
  Response.json(
    {
      object: "error",
      status: 400,
      code: "validation_error",
      message: "The start_cursor provided is invalid",
    },
    { status: 400 },
  );

test("F10: a listing of which the third page of seven fails moves nothing and deletes nothing, is named, and is made again", async () => {
  const [gone = ""] = world.there.pages;
  world.workspace.control.trash(gone);
  let broken = 0;
  let before: unknown;
  meetListing(async (nth, goOn) => {
    if (broken === 0) before = pollOfContacts();
    if (nth !== 3 || broken === 3) return goOn();
    broken += 1;
    return new Response("<h1>502</h1>", { status: 502, headers: { "content-type": "text/html" } });
  });
  while (broken === 0) await world.pass(minute);
  expect(pollOfContacts()).toEqual(before);
  expect(rowsIn("live")).toBe(contacts);
  expect(await problemsOf(world)).toMatchObject([
    { code: "notion_unknown", database: "contacts", pageId: null, todo: expect.stringContaining("Nothing") },
  ]);
  await listed();
  await world.pass(2 * minute);
  expect(broken).toBe(3);
  expect([rowsIn("live"), stateOf(gone)]).toEqual([contacts - 1, "trashed"]);
  await expectHealed(world);
});

test("F11: a listing whose cursor becomes invalid in the middle is begun anew, and doubles nothing", async () => {
  let broken = false;
  meetListing(async (nth, goOn) => {
    if (nth !== 4 || broken) return goOn();
    broken = true;
    return invalidCursor();
  });
  const before = lastRequest(world);
  await listed();
  expect(broken).toBe(true);
  expect(queries(before)).toBeGreaterThanOrEqual(10);
  expect(rowsIn("live")).toBe(contacts);
  await expectHealed(world);
});

test("F11: one whose cursors are always invalid is given up after four tries, named, and holds up nothing else", async () => {
  let broken = true;
  let asked = 0;
  meetListing(async (nth, goOn) => {
    asked += 1;
    return broken && nth > 1 && asked % 2 === 0 ? invalidCursor() : goOn();
  });
  const due = Number(pollOfContacts()?.whole_due);
  await world.pass(due - world.clock.now() + 11 * minute);
  expect(await problemsOf(world)).toMatchObject([
    { code: "notion_refused", database: "contacts", pageId: null },
  ]);
  expect(rowsIn("live")).toBe(contacts);
  const before = lastRequest(world);
  asked = 0;
  await world.pass(minute);
  expect(asked).toBeLessThanOrEqual(8);
  await world.pass(11 * minute);
  const others = requestsAfter(world, before).filter(
    ({ operation, path }) => operation === "data_sources.query" && !path.includes(sources.contacts),
  );
  expect(others.length).toBeGreaterThanOrEqual(otherDatabases);
  broken = false;
  await world.pass(2 * minute);
  await listed();
  await expectHealed(world);
});

test("F12: rows that are edited and trashed while they are listed are neither lost nor doubled", async () => {
  const [gone = "", edited = ""] = world.there.pages;
  let met = false;
  meetListing(async (nth, goOn) => {
    const answer = await goOn();
    if (nth === 2 && !met) {
      met = true;
      // What lies behind the trashed row comes a place forward, and the edited row comes last, a second time.
      world.workspace.control.trash(gone);
      await edit(world.as("Dana Reyes"), "contacts", edited, { Phone: "+49 30 1" });
    }
    return answer;
  });
  await listed();
  expect(met).toBe(true);
  await world.pass(25 * minute);
  expect([rowsIn("live"), rowsIn("trashed"), stateOf(gone)]).toEqual([contacts - 1, 1, "trashed"]);
  expect(localOf(world, edited)).toMatchObject({ phone: "+49 30 1" });
  await expectHealed(world);
});

test("F13: rows that cannot be told apart beyond Notion's limit are named, and the rest is not taken for deleted", async () => {
  let limit = 300;
  world.setNetwork(async ({ path }, goOn) => {
    const response = await goOn();
    if (!path.includes(`${sources.contacts}/query`)) return response;
    const list = (await response.json()) as { results: unknown[]; has_more: boolean };
    limit -= list.results.length;
    if (limit > 0 || !list.has_more) return Response.json(list);
    limit = 300;
    return Response.json({
      ...{ ...list, has_more: false, next_cursor: null },
      request_status: { type: "incomplete", incomplete_reason: "query_result_limit_reached" },
    });
  });
  await listed();
  await world.pass(minute);
  expect(await problemsOf(world)).toMatchObject([
    { code: "listing_cut", database: "contacts", todo: expect.stringContaining("another minute") },
  ]);
  await world.pass(2 * minute);
  expect(rowsIn("live")).toBe(contacts);
  world.setNetwork(null);
  await listed();
  await world.pass(minute);
  expect(await codesOf(world)).toEqual([]);
  expect(rowsIn("live")).toBe(contacts);
  await expectHealed(world);
});

test("a first listing costs one request a hundred rows", async () => {
  world.startAnew();
  await world.service().setUp((until) => world.clock.advance(until - world.clock.now()));
  const before = lastRequest(world);
  await world.pass(0);
  expect(rowsIn("live")).toBe(contacts);
  expect(
    requestsAfter(world, before).filter(({ operation }) => operation === "data_sources.query"),
  ).toHaveLength(7 + otherDatabases);
});

test("a quiet poll costs one request a database", async () => {
  world.close();
  world = prepared.open({ pollSeconds: 60 });
  await listed();
  const before = lastRequest(world);
  await world.pass(5 * minute);
  expect(requestsAfter(world, before)).toHaveLength((1 + otherDatabases) * 5);
});
