import { isBlockTrashed } from "../access.ts";
import { blockTypes } from "../blocks/block-types.ts";
import type { BlockRecord, JsonObject, PageRecord, RichText } from "../model.ts";
import type { Scope } from "../scope.ts";
import { minuteTime } from "../time.ts";
import { titleOf } from "./page.ts";
import { plainText, showRichText } from "./rich-text.ts";
import { partialUser } from "./user.ts";

const childTitle = (block: BlockRecord, scope: Scope): string => {
  const record = scope.objects.get(block.id);
  if (record?.kind === "page") return titleOf(record, scope);
  return record?.kind === "database" ? plainText(record.title, scope) : "";
};

const content = (block: BlockRecord, scope: Scope): JsonObject => {
  const row = blockTypes[block.type];
  if (!row) return { title: childTitle(block, scope) };
  const shown = Object.entries(block.data).map(([key, value]) => {
    if (!row.richText.includes(key)) return [key, value];
    if (key !== "cells") return [key, showRichText(value as RichText, scope)];
    return [key, (value as RichText[]).map((cell) => showRichText(cell, scope))];
  });
  return Object.fromEntries(shown);
};

const hasChildren = (block: BlockRecord, scope: Scope): boolean =>
  block.type !== "child_database" && scope.blocks.hasChildren(block.id);

export const showBlock = (scope: Scope, block: BlockRecord): JsonObject => ({
  object: "block",
  id: block.id,
  parent:
    block.parentId === block.pageId
      ? { type: "page_id", page_id: block.pageId }
      : { type: "block_id", block_id: block.parentId },
  created_time: minuteTime(block.createdAt),
  last_edited_time: minuteTime(block.editedAt),
  created_by: partialUser(block.createdBy),
  last_edited_by: partialUser(block.editedBy),
  has_children: hasChildren(block, scope),
  in_trash: isBlockTrashed(scope, block),
  type: block.type,
  [block.type]: content(block, scope),
});

/** A page seen as a block, for rows and top pages, which no block holds. */
export const showPageAsBlock = (scope: Scope, page: PageRecord): JsonObject => ({
  ...showBlock(scope, {
    id: page.id,
    parentId: page.id,
    pageId: page.id,
    rank: 0,
    type: "child_page",
    data: {},
    createdAt: page.createdAt,
    createdBy: page.createdBy,
    editedAt: page.editedAt,
    editedBy: page.editedBy,
    inTrash: page.inTrash,
  }),
  parent:
    page.parent.type === "workspace"
      ? { type: "workspace", workspace: true }
      : { type: page.parent.type, [page.parent.type]: page.parent.id },
});
