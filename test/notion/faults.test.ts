import { describe, expect, test } from "vitest";
import { createNotionGateway } from "../../src/notion/gateway.ts";
import { settle } from "../support/virtual-clock.ts";
import { failureOf, json, pageJson, type Reply, refusal, scripted, startOfTest } from "./support.ts";

const page = json(pageJson());
const write = [{ propertyId: "abc", type: "rich_text", value: "canary-value" }] as const;
const httpDate = (ms: number): string => new Date(ms).toUTCString();

describe("when Notion asks for a pause (F1, F2, F3)", () => {
  test.each<[string, Record<string, string>, number]>([
    ["1 second", { "retry-after": "1" }, 1_000],
    ["30 seconds", { "retry-after": "30" }, 30_000],
    ["60 seconds", { "retry-after": "60" }, 60_000],
    ["ten minutes, without a cap", { "retry-after": "600" }, 600_000],
    ["no time at all", {}, 60_000],
    ["a time that is no number", { "retry-after": "abc" }, 60_000],
    ["a negative time", { "retry-after": "-5" }, 60_000],
    ["a date", { "retry-after": httpDate(startOfTest + 90_000) }, 90_000],
    ["a date that is past", { "retry-after": httpDate(startOfTest - 90_000) }, 60_000],
    [
      "a date, while our clock is ten minutes ahead",
      { "retry-after": httpDate(startOfTest - 600_000 + 45_000), date: httpDate(startOfTest - 600_000) },
      45_000,
    ],
  ])("for %s, nothing is sent before it ends and work goes on after it", async (_shape, headers, length) => {
    for (const [status, code] of [
      [429, "rate_limited"],
      [529, "service_overload"],
    ] as const) {
      const { gateway, clock, sent } = scripted([refusal(status, code, headers), page]);
      const failure = await failureOf(gateway.verdict.updatePage("p", write));
      expect(failure).toMatchObject({ code: "notion_throttled", status, retryAt: startOfTest + length });
      expect(gateway.budget()).toMatchObject({ pausedUntil: startOfTest + length, reason: code });
      await clock.advance(length - 1);
      const held = await failureOf(gateway.verdict.retrievePage("p"));
      expect(held).toMatchObject({ code: "notion_throttled", retryAt: startOfTest + length });
      expect(sent).toHaveLength(1);
      await clock.advance(1);
      await gateway.bulk.retrievePage("p");
      expect(sent).toHaveLength(2);
    }
  });

  test("the status shows which of Notion's limits was hit", async () => {
    const reason = "public_api_space_request_rate_limit";
    const { gateway } = scripted([
      refusal(429, "rate_limited", {}, { rate_limit_reason: reason, retry_after: "49" }),
    ]);
    await failureOf(gateway.pull.retrievePage("p"));
    expect(gateway.budget()).toMatchObject({ pausedUntil: startOfTest + 49_000, reason });
  });

  test("a blocked connection stays quiet for an hour whatever Retry-After says", async () => {
    const reason = "public_api_request_blocked";
    const { gateway } = scripted([
      refusal(429, "rate_limited", { "retry-after": "5" }, { rate_limit_reason: reason }),
    ]);
    await failureOf(gateway.pull.retrievePage("p"));
    expect(gateway.budget()).toMatchObject({ pausedUntil: startOfTest + 3_600_000, reason });
  });

  test("a restart inside the pause keeps it", async () => {
    const { gateway, options, sent, clock } = scripted([
      refusal(429, "rate_limited", { "retry-after": "600" }),
      page,
    ]);
    await failureOf(gateway.pull.retrievePage("p"));
    await clock.advance(300_000);
    const restarted = createNotionGateway(options);
    expect(await failureOf(restarted.verdict.retrievePage("p"))).toMatchObject({
      retryAt: startOfTest + 600_000,
    });
    expect(sent).toHaveLength(1);
  });
});

