import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createWorld, type World } from "../support/world.ts";

let world: World;
afterEach(() => world.close());

describe("beside the embedded workspace", () => {
  beforeEach(() => {
    const mailbox = new Hono().get("/", (c) => c.text("mailbox"));
    world = createWorld({ service: { embedded: { workspaceUrl: "http://127.0.0.1:8788", mailbox } } });
  });

  const ask = async (host: string, path: string, method = "GET") => {
    const headers = { host, "content-type": "application/json" };
    return (await world.service().app.request(path, { method, headers })).status;
  };

  test.each([
    ["GET", "/"],
    ["GET", "/mail"],
    ["GET", "/status"],
    ["GET", "/api/v1/why/0123"],
    ["POST", "/api/v1/redrive"],
    ["POST", "/webhooks/notion"],
  ])("%s %s is refused to a foreign page that reached this machine by DNS", async (method, path) => {
    expect(await ask("evil.example:8787", path, method)).toBe(403);
    expect(await ask("127.0.0.1.evil.example", path, method)).toBe(403);
    expect(await ask("127.0.0.1:8787", path, method)).not.toBe(403);
  });

  test("is answered under both names of this machine", async () => {
    for (const host of ["127.0.0.1:8787", "localhost:8787", "localhost"])
      for (const path of ["/", "/mail", "/status"]) expect(await ask(host, path)).toBe(200);
  });
});
