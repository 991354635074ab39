import type { CreatePageParameters } from "@notionhq/client";
import type { NotionCalls } from "../types/notion-gateway.ts";
import { commentAnswer, markdownAnswer, pageAnswer } from "./answers.ts";
import { writeProperties } from "./codec.ts";
import { richTextRequest, textRequest } from "./rich-text.ts";
import type { EmojiRequest } from "./schema-requests.ts";
import type { Send } from "./send.ts";

type WriteCalls = Pick<
  NotionCalls,
  "updatePage" | "createRow" | "appendMarkdown" | "createPage" | "createComment" | "updateComment"
>;

/** The calls that write pages and comments. A value that Notion cannot take is refused before anything is sent. */
export const writeCalls = (send: Send): WriteCalls => ({
  async updatePage(pageId, writes) {
    const request = { page_id: pageId, properties: writeProperties(writes) };
    return send("updatePage", (notion) => notion.pages.update(request), pageAnswer);
  },
  async createRow({ dataSourceId, writes, markdown }) {
    const request: CreatePageParameters = {
      parent: { type: "data_source_id", data_source_id: dataSourceId },
      properties: writeProperties(writes),
      ...(markdown === undefined ? {} : { markdown }),
    };
    return send("createRow", (notion) => notion.pages.create(request), pageAnswer);
  },
  async appendMarkdown(pageId, markdown) {
    const insert_content = { content: markdown, position: { type: "end" as const } };
    const request = { page_id: pageId, type: "insert_content" as const, insert_content };
    await send("appendMarkdown", (notion) => notion.pages.updateMarkdown(request), markdownAnswer);
  },
  async createPage({ parentPageId, title, icon, markdown }) {
    const request: CreatePageParameters = {
      parent: { type: "page_id", page_id: parentPageId },
      properties: { title: { title: textRequest(title) } },
      icon: { type: "emoji", emoji: icon as EmojiRequest },
      markdown,
    };
    return send("createPage", (notion) => notion.pages.create(request), pageAnswer);
  },
  async createComment(to, text) {
    const rich_text = richTextRequest(text);
    const request =
      "pageId" in to
        ? { parent: { type: "page_id" as const, page_id: to.pageId }, rich_text }
        : { discussion_id: to.discussionId, rich_text };
    return send("createComment", (notion) => notion.comments.create(request), commentAnswer);
  },
  async updateComment(commentId, text) {
    const request = { comment_id: commentId, rich_text: richTextRequest(text) };
    return send("updateComment", (notion) => notion.comments.update(request), commentAnswer);
  },
});
