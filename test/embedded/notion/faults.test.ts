import { describe, expect, it } from "vitest";
import type { FaultRule } from "../../../src/embedded/notion/api/fault-rules.ts";
import { faultNames, faultTable } from "../../../src/embedded/notion/api/fault-table.ts";
import { createDatabase, createRow, type Loose, openWorkspace, text, titlesOf } from "./open-workspace.ts";

const openRows = async () => {
  const opened = openWorkspace();
  const { dataSourceId } = await createDatabase(opened.bot, opened.workspace.rootPageId, "Rows", {
    Name: { title: {} },
    Points: { number: {} },
  });
  const row = await createRow(opened.bot, dataSourceId, { Name: { title: text("one") } });
  const send = async (method: string, path: string, body?: unknown, token = opened.workspace.tokens.bot) =>
    opened.workspace.fetch(`http://localhost/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "notion-version": "2026-03-11" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const write = (points: number) =>
    send("PATCH", `/pages/${row.id}`, { properties: { Points: { number: points } } });
  const points = async () =>
    ((await opened.bot.pages.retrieve({ page_id: row.id })) as Loose).properties.Points.number;
  return { ...opened, dataSourceId, row, send, write, points, rules: opened.workspace.control.setFaultRules };
};

const answered: [FaultRule, { status: number; code: string | null; data?: Loose; retryAfter?: string }][] = [
  [{ fault: "conflict" }, { status: 409, code: "conflict_error" }],
  [
    { fault: "rate_limited", retryAfterSeconds: 49 },
    {
      status: 429,
      code: "rate_limited",
      retryAfter: "49",
      data: { rate_limit_reason: "public_api_request_rate_limit", retry_after: "49" },
    },
  ],
  [
    { fault: "rate_limited_workspace", retryAfterSeconds: 300 },
    {
      status: 429,
      code: "rate_limited",
      retryAfter: "300",
      data: { rate_limit_reason: "public_api_space_request_rate_limit", retry_after: "300" },
    },
  ],
  [
    { fault: "rate_limited_endpoint" },
    {
      status: 429,
      code: "rate_limited",
      retryAfter: "30",
      data: { rate_limit_reason: "public_api_endpoint_rate_limit", retry_after: "30" },
    },
  ],
  [
    { fault: "blocked" },
    {
      status: 429,
      code: "rate_limited",
      retryAfter: "30",
      data: { rate_limit_reason: "public_api_request_blocked", retry_after: "30" },
    },
  ],
  [{ fault: "internal_error" }, { status: 500, code: "internal_server_error" }],
  [{ fault: "bad_gateway" }, { status: 502, code: null }],
  [{ fault: "unavailable" }, { status: 503, code: "service_unavailable" }],
  [{ fault: "database_unavailable" }, { status: 503, code: "database_connection_unavailable" }],
  [{ fault: "gateway_timeout" }, { status: 504, code: "gateway_timeout" }],
  [{ fault: "overloaded" }, { status: 529, code: "service_overload", retryAfter: "30" }],
];

describe("a fault on demand", () => {
  it.each(answered)("%j answers as Notion does and stores nothing", async (rule, expected) => {
    const { rules, write, points, workspace } = await openRows();
    rules([{ ...rule, operation: "pages.update" }]);
    const response = await write(5);
    const body = await response.text();
    expect(response.status).toBe(expected.status);
    expect(response.headers.get("retry-after")).toBe(expected.retryAfter ?? null);
    if (expected.code === null) expect(body).toMatch(/^<html>/);
    else {
      expect(JSON.parse(body)).toMatchObject({
        object: "error",
        status: expected.status,
        code: expected.code,
      });
      expect(JSON.parse(body).additional_data).toEqual(expected.data);
    }
    expect(await points()).toBeNull();
    expect(workspace.control.requests().find(({ operation }) => operation === "pages.update")).toMatchObject({
      status: expected.status,
      fault: rule.fault,
    });
  });

  it.each(["unavailable_after_commit", "gateway_timeout_after_commit"] as const)(
    "%s stores the page and names it",
    async (fault) => {
      const { rules, send, dataSourceId, bot } = await openRows();
      rules([{ fault, method: "POST", path: "/v1/pages" }]);
      const response = await send("POST", "/pages", {
        parent: { data_source_id: dataSourceId },
        properties: {},
      });
      const { additional_data: data } = (await response.json()) as Loose;
      expect(data.retry_guidance).toHaveLength(1);
      expect(await bot.pages.retrieve({ page_id: data.committed_resource_id })).toMatchObject({
        object: "page",
      });
    },
  );

  it("names parent and children of an append that was saved", async () => {
    const { rules, send, row, bot } = await openRows();
    rules([{ fault: "unavailable_after_commit" }]);
    const children = [1, 2].map(() => ({ paragraph: { rich_text: text("x") } }));
    const response = await send("PATCH", `/blocks/${row.id}/children`, { children });
    rules([]);
    const { results } = await bot.blocks.children.list({ block_id: row.id });
    expect((await response.json()).additional_data).toMatchObject({
      committed_resource_id: row.id,
      committed_child_ids: results.map(({ id }) => id),
    });
  });

  it("leaves a refusal as it is: what was not stored cannot fail after the commit", async () => {
    const { rules, send, row } = await openRows();
    rules([{ fault: "unavailable_after_commit" }]);
    expect((await send("PATCH", `/pages/${row.id}`, { colour: 1 })).status).toBe(400);
  });

  it.each([
    ["reset", null],
    ["reset_after_commit", 7],
  ] as const)("%s breaks the connection", async (fault, stored) => {
    const { rules, write, points } = await openRows();
    rules([{ fault, count: 1 }]);
    await expect(write(7)).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
    expect(await points()).toBe(stored);
  });

  it.each([
    ["hang", null],
    ["hang_after_commit", 7],
  ] as const)("%s answers nothing until the caller gives up", async (fault, stored) => {
    const { rules, workspace, row, points } = await openRows();
    rules([{ fault, count: 1 }]);
    const caller = new AbortController();
    const sent = workspace.fetch(`http://localhost/v1/pages/${row.id}`, {
      method: "PATCH",
      headers: { authorization: `Bearer ${workspace.tokens.bot}`, "notion-version": "2026-03-11" },
      body: JSON.stringify({ properties: { Points: { number: 7 } } }),
      signal: caller.signal,
    });
    queueMicrotask(() => caller.abort(new Error("waited long enough")));
    await expect(sent).rejects.toThrow("waited long enough");
    expect(await points()).toBe(stored);
  });

  it.each(["truncated", "empty"] as const)(
    "%s spoils the body of an answer whose write is stored",
    async (fault) => {
      const { rules, write, points } = await openRows();
      rules([{ fault, count: 1 }]);
      const response = await write(7);
      expect(response.status).toBe(200);
      const body = await response.text();
      expect(() => JSON.parse(body)).toThrow(SyntaxError);
      expect(body === "").toBe(fault === "empty");
      expect(await points()).toBe(7);
    },
  );

  it("invalidates the cursor in the middle of a list, and only there", async () => {
    const { rules, bot, dataSourceId } = await openRows();
    await createRow(bot, dataSourceId, {});
    rules([{ fault: "invalid_cursor", count: 1 }]);
    const query = (cursor?: string) =>
      bot.dataSources.query({
        data_source_id: dataSourceId,
        page_size: 1,
        ...(cursor ? { start_cursor: cursor } : {}),
      });
    const { next_cursor: cursor } = await query();
    await expect(query(cursor ?? "")).rejects.toMatchObject({
      status: 400,
      message: `The start_cursor provided is invalid: ${cursor}`,
    });
    expect((await query(cursor ?? "")).results).toHaveLength(1);
  });

  it("lets queries and search lag behind reads", async () => {
    const { rules, bot, clock, dataSourceId, row, workspace } = await openRows();
    rules([{ fault: "stale_read", lagSeconds: 30 }]);
    await clock.advance(60_000);
    await createRow(bot, dataSourceId, { Name: { title: text("two") } });
    await bot.pages.update({ page_id: row.id, properties: { Points: { number: 1 } } });
    workspace.control.trash(row.id);
    const found = async () => (await bot.dataSources.query({ data_source_id: dataSourceId })) as Loose;
    expect(await bot.pages.retrieve({ page_id: row.id })).toMatchObject({ in_trash: true });
    expect(titlesOf((await found()) as never)).toEqual(["one"]);
    expect((await found()).results[0].properties.Points.number).toBeNull();
    expect((await bot.search({ query: "two" })).results).toEqual([]);
    await clock.advance(30_000);
    expect(titlesOf((await found()) as never)).toEqual(["two"]);
    expect((await bot.search({ query: "two" })).results).toHaveLength(1);
  });
});

