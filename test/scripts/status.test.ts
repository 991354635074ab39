import { serve } from "@hono/node-server";
import { afterEach, expect, test, vi } from "vitest";
import { status } from "../../scripts/commands/status.ts";
import { createWorld } from "../support/world.ts";

afterEach(() => vi.restoreAllMocks());

const flags = { json: false, yes: false };

const served = async (run: (port: string, store: ReturnType<typeof createWorld>) => Promise<void>) => {
  const world = createWorld({ webhooks: false });
  await world.pass(60_000);
  const server = serve({ fetch: world.service().app.fetch, hostname: "127.0.0.1", port: 0 });
  await new Promise((done) => server.once("listening", done));
  const address = server.address();
  try {
    await run(String(typeof address === "object" ? address?.port : ""), world);
  } finally {
    await new Promise((done) => server.close(done));
    world.close();
  }
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
