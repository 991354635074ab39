import { expect, test } from "vitest";
import { failureOf, json, scripted } from "./support.ts";

const comment = (rich_text: unknown[]) => ({
  object: "comment",
  id: "c-1",
  discussion_id: "d-1",
  created_time: "2026-03-10T09:00:00.000Z",
  created_by: { object: "user", id: "b-1" },
  rich_text,
});

test("a gate comment mentions its reader, links the fix and keeps client text as plain text", async () => {
  const { gateway, sent } = scripted([json(comment([]))]);
  const clientText = "**not bold** [not a link](https://evil.example)";
  await gateway.verdict.createComment({ pageId: "p-1" }, [
    { person: "u-1" },
    { text: " please fix " },
    { text: "the date", link: "https://milepost.example/x", bold: true },
    { page: "p-2" },
    { text: clientText },
    { text: "" },
  ]);
  expect(sent[0]?.body).toEqual({
    parent: { type: "page_id", page_id: "p-1" },
    rich_text: [
      { mention: { user: { id: "u-1" } } },
      { text: { content: " please fix " } },
      {
        text: { content: "the date", link: { url: "https://milepost.example/x" } },
        annotations: { bold: true },
      },
      { mention: { page: { id: "p-2" } } },
      { text: { content: clientText } },
    ],
  });
});

test("a reply goes into its discussion, and an own comment is edited in place", async () => {
  const { gateway, sent } = scripted([json(comment([]))]);
  await gateway.verdict.createComment({ discussionId: "d-1" }, [{ text: "Again" }]);
  await gateway.verdict.updateComment("c-1", [{ text: "Done" }]);
  expect(sent[0]?.body).toEqual({ discussion_id: "d-1", rich_text: [{ text: { content: "Again" } }] });
  expect(sent[1]).toMatchObject({
    method: "PATCH",
    path: "/v1/comments/c-1",
    body: { rich_text: [{ text: { content: "Done" } }] },
  });
});

test("a long comment is split into parts, and one that is too long is refused before it is sent", async () => {
  const { gateway, sent } = scripted([json(comment([]))]);
  await gateway.verdict.createComment({ pageId: "p" }, [
    { text: "x".repeat(4_500), link: "https://m.example" },
  ]);
  const link = { url: "https://m.example" };
  expect(sent[0]?.body).toMatchObject({
    rich_text: [2_000, 2_000, 500].map((length) => ({ text: { content: "x".repeat(length), link } })),
  });
  const tooLong = gateway.verdict.createComment({ pageId: "p" }, [{ text: "x".repeat(200_001) }]);
  expect(await failureOf(tooLong)).toMatchObject({ code: "notion_refused", status: null });
  expect(sent).toHaveLength(1);
});

test("the links in a comment are found again, so that a comment is never posted twice", async () => {
  const text = (content: string, url?: string) => ({
    type: "text",
    plain_text: content,
    href: url ?? null,
    text: { content, link: url ? { url } : null },
  });
  const { gateway, sent } = scripted([
    json({
      object: "list",
      results: [
        comment([text("See "), text("here", "https://m.example/k/1"), text("!", "https://m.example/k/1")]),
      ],
      next_cursor: "c-2",
      has_more: true,
    }),
  ]);
  expect(await gateway.verdict.listComments("p-1")).toEqual({
    comments: [
      {
        commentId: "c-1",
        discussionId: "d-1",
        createdTime: Date.parse("2026-03-10T09:00:00.000Z"),
        createdBy: "b-1",
        links: ["https://m.example/k/1"],
        text: "See here!",
      },
    ],
    cursor: "c-2",
  });
  expect(sent[0]?.path).toBe("/v1/comments?block_id=p-1&page_size=100");
});
