import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { afterEach, expect, test, vi } from "vitest";
import { confirm } from "../../scripts/commands/confirm.ts";
import { status } from "../../scripts/commands/status.ts";
import { status as statusRoute } from "../../src/http/health.ts";
import { standby } from "../../src/http/standby.ts";
import { MilepostError } from "../../src/types/errors.ts";
import { createWorld, tuesdayMorning } from "../support/world.ts";

afterEach(() => vi.restoreAllMocks());

const flags = { json: false, yes: false };

type Answering = (request: Request) => Response | Promise<Response>;

const listening = async (fetch: Answering, run: (port: string) => Promise<void>): Promise<void> => {
  const server = serve({ fetch, hostname: "127.0.0.1", port: 0 });
  await new Promise((done) => server.once("listening", done));
  const address = server.address();
  try {
    await run(String(typeof address === "object" ? address?.port : ""));
  } finally {
    await new Promise((done) => server.close(done));
  }
};

const served = async (run: (port: string, store: ReturnType<typeof createWorld>) => Promise<void>) => {
  const world = createWorld({ webhooks: false });
  await world.pass(60_000);
  await listening(world.service().app.fetch, (port) => run(port, world)).finally(world.close);
};

/** The service on a file that cannot even be read. */
const damaged = (): Answering => {
  const fails = (): never => {
    throw new MilepostError("store_corrupt", "milepost.sqlite");
  };
  const options = {
    database: { exec: fails, transaction: fails, close: () => undefined },
    clock: { now: () => tuesdayMorning, after: () => () => undefined },
    notion: { budget: fails, skew: () => null },
    lastRound: () => null,
  };
  return new Hono().route("/status", statusRoute(options)).fetch;
};

test("status says that nothing is wrong, and what waits", async () => {
  const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await served(async (PORT) => {
    expect(await status.run({ PORT }, flags)).toBe(0);
    const said = String(print.mock.calls[0]?.[0]);
    expect(said).toMatch(/^No problems\.\n[\s\S]*waiting to be read: pages: 0/);
    expect(said).toContain("first listing: listed: 11, waiting: none\n");
  });
});

test("status puts problems first, with what to do; as JSON it is the service's own answer", async () => {
  const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await served(async (PORT, { store }) => {
    store.exec(
      "INSERT INTO problems (id, code, detail, since) VALUES ('x', 'mail_not_configured', '', 1795500000000)",
    );
    store.exec("UPDATE polls SET complete = 0 WHERE database IN ('updates', 'daysOff')");
    expect(await status.run({ PORT }, flags)).toBe(1);
    expect(print.mock.calls[0]?.[0]).toContain("first listing: listed: 9, waiting: updates; daysOff\n");
    expect(print.mock.calls[0]?.[0]).toMatch(/^! Letters wait because[\s\S]*To do: Set SMTP_URL/);
    expect(await status.run({ PORT }, { ...flags, json: true })).toBe(1);
    expect(JSON.parse(String(print.mock.calls[1]?.[0])).problems).toHaveLength(1);
  });
});

test("a service that does not answer is a clear error", async () => {
  let free = "";
  await served(async (port) => {
    free = port;
  });
  await expect(status.run({ PORT: free }, flags)).rejects.toMatchObject({ code: "service_silent" });
});

test("of a damaged store status tells what the service itself says, and confirm stops with it", async () => {
  const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await listening(damaged(), async (PORT) => {
    expect(await status.run({ PORT }, flags)).toBe(1);
    expect(print.mock.calls[0]?.[0]).toMatch(
      /^! A file in DATA_DIR is damaged[\s\S]*Where: milepost\.sqlite/,
    );
    await expect(confirm.run({ PORT }, flags)).rejects.toMatchObject({
      ...{ code: "store_corrupt", detail: "milepost.sqlite" },
    });
  });
});

test("one that stands by says so, and what fails is named as it is", async () => {
  await listening(standby, async (PORT) => {
    await expect(status.run({ PORT }, flags)).rejects.toMatchObject({
      ...{ code: "service_unready", message: expect.stringContaining("it stands by") },
    });
  });
  const busy = (): Response => Response.json({ error: "store_busy" }, { status: 503 });
  await listening(busy, async (PORT) => {
    await expect(status.run({ PORT }, flags)).rejects.toMatchObject({ code: "store_busy" });
  });
});

test.each([
  ["a refused token", () => new Response("Unauthorized", { status: 401 }), "status 401"],
  ["a page of another server", () => new Response("<h1>502</h1>", { status: 502 }), "status 502"],
  ["the answer of another service", () => Response.json({ ok: true }), "the answer is not Milepost's"],
])("%s is no answer of the service", async (_what, answer, told) => {
  await listening(answer, async (PORT) => {
    await expect(status.run({ PORT }, flags)).rejects.toMatchObject({
      ...{ code: "service_silent", message: expect.stringContaining(told) },
    });
  });
});
