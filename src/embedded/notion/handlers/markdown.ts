import { z } from "zod";
import { findBlockHolder, findPage } from "../access.ts";
import { validationError } from "../api/errors.ts";
import { type Operation, operation } from "../api/operation.ts";
import { shouldBe } from "../api/validate.ts";
import type { MarkdownBlock } from "../markdown/markdown-block.ts";
import { readBlock, readContent, unknownBlocks, writeContent } from "../markdown/page-content.ts";
import { renderMarkdown } from "../markdown/render-markdown.ts";
import type { JsonObject } from "../model.ts";
import type { Scope } from "../scope.ts";
import { acceptTask } from "../tasks/async-tasks.ts";
import { assertPageEditable } from "../write/pages.ts";

/** The page's Markdown exists since this version (notion-api §1). */
const since = "2026-03-11";

const allowAsync = { allow_async: z.boolean().optional() };
const mayDelete = { allow_deleting_content: z.boolean().optional() };
const updateSchema = z.discriminatedUnion("type", [
  z.strictObject({
    ...allowAsync,
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
    ...allowAsync,
    type: z.literal("replace_content"),
    replace_content: z.strictObject({ ...mayDelete, new_str: z.string() }),
  }),
  z.strictObject({
    ...allowAsync,
    type: z.literal("insert_content"),
    insert_content: z.strictObject({
      content: z.string(),
      after: z.string().optional(),
      position: z.strictObject({ type: z.enum(["start", "end"]) }).optional(),
    }),
  }),
  z.strictObject({
    ...allowAsync,
    type: z.literal("replace_content_range"),
    replace_content_range: z.strictObject({ ...mayDelete, content: z.string(), content_range: z.string() }),
  }),
]);
type UpdateInput = z.infer<typeof updateSchema>;
type TextUpdate = Extract<
  UpdateInput,
  { type: "update_content" }
>["update_content"]["content_updates"][number];

/** What a page's Markdown may grow to (assumed): one request could otherwise multiply it until nothing is left. */
const maxContentLength = 10_000_000;

const replaceOnce = (text: string, { old_str, new_str, replace_all_matches }: TextUpdate): string => {
  const parts = old_str === "" ? [text] : text.split(old_str);
  if (parts.length === 1) throw validationError(`old_str was not found in the page content: ${old_str}`);
  if (parts.length > 2 && !replace_all_matches) {
    throw validationError(
      `old_str matches ${parts.length - 1} places; set replace_all_matches or give more context.`,
    );
  }
  const length = text.length + (parts.length - 1) * (new_str.length - old_str.length);
  if (length > maxContentLength) {
    throw validationError(`The page content would be longer than ${maxContentLength} characters.`);
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

type Insertion = Extract<UpdateInput, { type: "insert_content" }>["insert_content"];

const inserted = (text: string, { content, after, position }: Insertion): string => {
  if (after !== undefined && position) {
    throw shouldBe("body.insert_content.position", "not present", position);
  }
  if (text === "") return content;
  if (position?.type === "start") return `${content}\n${text}`;
  if (after === undefined) return `${text}\n${content}`;
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
      return { text: inserted(text, input.insert_content), mayDeleteObjects: false };
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

/** A read shows about so many blocks and names those that it leaves out (documented: enhanced Markdown, "near 20,000"). */
const maxBlocksRead = 20_000;
const maxUnknown = 100;

/** A page's content, or a block with what lies below it. */
const showMarkdown = (scope: Scope, id: string): JsonObject => {
  const { page, block } = findBlockHolder(scope, id);
  const budget = { left: maxBlocksRead, isSpent: false };
  const read = block ? [readBlock(scope, block, budget)] : readContent(scope, page.id, budget);
  // What the budget left out has to fit into the list of unknown blocks.
  const content = budget.isSpent ? read.slice(0, shownUntil(read)) : read;
  return {
    object: "page_markdown",
    id,
    markdown: renderMarkdown(content, scope),
    truncated: budget.isSpent,
    unknown_block_ids: unknownBlocks(content).slice(0, maxUnknown),
  };
};

/** How many top blocks can be shown so that at most 100 unknown ones stand among them. */
const shownUntil = (blocks: readonly MarkdownBlock[]): number => {
  let unknown = 0;
  const end = blocks.findIndex((block) => {
    unknown += unknownBlocks([block]).length;
    return unknown > maxUnknown;
  });
  return end < 0 ? blocks.length : end;
};

const update = (scope: Scope, id: string, input: UpdateInput): JsonObject => {
  const page = findPage(scope, id);
  assertPageEditable(scope, page);
  const { text, mayDeleteObjects } = updated(renderMarkdown(readContent(scope, page.id), scope), input);
  writeContent(scope, page, text, mayDeleteObjects);
  const shown = showMarkdown(scope, page.id);
  return input.allow_async ? acceptTask(scope, "update_page_markdown", shown) : shown;
};

export const markdownOperations: readonly Operation[] = [
  operation({
    name: "pages.retrieveMarkdown",
    method: "GET",
    path: "/pages/:page_id/markdown",
    since,
    query: z.strictObject({ include_transcript: z.enum(["true", "false"]).optional() }),
    handle: (scope, { params: { page_id = "" } }) => showMarkdown(scope, page_id),
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
