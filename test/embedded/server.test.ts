import { type RequestOptions, request } from "node:http";
import { APIResponseError, Client } from "@notionhq/client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Office, openOffice, startOfTest } from "./ui/support.ts";

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.server.close());

const statusOf = (options: RequestOptions): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(office.server.url);
    const sent = request({ hostname, port, ...options }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on("error", reject);
    sent.end();
  });

const control = async (method: string, path: string, body?: unknown, token?: string) => {
  const response = await fetch(`${office.server.url}/control/${path}`, {
    method,
    headers: { authorization: `Bearer ${token ?? office.workspace.tokens.control}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: response.ok ? await response.json() : null };
};

describe("the workspace on a port", () => {
  it("answers the official SDK as the person whose token it is given", async () => {
    const dana = office.as("Dana Reyes");
    expect((await dana.users.me({})).name).toBe("Dana Reyes");
    const parent = { type: "page_id" as const, page_id: office.workspace.rootPageId };
    const page = await dana.pages.create({
      parent,
      properties: { title: { title: [{ text: { content: "Plan" } }] } },
    });
    const journal = office.workspace.control.journal();
    const { id } = office.workspace.people.find(({ name }) => name === "Dana Reyes") ?? {};
    expect(journal.find(({ objectId }) => objectId === page.id)).toMatchObject({
      kind: "page.created",
      actor: { id, kind: "person" },
    });
  });

  it("gives API errors as Notion does", async () => {
    const stranger = new Client({ auth: "ntn_nobody", baseUrl: office.server.url, retry: false });
    await expect(stranger.users.me({})).rejects.toMatchObject({ status: 401, code: "unauthorized" });
    await expect(stranger.users.me({})).rejects.toBeInstanceOf(APIResponseError);
  });

  it("sends the workspace's own time as Date", async () => {
    office.clock.advance(24 * 60 * 60 * 1000);
    const response = await fetch(`${office.server.url}/v1/users/me`);
    expect(response.headers.get("date")).toBe("Wed, 25 Nov 2026 09:00:30 GMT");
  });

  it("answers to its own names alone, so that no foreign page can reach it by DNS", async () => {
    const { port } = new URL(office.server.url);
    for (const path of ["/", "/v1/users/me", "/control/state"]) {
      expect(await statusOf({ path, headers: { host: `evil.example:${port}` } })).toBe(403);
      expect(await statusOf({ path, headers: { host: `127.0.0.1.evil.example:${port}` } })).toBe(403);
    }
    expect(await statusOf({ path: "/", headers: { host: `localhost:${port}` } })).toBe(200);
    expect(await statusOf({ path: "/", headers: { host: "127.0.0.1:1" } })).toBe(200);
  });

  it("says that a port is taken", async () => {
    const port = Number(new URL(office.server.url).port);
    const { startWorkspaceServer } = await import("../../src/embedded/notion/server.ts");
    const { workspace, clock } = office;
    const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
    await expect(
      startWorkspaceServer({ workspace, clock, host: "127.0.0.1", port, log }),
    ).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});

describe("a fault", () => {
  it("resets the connection", async () => {
    office.workspace.control.setHook({ after: () => "reset" });
    await expect(fetch(`${office.server.url}/v1/users/me`, bot())).rejects.toMatchObject({
      cause: { code: "ECONNRESET" },
    });
    office.workspace.control.setHook(null);
    expect((await fetch(`${office.server.url}/v1/users/me`, bot())).status).toBe(200);
  });

  it("leaves a request unanswered until the caller gives up", async () => {
    const caller = new AbortController();
    office.workspace.control.setHook({
      before: () => {
        queueMicrotask(() => caller.abort(new Error("waited long enough")));
        return "hang";
      },
    });
    const sent = fetch(`${office.server.url}/v1/users/me`, { ...bot(), signal: caller.signal });
    await expect(sent).rejects.toThrow("waited long enough");
  });

  it("that hangs does not keep the server from closing", async () => {
    const asked = new Promise<void>((resolve) => {
      office.workspace.control.setHook({
        before: () => {
          resolve();
          return "hang";
        },
      });
    });
    const sent = fetch(`${office.server.url}/v1/users/me`, bot()).then(
      () => "answered",
      () => "cut",
    );
    await asked;
    await office.server.close();
    expect(await sent).toBe("cut");
    office = await openOffice();
  });
});

const bot = (): RequestInit => ({
  headers: { authorization: `Bearer ${office.workspace.tokens.bot}`, "notion-version": "2026-03-11" },
});

describe("the control routes", () => {
  it("take the control token alone", async () => {
    expect((await control("GET", "state")).status).toBe(200);
    expect((await control("GET", "state", undefined, office.workspace.tokens.bot)).status).toBe(401);
    expect(await statusOf({ path: "/control/journal" })).toBe(401);
    expect((await control("GET", "nothing")).status).toBe(404);
  });

  it("move the clock by a time or to what is due next", async () => {
    const advanced = await control("POST", "clock", { advance_ms: 3_600_000 });
    expect(advanced.body).toMatchObject({
      now: startOfTest + 3_600_000,
      offset_ms: 3_600_000,
      next_due: null,
    });
    let ran = 0;
    office.clock.after(5000, () => ran++);
    expect((await control("POST", "clock", { to: "next" })).body).toMatchObject({
      now: startOfTest + 3_605_000,
    });
    expect(ran).toBe(1);
  });

  it.each([
    { advance_ms: -1 },
    { advance_ms: 1e15 },
    { to: "yesterday" },
    {},
    null,
    { to: "next", advance_ms: 1 },
  ])("refuse %j as a move of the clock", async (body) => {
    expect((await control("POST", "clock", body)).status).toBe(400);
    expect(office.clock.now()).toBe(startOfTest);
  });

  it("show the journal and the requests after a number", async () => {
    await office.as("Dana Reyes").users.me({});
    const requests = (await control("GET", "requests")).body.results;
    expect(requests.at(-1)).toMatchObject({ operation: "users.me", status: 200 });
    expect((await control("GET", `requests?after=${requests.at(-1).seq}`)).body.results).toEqual([]);
    expect((await control("GET", "journal")).body.results).toEqual(office.workspace.control.journal());
    expect((await control("GET", "journal?after=x")).status).toBe(400);
  });

  it("subscribe a webhook, which then gets what happens", async () => {
    const wanted = { url: "http://127.0.0.1:9/hook", verification_token: "secret_a" };
    expect((await control("POST", "webhooks", wanted)).status).toBe(200);
    const dana = office.as("Dana Reyes");
    const parent = { type: "page_id" as const, page_id: office.workspace.rootPageId };
    await dana.pages.create({ parent, properties: { title: { title: [] } } });
    expect((await control("GET", "state")).body.webhooks.pending).toBeGreaterThan(0);
    await control("POST", "clock", { advance_ms: 120_000 });
    await expect.poll(async () => (await control("GET", "state")).body.webhooks.pending).toBe(0);
    expect(new Set(office.delivered)).toEqual(new Set([wanted.url]));
    expect((await control("POST", "webhooks", { url: "file:///x", verification_token: "a" })).status).toBe(
      400,
    );
  });
});