describe("a refused token (F25)", () => {
  test("stops all calls but one a minute, and work resumes by itself when it is valid again", async () => {
    const { gateway, clock, sent } = scripted([
      refusal(401, "unauthorized"),
      refusal(401, "unauthorized"),
      page,
    ]);
    expect(await failureOf(gateway.pull.retrievePage("p"))).toMatchObject({
      code: "notion_unauthorized",
      status: 401,
    });
    for (let second = 0; second < 59; second++) {
      await clock.advance(1_000);
      await failureOf(gateway.verdict.retrievePage("p"));
    }
    expect(sent).toHaveLength(1);
    await clock.advance(1_000);
    await failureOf(gateway.pull.retrievePage("p"));
    await failureOf(gateway.pull.retrievePage("p"));
    expect(sent).toHaveLength(2);
    expect(gateway.budget().reason).toBe("unauthorized");
    await clock.advance(60_000);
    await gateway.pull.retrievePage("p");
    await gateway.pull.retrievePage("p");
    expect(sent).toHaveLength(4);
    expect(gateway.budget().reason).toBe(null);
  });
});

describe("a definite refusal", () => {
  test.each([
    [400, "validation_error", "notion_refused"],
    [400, "invalid_json", "notion_refused"],
    [400, "missing_version", "notion_refused"],
    [401, "unauthorized", "notion_unauthorized"],
    [403, "restricted_resource", "notion_forbidden"],
    [404, "object_not_found", "notion_not_found"],
    [409, "conflict_error", "notion_conflict"],
    [422, "something_new", "notion_refused"],
  ])("%i %s becomes %s and names the request for Notion's support", async (status, code, expected) => {
    const { gateway } = scripted([refusal(status, code)]);
    const failure = await failureOf(gateway.verdict.updatePage("p", write));
    expect(failure).toMatchObject({ code: expected, status });
    expect(failure.detail).toBe(`updatePage PATCH ${status} ${code} request r-1`);
  });
});

describe("an unclear answer (F5, F6, F9)", () => {
  const text =
    (body: string, status: number, type: string): Reply =>
    () =>
      new Response(body, { status, headers: { "content-type": type } });
  test.each<[string, Reply]>([
    ["500", refusal(500, "internal_server_error")],
    ["502 in HTML", text("<html>canary-body</html>", 502, "text/html")],
    ["503", refusal(503, "service_unavailable")],
    ["504", refusal(504, "gateway_timeout")],
    ["a block page of the network's edge", text("<html>canary-body</html>", 403, "text/html")],
    ["HTML with 200", text("<html>canary-body</html>", 200, "text/html")],
    ["an empty 200", text("", 200, "application/json")],
    ["truncated JSON", text('{"object":"page","id":"canary-bo', 200, "application/json")],
    ["JSON that calls itself HTML", text(JSON.stringify(pageJson()), 200, "text/html")],
    ["a JSON list", text("[]", 200, "application/json")],
    ["another object", json({ object: "list", results: [], next_cursor: null })],
    ["a page of another shape", json({ object: "page", id: "canary-body" })],
    [
      "a property of another shape",
      json(pageJson({ Name: { id: "title", type: "title", title: "canary-body" } })),
    ],
    [
      "a redirect",
      () => new Response(null, { status: 302, headers: { location: "https://elsewhere.example" } }),
    ],
    ["a reset connection", () => Promise.reject(new TypeError("fetch failed"))],
  ])(
    "%s leaves a write and a read unknown, sends them once, and says nothing of the body",
    async (_name, reply) => {
      const { gateway, sent, log } = scripted([reply]);
      for (const call of [
        () => gateway.verdict.updatePage("p", write),
        () => gateway.pull.retrievePage("p"),
      ]) {
        const failure = await failureOf(call());
        expect(failure.code).toBe("notion_unknown");
        expect(failure.message).not.toContain("canary");
      }
      expect(sent).toHaveLength(2);
      expect(JSON.stringify(log.lines)).not.toContain("canary");
    },
  );

  test("a 503 that tells what was saved carries the saved object's id", async () => {
    const { gateway } = scripted([
      refusal(
        503,
        "service_unavailable",
        {},
        { committed_resource_id: "c-1", retry_guidance: ["read first"] },
      ),
    ]);
    const failure = await failureOf(gateway.bulk.createRow({ dataSourceId: "d", writes: write }));
    expect(failure.detail).toContain("committed c-1");
  });
});