describe("a fault rule", () => {
  const statuses = async (rule: Partial<FaultRule>, requests: [method: string, path: string][]) => {
    const { rules, send } = await openRows();
    rules([{ fault: "internal_error", ...rule }]);
    const seen: number[] = [];
    for (const [method, path] of requests) seen.push((await send(method, path)).status);
    return seen;
  };
  const me: [string, string] = ["GET", "/users/me"];
  const users: [string, string] = ["GET", "/users"];

  it("meets a method, a path, an operation or a kind of actor", async () => {
    expect(await statuses({ method: "POST" }, [me])).toEqual([200]);
    expect(await statuses({ path: "/v1/users/*" }, [me, users])).toEqual([500, 200]);
    expect(await statuses({ path: "/v1/**" }, [me, users])).toEqual([500, 500]);
    expect(await statuses({ operation: "users.list" }, [me, users])).toEqual([200, 500]);
    expect(await statuses({ actor: "person" }, [me])).toEqual([200]);
  });

  it("strikes at the nth request or so many times", async () => {
    expect(await statuses({ nth: 2, operation: "users.me" }, [me, users, me, me])).toEqual([
      200, 200, 500, 200,
    ]);
    expect(await statuses({ count: 2 }, [me, me, me])).toEqual([500, 500, 200]);
  });

  it("strikes with a chance that the seed decides", async () => {
    const requests = Array.from({ length: 200 }, () => me);
    const first = await statuses({ probability: 0.3 }, requests);
    const struck = first.filter((status) => status === 500).length;
    expect(struck).toBeGreaterThan(30);
    expect(struck).toBeLessThan(90);
    expect(await statuses({ probability: 0.3 }, requests)).toEqual(first);
  });

  it("gives way to the next one where it does not strike, and tells what it did", async () => {
    const { rules, send, workspace } = await openRows();
    rules([
      { fault: "conflict", nth: 1 },
      { fault: "overloaded", count: 1 },
    ]);
    const seen = [];
    for (let index = 0; index < 3; index++) seen.push((await send("GET", "/users/me")).status);
    expect(seen).toEqual([409, 529, 200]);
    expect(workspace.control.faultRules()).toEqual([
      { fault: "conflict", nth: 1, matched: 3, applied: 1 },
      { fault: "overloaded", count: 1, matched: 2, applied: 1 },
    ]);
  });

  it.each(faultNames)("%s says where its knowledge is from", (name) => {
    expect(faultTable[name].source).toMatch(/^(documented|observed|assumed)\b/);
  });
});
