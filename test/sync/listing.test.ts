import { afterEach, beforeEach, expect, test } from "vitest";
import { databases } from "../../notion-templates/databases.ts";
import { lastRequest, requestsAfter } from "../support/requests.ts";
import { addRow, type DataSources, dataSources } from "../support/rows.ts";
import { createWorld, type World } from "../support/world.ts";

const minute = 60_000;
const contacts = 220;
const otherDatabases = Object.keys(databases).length - 1;

let world: World;
let sources: DataSources;

beforeEach(async () => {
  world = createWorld({ webhooks: false });
  await world.pass(minute);
  sources = await dataSources(world.as("Dana Reyes"));
  for (let index = 0; index < contacts; index++) {
    const name = index % 2 === 0 ? "Dana Reyes" : "Pablo Ortiz";
    await addRow(world.as(name), sources, "contacts", { Name: `Contact ${index}` });
  }
});
afterEach(() => world.close());

const known = (): number =>
  Number(world.store.exec("SELECT count(*) AS count FROM pages WHERE database = 'contacts'")[0]?.count);
const queries = (after: number): number =>
  requestsAfter(world, after).filter(({ path }) => path.includes(sources.contacts)).length;

const invalidCursor = () =>
  Response.json(
    {
      object: "error",
      status: 400,
      code: "validation_error",
      message: "The start_cursor provided is invalid",
    },
    { status: 400 },
  );

/** Spoils the nth query of Contacts, counted from 1. */
const spoilQuery = (nth: readonly number[], answer: () => Response): void => {
  let count = 0;
  world.setNetwork(async ({ path }, goOn) => {
    if (!path.includes(`${sources.contacts}/query`)) return goOn();
    count += 1;
    return nth.includes(count) ? answer() : goOn();
  });
};

test("a listing whose cursor becomes invalid in the middle is begun anew", async () => {
  spoilQuery([2], invalidCursor);
  const before = lastRequest(world);
  await world.pass(minute);
  expect(known()).toBe(contacts);
  expect(queries(before)).toBeGreaterThanOrEqual(4);
});

test("a listing that breaks off takes nothing in, and is made again from where it began", async () => {
  spoilQuery([2], () => new Response(null, { status: 502 }));
  await world.pass(30_000);
  const watermark = () => world.store.exec("SELECT watermark FROM polls WHERE database = 'contacts'")[0];
  const before = watermark();
  await world.pass(30_000 + 1_000);
  expect(known()).toBe(0);
  expect(watermark()).toEqual(before);
  await world.pass(2 * minute);
  expect(known()).toBe(contacts);
});

test("a first listing costs one request a hundred rows", async () => {
  world.startAnew();
  await world.service().setUp((until) => world.clock.advance(until - world.clock.now()));
  const before = lastRequest(world);
  await world.pass(0);
  expect(known()).toBe(contacts);
  expect(
    requestsAfter(world, before).filter(({ operation }) => operation === "data_sources.query"),
  ).toHaveLength(3 + otherDatabases);
});

test("a quiet poll costs one request a database", async () => {
  await world.pass(5 * minute);
  const before = lastRequest(world);
  await world.pass(8 * minute);
  expect(requestsAfter(world, before)).toHaveLength((1 + otherDatabases) * 8);
});
