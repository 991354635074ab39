import { describe, expect, it } from "vitest";
import { openNodeDatabase } from "../../../src/store/node-sqlite.ts";
import {
  createDatabase,
  createRow,
  type Loose,
  openWorkspace,
  refusal,
  start,
  text,
} from "./open-workspace.ts";

const raw = (opened: ReturnType<typeof openWorkspace>, path: string, init: RequestInit = {}) => {
  const headers = { authorization: `Bearer ${opened.workspace.tokens.bot}`, "notion-version": "2026-03-11" };
  return opened.workspace.fetch(`http://localhost${path}`, { headers, ...init });
};

describe("a request", () => {
  it.each<[string, string, RequestInit, number, string, string]>([
    ["to a path that does not exist", "/v1/nothing", {}, 400, "invalid_request_url", "Invalid request URL."],
    ["with the wrong method", "/v1/search", {}, 400, "invalid_request_url", "Invalid request URL."],
    [
      "with an unknown token",
      "/v1/users",
      { headers: { authorization: "Bearer ntn_x", "notion-version": "2026-03-11" } },
      401,
      "unauthorized",
      "API token is invalid.",
    ],
    [
      "with broken JSON",
      "/v1/search",
      { method: "POST", body: "{" },
      400,
      "invalid_json",
      "Error parsing JSON body.",
    ],
    [
      "with a path id that is none",
      "/v1/pages/not-an-id",
      {},
      400,
      "validation_error",
      'path failed validation: path.page_id should be a valid uuid, instead was `"not-an-id"`.',
    ],
    [
      "with an unknown key",
      "/v1/search",
      { method: "POST", body: '{"colour":"red"}' },
      400,
      "validation_error",
      'body failed validation: body.colour should be not present, instead was `"red"`.',
    ],
    [
      "with a wrong enum",
      "/v1/search",
      { method: "POST", body: '{"sort":{"timestamp":"last_edited_time","direction":"up"}}' },
      400,
      "validation_error",
      'body failed validation: body.sort.direction should be `"ascending"`, `"descending"`, or `undefined`, instead was `"up"`.',
    ],
    [
      "with a page size that is no number",
      "/v1/search",
      { method: "POST", body: '{"page_size":"ten"}' },
      400,
      "validation_error",
      'body failed validation: body.page_size should be a number or `undefined`, instead was `"ten"`.',
    ],
    [
      "without a required part",
      "/v1/databases",
      { method: "POST", body: "{}" },
      400,
      "validation_error",
      "body failed validation: body.parent should be defined, instead was `undefined`.",
    ],
  ])("%s is refused in Notion's envelope", async (_name, path, init, status, code, message) => {
    const opened = openWorkspace();
    const headers = {
      authorization: `Bearer ${opened.workspace.tokens.bot}`,
      "notion-version": "2026-03-11",
    };
    const response = await raw(opened, path, { headers, ...init });
    const envelope = (await response.json()) as Loose;
    expect(envelope).toEqual({
      object: "error",
      status,
      code,
      message,
      request_id: response.headers.get("x-notion-request-id"),
    });
    expect(response.status).toBe(status);
  });

  it("without a version is refused, and every answer carries the workspace's time", async () => {
    const opened = openWorkspace();
    const headers = { authorization: `Bearer ${opened.workspace.tokens.bot}` };
    const response = await raw(opened, "/v1/users/me", { headers });
    expect(((await response.json()) as Loose).code).toBe("missing_version");
    expect(Date.parse(response.headers.get("date") ?? "")).toBe(start);
  });

  it("that is not there is listed with its answer", async () => {
    const opened = openWorkspace();
    await raw(opened, "/v1/file_uploads", { method: "POST" });
    expect(opened.workspace.control.requests().at(-1)).toMatchObject({
      method: "POST",
      path: "/v1/file_uploads",
      operation: null,
      status: 400,
    });
  });

  it("names the place of a mistake deep inside", async () => {
    const { bot, workspace } = openWorkspace();
    const append = (children: unknown[]) =>
      refusal(bot.blocks.children.append({ block_id: workspace.rootPageId, children: children as never }));
    const toggle = (children?: unknown[]): Loose => ({
      toggle: { rich_text: [], ...(children ? { children } : {}) },
    });
    expect((await append([{ paragraph: { rich_text: text("x".repeat(2001)) } }])).message).toBe(
      "body failed validation: body.children[0].paragraph.rich_text[0].text.content.length should be ≤ `2000`, instead was `2001`.",
    );
    expect((await append(Array.from({ length: 101 }, () => ({ divider: {} })))).message).toBe(
      "body failed validation: body.children.length should be ≤ `100`, instead was `101`.",
    );
    expect((await append([toggle([toggle([toggle([{ divider: {} }])])])])).message).toMatch(
      /^body failed validation: body\.children\[0\]\.toggle\.children\[0\]\.toggle\.children\[0\]\.toggle\.children should be not present/,
    );
  });
});

