import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { signature } from "../../src/ledger/marker.ts";
import { createWorld, publicUrl, type World } from "../support/world.ts";

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

  test("is answered under both names of this machine, with a page of its own", async () => {
    for (const host of ["127.0.0.1:8787", "localhost:8787", "localhost"])
      for (const path of ["/", "/mail", "/status"]) expect(await ask(host, path)).toBe(200);
    const headers = { host: "localhost" };
    expect(await (await world.service().app.request("/", { headers })).text()).toContain(
      "Milepost is running",
    );
  });
});

describe("beside a real workspace", () => {
  beforeEach(() => {
    world = createWorld({ service: { apiTokens: ["an-operator-token-of-32-characters"] } });
  });

  const ask = (path: string, method = "GET") => world.service().app.request(path, { method });

  test("what comments link to says to anybody what Milepost is, and nothing about the team", async () => {
    const [link = ""] = signature(publicUrl, "gate|page").flatMap((part) =>
      "link" in part && part.link ? [part.link] : [],
    );
    const { pathname } = new URL(link);
    const response = await ask(pathname);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/html; charset=UTF-8");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("x-robots-tag")).toBe("noindex, nofollow");
    const page = await response.text();
    expect(page).toContain("Milepost looks after the delivery of client projects in Notion");
    expect(page).not.toMatch(/<a |<form|<script|127\.0\.0\.1|[0-9a-f]{8}-/);
    const style = /href="([^"]+)"/.exec(page)?.[1] ?? "";
    expect((await ask(new URL(style, `${publicUrl}/`).pathname)).status).toBe(200);
  });

  test("all else at this address wants the operator's token", async () => {
    expect((await ask("/", "POST")).status).toBe(401);
    for (const path of ["/status", "/mail", "/index.html"]) expect((await ask(path)).status).toBe(401);
  });
});
