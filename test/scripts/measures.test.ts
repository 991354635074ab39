import { serve } from "@hono/node-server";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { measures } from "../../scripts/commands/measures.ts";
import { addRow, dataSources } from "../support/rows.ts";
import { createWorld, type World } from "../support/world.ts";

let world: World;
let server: ReturnType<typeof serve>;
let PORT = "";
let project = "";
/** A Friday in November 2026. */
beforeAll(async () => {
  world = createWorld({ webhooks: false });
  await world.pass(60_000);
  const dana = world.as("Dana Reyes");
  project = await addRow(dana, await dataSources(dana), "projects", {
    ...{ Name: "Lead bot", Stage: "Complete", Delivered: "2026-10-23", "Agreed delivery": "2026-10-22" },
  });
  // A copy of it, for the next phase.
  await addRow(dana, await dataSources(dana), "projects", {
    ...{ Name: "Lead bot (1)", Stage: "Intake", Delivered: "2026-10-23" },
  });
  // It was complete before Milepost looked.
  world.startAnew();
  await world.pass(3 * 60_000);
  server = serve({ fetch: world.service().app.fetch, hostname: "127.0.0.1", port: 0 });
  await new Promise((done) => server.once("listening", done));
  const address = server.address();
  PORT = String(typeof address === "object" ? address?.port : "");
});
afterAll(async () => {
  await new Promise((done) => server.close(done));
  world.close();
});
afterEach(() => vi.restoreAllMocks());

const flags = { json: false, yes: false };
const run = async (period: { readonly from?: string; readonly to?: string } = {}, page?: string) => {
  const [said, complained] = [
    vi.spyOn(console, "log").mockImplementation(() => undefined),
    vi.spyOn(console, "error").mockImplementation(() => undefined),
  ];
  const code = await measures.run({ PORT }, { ...flags, ...period }, page);
  return { code, said: String(said.mock.calls[0]?.[0]), error: String(complained.mock.calls[0]?.[0]) };
};

describe("measures", () => {
  test("of the office stand in a table beside their targets", async () => {
    const { code, said } = await run({ from: "2026-10-01", to: "2026-10-31" });
    expect(code).toBe(0);
    expect(said).toMatch(
      /^Projects delivered from 2026-10-01 to 2026-10-31: 1\n {2}2026-10-23 {2}Lead bot\n/,
    );
    expect(said).toMatch(
      /\nDelivered on time +0 % of projects +more than 85 % of projects +not met +process\/000 "Deliv/,
    );
    expect(said).toMatch(/\nClient satisfaction +no answer yet +at least 8 out of 10 +process\/000/);
    expect(said).toMatch(/\nEscalations +0 per project +- +process\/004/);
    expect(said).toMatch(/missing most often:\n {2}nothing$/);
  });

  test.each([
    (id: string) => `https://notion.test/Lead-bot-${id.replaceAll("-", "")}`,
    (id: string) => `https://notion.test/Lead-bot-${id.replaceAll("-", "")}/`,
    (id: string) => `https://notion.test/${"f".repeat(32)}?v=e&p=${id}`,
  ])("of a project are found by its address", async (addressOf) => {
    const { code, said } = await run({}, addressOf(project));
    expect(code).toBe(0);
    expect(said).toMatch(/^Lead bot, delivered 2026-10-23\n[\s\S]*\nDelivered on time +no +- +process/);
  });

  test("as JSON are the service's own answer", async () => {
    const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
    await measures.run({ PORT }, { ...flags, json: true }, project);
    const own = await world.service().app.request(`/api/v1/projects/${project}/measures`);
    const [printed, answered] = [JSON.parse(String(print.mock.calls[0]?.[0])), await own.json()];
    expect(printed).toEqual({ ...(answered as object), at: expect.any(Number) });
  });

  test("of a record that cannot be read whole are not there, and it is said what is missing", async () => {
    world.store.exec(
      `INSERT INTO problems (id, code, database, property, detail, since)
       VALUES ('x', 'schema_broken', 'projects', 'agreedDelivery', 'Projects: Agreed delivery is missing', 0)`,
    );
    await expect(run({}, project)).rejects.toMatchObject({
      ...{
        code: "service_unready",
        message: expect.stringContaining("Projects: Agreed delivery is missing"),
      },
    });
    world.store.exec("DELETE FROM problems WHERE id = 'x'");
  });

  test.each([
    [{ from: "2026-10-01" }, undefined, "Name both --from and --to."],
    [{ from: "2026-02-30", to: "2026-03-01" }, undefined, "“2026-02-30” is no day"],
    [{ from: "2026-03-02", to: "2026-03-01" }, undefined, "--from lies after --to."],
    [{ from: "2026-03-01", to: "2026-03-02" }, "page", "A period is asked of the office"],
  ])("of %o say what is wrong with it", async (period, page, message) => {
    const { code, error } = await run(period, page);
    expect(code).toBe(2);
    expect(error).toContain(message);
  });

  test.each(["nobody", "0".repeat(32)])("of %s say that no project is known", async (page) => {
    expect(await run({}, page)).toMatchObject({ code: 1, error: `Milepost knows no project ${page}.` });
  });
});
