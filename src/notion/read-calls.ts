import type { QueryDataSourceParameters } from "@notionhq/client";
import { NotionError } from "../types/errors.ts";
import type { RowFilter } from "../types/notion.ts";
import type { NotionCalls } from "../types/notion-gateway.ts";
import {
  childrenAnswer,
  commentsAnswer,
  markdownAnswer,
  pageAnswer,
  propertyItemsAnswer,
  rowsAnswer,
  selfAnswer,
} from "./answers.ts";
import { pageFrom } from "./paging.ts";
import type { Send } from "./send.ts";

type ReadCalls = Pick<
  NotionCalls,
  | "me"
  | "retrievePage"
  | "retrievePropertyItems"
  | "retrieveMarkdown"
  | "queryRows"
  | "listComments"
  | "listChildren"
>;

/** The calls that read pages and what hangs on them. */
export const readCalls = (send: Send): ReadCalls => ({
  async me() {
    const self = await send("me", (notion) => notion.users.me({}), selfAnswer);
    const workspaceId = self.bot?.workspace_id;
    if (workspaceId === undefined)
      throw new NotionError("notion_unauthorized", "not the token of a connection");
    return { botId: self.id, workspaceId };
  },
  retrievePage: (pageId) =>
    send("retrievePage", (notion) => notion.pages.retrieve({ page_id: pageId }), pageAnswer),
  retrievePropertyItems(pageId, propertyId, cursor) {
    const request = { page_id: pageId, property_id: propertyId, ...pageFrom(cursor) };
    return send(
      "retrievePropertyItems",
      (notion) => notion.pages.properties.retrieve(request),
      propertyItemsAnswer,
    );
  },
  retrieveMarkdown: (pageId) => wholeBody(send, pageId),
  queryRows({ dataSourceId, filter, sortBy, cursor }) {
    const request: QueryDataSourceParameters = {
      data_source_id: dataSourceId,
      ...pageFrom(cursor),
      ...(filter ? { filter: filterRequest(filter) } : {}),
      ...(sortBy ? { sorts: [{ timestamp: sortBy, direction: "ascending" }] } : {}),
    };
    return send("queryRows", (notion) => notion.dataSources.query(request), rowsAnswer);
  },
  listComments(pageId, cursor) {
    const request = { block_id: pageId, ...pageFrom(cursor) };
    return send("listComments", (notion) => notion.comments.list(request), commentsAnswer);
  },
  listChildren(blockId, cursor) {
    const request = { block_id: blockId, ...pageFrom(cursor) };
    return send("listChildren", (notion) => notion.blocks.children.list(request), childrenAnswer);
  },
});

const wholeBody = async (send: Send, pageId: string): Promise<string> => {
  const request = { page_id: pageId };
  const body = await send(
    "retrieveMarkdown",
    (notion) => notion.pages.retrieveMarkdown(request),
    markdownAnswer,
  );
  if (body.truncated) throw new NotionError("notion_refused", "retrieveMarkdown: the body is too long");
  return body.markdown;
};

const iso = (time: number): string => new Date(time).toISOString();

const editedFrom = (time: number) =>
  ({ timestamp: "last_edited_time", last_edited_time: { on_or_after: iso(time) } }) as const;

const filterRequest = (filter: RowFilter): NonNullable<QueryDataSourceParameters["filter"]> => {
  switch (filter.kind) {
    case "edited-on-or-after":
      return editedFrom(filter.time);
    case "edited-in-minute":
      return {
        and: [
          editedFrom(filter.minute),
          { timestamp: "last_edited_time", last_edited_time: { before: iso(filter.minute + 60_000) } },
          { timestamp: "created_time", created_time: { on_or_after: iso(filter.createdFrom) } },
        ],
      };
    case "relation-contains":
      return { property: filter.propertyId, relation: { contains: filter.pageId } };
    case "text-equals":
      return filter.propertyId === "title"
        ? { property: filter.propertyId, title: { equals: filter.text } }
        : { property: filter.propertyId, rich_text: { equals: filter.text } };
  }
};
