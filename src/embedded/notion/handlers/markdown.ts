import { z } from "zod";
import { findPage } from "../access.ts";
import { validationError } from "../api/errors.ts";
import { type Operation, operation } from "../api/operation.ts";
import { readContent, unknownBlocks, writeContent } from "../markdown/page-content.ts";
import { renderMarkdown } from "../markdown/render-markdown.ts";
import type { JsonObject, PageRecord } from "../model.ts";
import type { Scope } from "../scope.ts";
import { assertPageEditable } from "../write/pages.ts";

/** The page's Markdown exists since this version (notion-api §1). */
const since = "2026-03-11";

const mayDelete = { allow_deleting_content: z.boolean().optional() };
const updateSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("update_content"),
    update_content: z.strictObject({
      ...mayDelete,
      content_updates: z
        .array(
          z.strictObject({
            old_str: z.string(),
            new_str: z.string(),
            replace_all_matches: z.boolean().optional(),
          }),
        )
        .max(100),
    }),
  }),
  z.strictObject({
    type: z.literal("replace_content"),
    replace_content: z.strictObject({ ...mayDelete, new_str: z.string() }),
  }),
  z.strictObject({
    type: z.literal("insert_content"),
    insert_content: z.strictObject({ content: z.string(), after: z.string().optional() }),
  }),
  z.strictObject({
    type: z.literal("replace_content_range"),
    replace_content_range: z.strictObject({ ...mayDelete, content: z.string(), content_range: z.string() }),
  }),
]);
type UpdateInput = z.infer<typeof updateSchema>;
type TextUpdate = Extract<
  UpdateInput,
  { type: "update_content" }
>["update_content"]["content_updates"][number];

const replaceOnce = (text: string, { old_str, new_str, replace_all_matches }: TextUpdate): string => {
  const parts = old_str === "" ? [text] : text.split(old_str);
  if (parts.length === 1) throw validationError(`old_str was not found in the page content: ${old_str}`);
  if (parts.length > 2 && !replace_all_matches) {
    throw validationError(
      `old_str matches ${parts.length - 1} places; set replace_all_matches or give more context.`,
    );
  }
  return parts.join(new_str);
};

/** Where a selection such as `start text...end text` lies in the content. */
const selectionIn = (text: string, selection: string): { from: number; to: number } => {
  const [start = "", end = ""] = selection.split("...");
  const from = text.indexOf(start);
  const last = end === "" ? from : text.indexOf(end, from + start.length);
  if (from < 0 || last < 0)
    throw validationError(`The selection was not found in the page content: ${selection}`);
  return { from, to: last + (end || start).length };
};

const inserted = (text: string, content: string, after: string | undefined): string => {
  if (after === undefined) return text === "" ? content : `${text}\n${content}`;
  const { to } = selectionIn(text, after);
  const lineEnd = text.indexOf("\n", to);
  return lineEnd < 0 ? `${text}\n${content}` : `${text.slice(0, lineEnd)}\n${content}${text.slice(lineEnd)}`;
};

/** The page's whole content after an update, and whether child pages may be lost on the way. */
const updated = (text: string, input: UpdateInput): { text: string; mayDeleteObjects: boolean } => {
  switch (input.type) {
    case "update_content": {
      const { content_updates, allow_deleting_content = false } = input.update_content;
      return { text: content_updates.reduce(replaceOnce, text), mayDeleteObjects: allow_deleting_content };
    }
    case "replace_content": {
      const { new_str, allow_deleting_content = false } = input.replace_content;
      return { text: new_str, mayDeleteObjects: allow_deleting_content };
    }
    case "insert_content": {
      const { content, after } = input.insert_content;
      return { text: inserted(text, content, after), mayDeleteObjects: false };
    }
    case "replace_content_range": {
      const { content, content_range, allow_deleting_content = false } = input.replace_content_range;
      const { from, to } = selectionIn(text, content_range);
      return {
        text: text.slice(0, from) + content + text.slice(to),
        mayDeleteObjects: allow_deleting_content,
      };
    }
  }
};

const showMarkdown = (scope: Scope, page: PageRecord): JsonObject => {
  const content = readContent(scope, page.id);
  return {
    object: "page_markdown",
    id: page.id,
    markdown: renderMarkdown(content, scope),
    truncated: false,
    unknown_block_ids: unknownBlocks(content).slice(0, 100),
  };
};

const update = (scope: Scope, id: string, input: UpdateInput): JsonObject => {
  const page = findPage(scope, id);
  assertPageEditable(scope, page);
  const { text, mayDeleteObjects } = updated(renderMarkdown(readContent(scope, page.id), scope), input);
  writeContent(scope, page, text, mayDeleteObjects);
  return showMarkdown(scope, page);
};

export const markdownOperations: readonly Operation[] = [
  operation({
    name: "pages.retrieveMarkdown",
    method: "GET",
    path: "/pages/:page_id/markdown",
    since,
    query: z.strictObject({ include_transcript: z.string().optional() }),
    handle: (scope, { params: { page_id = "" } }) => showMarkdown(scope, findPage(scope, page_id)),
  }),
  operation({
    name: "pages.updateMarkdown",
    method: "PATCH",
    path: "/pages/:page_id/markdown",
    since,
    body: updateSchema,
    handle: (scope, { params: { page_id = "" }, body }) => update(scope, page_id, body),
  }),
];