describe("a hanging request", () => {
  const hang: Reply = () => new Promise(() => {});
  const stalledBody: Reply = () =>
    new Response(
      new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode('{"object"')) }),
      {
        headers: { "content-type": "application/json" },
      },
    );

  test.each([
    ["that never answers", hang],
    ["whose body stalls after the headers", stalledBody],
  ])("%s is given up and aborted: reads after 30 s, writes after 60 s", async (_name, reply) => {
    const { gateway, clock, sent } = scripted([reply]);
    for (const [call, limit] of [
      [() => gateway.pull.queryRows({ dataSourceId: "d" }), 30_000],
      [() => gateway.verdict.updatePage("p", write), 60_000],
    ] as const) {
      const failed = failureOf(call());
      let settled = false;
      void failed.then(() => {
        settled = true;
      });
      await clock.advance(limit - 1);
      expect(settled).toBe(false);
      await clock.advance(1);
      const failure = await failed;
      expect(failure).toMatchObject({ code: "notion_unknown", status: null });
      expect(failure.detail).toContain("timeout");
      expect(sent.at(-1)?.signal?.aborted).toBe(true);
    }
    expect(clock.pendingCount()).toBe(0);
  });

  test("no timer stays behind after an answer, ours or the SDK's", async () => {
    const { gateway, clock } = scripted([page]);
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    await settle();
    const before = timers();
    await gateway.pull.retrievePage("p");
    await settle();
    expect(clock.pendingCount()).toBe(0);
    expect(timers()).toBeLessThanOrEqual(before);
  });
});

describe("around every request", () => {
  test("a crash test can end the process before and after it, and a call that is held back is none", async () => {
    const { gateway, probes, sent } = scripted([refusal(429, "rate_limited"), page]);
    await failureOf(gateway.pull.retrievePage("p"));
    await failureOf(gateway.pull.retrievePage("p"));
    expect(probes).toEqual(["notion.retrievePage.before", "notion.retrievePage.after"]);
    expect(sent).toHaveLength(1);
  });

  test("the request carries the token and the pinned version, and follows no redirect", async () => {
    const { gateway, sent, log } = scripted([page]);
    await gateway.pull.retrievePage("p");
    expect(sent[0]?.headers.get("authorization")).toBe("Bearer ntn_canary_token");
    expect(sent[0]?.headers.get("notion-version")).toBe("2026-03-11");
    expect(JSON.stringify(log.lines)).not.toContain("canary");
  });

  test("Notion's clock is compared with ours at every answer, refusals included", async () => {
    const ahead = httpDate(startOfTest + 180_000);
    const { gateway } = scripted([refusal(404, "object_not_found", { date: ahead })]);
    expect(gateway.skew()).toBe(null);
    await failureOf(gateway.pull.retrievePage("p"));
    expect(gateway.skew()).toBe(180_000);
  });

  test("the three lanes share one budget", async () => {
    const { gateway, sent } = scripted([page]);
    for (let i = 0; i < 72; i++) await gateway.bulk.retrievePage("p");
    expect(await failureOf(gateway.bulk.retrievePage("p"))).toMatchObject({ code: "notion_throttled" });
    for (let i = 0; i < 60; i++) await gateway.pull.retrievePage("p");
    expect(await failureOf(gateway.pull.retrievePage("p"))).toMatchObject({ code: "notion_throttled" });
    for (let i = 0; i < 12; i++) await gateway.verdict.retrievePage("p");
    expect(await failureOf(gateway.verdict.retrievePage("p"))).toMatchObject({ code: "notion_throttled" });
    expect(sent).toHaveLength(144);
    expect(gateway.budget()).toMatchObject({ used: 144, limit: 144 });
  });
});
