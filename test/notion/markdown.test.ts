import { expect, test } from "vitest";
import { failureOf, json, scripted } from "./support.ts";

const body = (truncated: boolean) =>
  json({ object: "page_markdown", id: "p", markdown: "## A\n- b", truncated, unknown_block_ids: [] });

test("a page's body is read whole, with one request", async () => {
  const { gateway, sent } = scripted([body(false)]);
  expect(await gateway.verdict.retrieveMarkdown("p-1")).toBe("## A\n- b");
  expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual(["GET /v1/pages/p-1/markdown"]);
});

test("a body that Notion cut is refused: half a text is never used", async () => {
  const { gateway } = scripted([body(true)]);
  expect((await failureOf(gateway.verdict.retrieveMarkdown("p-1"))).code).toBe("notion_refused");
});

test("a text is put at the end of a page's body, with one request", async () => {
  const { gateway, sent } = scripted([body(false)]);
  await gateway.bulk.appendMarkdown("p-1", "## Brief");
  expect(sent.map(({ method, path, body: asked }) => ({ method, path, asked }))).toEqual([
    {
      ...{ method: "PATCH", path: "/v1/pages/p-1/markdown" },
      asked: { type: "insert_content", insert_content: { content: "## Brief", position: { type: "end" } } },
    },
  ]);
});