describe("the request window", () => {
  it("refuses the 181st request of a minute, says how long to wait, and opens again", async () => {
    const opened = openWorkspace({ limitScale: 1 });
    for (let count = 0; count < 180; count++) await opened.bot.users.me({});
    await opened.clock.advance(20_000);
    const response = await raw(opened, "/v1/users/me");
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("40");
    expect(await response.json()).toMatchObject({
      code: "rate_limited",
      additional_data: { rate_limit_reason: "public_api_request_rate_limit", retry_after: "40" },
    });
    expect((await opened.dana.users.me({})).name).toBe("Dana Reyes");
    await opened.clock.advance(40_000);
    expect((await raw(opened, "/v1/users/me")).status).toBe(200);
  });

  it("goes on over a restart", async () => {
    const database = openNodeDatabase(":memory:");
    const first = openWorkspace({ database, limitScale: 1 });
    for (let count = 0; count < 180; count++) await first.bot.users.me({});
    const second = openWorkspace({ database, limitScale: 1 });
    expect(await refusal(second.bot.users.me({}))).toMatchObject({ status: 429, code: "rate_limited" });
  });
});

describe("a fault", () => {
  const updateName = async (opened: ReturnType<typeof openWorkspace>) =>
    raw(opened, `/v1/pages/${opened.workspace.rootPageId}`, {
      method: "PATCH",
      body: JSON.stringify({ properties: { title: { title: text("Changed") } } }),
    });
  const title = async (opened: ReturnType<typeof openWorkspace>): Promise<string> => {
    opened.workspace.control.setHook(null);
    const page: Loose = await opened.bot.pages.retrieve({ page_id: opened.workspace.rootPageId });
    return page.properties.title.title[0].plain_text;
  };

  it("before the commit leaves nothing stored", async () => {
    const opened = openWorkspace();
    opened.workspace.control.setHook({
      before: ({ operation }) =>
        operation === "pages.update" ? { status: 409, code: "conflict_error" } : undefined,
    });
    expect((await updateName(opened)).status).toBe(409);
    expect(await title(opened)).toBe("Delivery");
  });

  it("after the commit hides a change that was made", async () => {
    const opened = openWorkspace();
    opened.workspace.control.setHook({ after: () => ({ status: 502, html: "<html>Bad gateway</html>" }) });
    const response = await updateName(opened);
    expect(response.headers.get("content-type")).toBe("text/html");
    expect(await title(opened)).toBe("Changed");
  });

  it("can cut the connection, send nothing or send half", async () => {
    const opened = openWorkspace();
    opened.workspace.control.setHook({ after: () => "reset" });
    await expect(updateName(opened)).rejects.toThrow("fetch failed");
    opened.workspace.control.setHook({ after: () => "empty" });
    expect(await (await updateName(opened)).text()).toBe("");
    opened.workspace.control.setHook({ after: () => "truncated" });
    const half = await (await updateName(opened)).text();
    expect(half).toMatch(/^{"object":"page"/);
    expect(() => JSON.parse(half)).toThrow(SyntaxError);
  });

  it("can hang until the caller gives up", async () => {
    const opened = openWorkspace();
    opened.workspace.control.setHook({ before: () => "hang" });
    const giveUp = new AbortController();
    const call = raw(opened, "/v1/users/me", { signal: giveUp.signal });
    giveUp.abort(new Error("given up"));
    await expect(call).rejects.toThrow("given up");
  });
});

describe("the workspace", () => {
  it("is the same after a restart: tokens, rows, schema, blocks and comments", async () => {
    const database = openNodeDatabase(":memory:");
    const first = openWorkspace({ database });
    const { rootPageId, tokens, botId, workspaceId, people } = first.workspace;
    const { dataSourceId } = await createDatabase(first.bot, rootPageId, "Rows", {
      Name: { title: {} },
      Health: { select: { options: [] } },
    });
    const row = await createRow(first.bot, dataSourceId, {
      Name: { title: text("Acme") },
      Health: { select: { name: "Green" } },
    });
    await first.bot.blocks.children.append({
      block_id: row.id,
      children: [{ paragraph: { rich_text: text("hello") } }],
    });
    await first.dana.comments.create({ parent: { page_id: row.id }, rich_text: text("hi") });

    const { workspace, bot } = openWorkspace({ database });
    expect(workspace).toMatchObject({ rootPageId, tokens, botId, workspaceId, people });
    expect(await bot.pages.retrieve({ page_id: row.id })).toEqual(
      await first.bot.pages.retrieve({ page_id: row.id }),
    );
    expect((await bot.blocks.children.list({ block_id: row.id })).results).toHaveLength(1);
    expect((await bot.comments.list({ block_id: row.id })).results).toHaveLength(1);
    expect(workspace.control.journal()).toEqual(first.workspace.control.journal());
  });
});
