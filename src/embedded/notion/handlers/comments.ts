import { z } from "zod";
import { findBlock, findBlockHolder, findPage } from "../access.ts";
import { notAllowed, notFound } from "../api/errors.ts";
import { type Operation, operation } from "../api/operation.ts";
import { idSchema, pageParentSchema, pagingShape, richTextSchema } from "../api/schemas.ts";
import { shouldBe } from "../api/validate.ts";
import type { ChangeKind } from "../journal.ts";
import { parseInline } from "../markdown/parse-inline.ts";
import type { CommentRecord, JsonObject, RichText } from "../model.ts";
import { listOf, paginate } from "../query/paginate.ts";
import type { Scope } from "../scope.ts";
import { showComment } from "../show/comment.ts";
import { plainText, storedRichText } from "../show/rich-text.ts";
import { placeOf } from "../write/pages.ts";

const textShape = { rich_text: richTextSchema.optional(), markdown: z.string().optional() };
const textSchema = z.strictObject(textShape);

const createSchema = z.strictObject({
  ...textShape,
  parent: z
    .union([pageParentSchema, z.strictObject({ type: z.literal("block_id").optional(), block_id: idSchema })])
    .optional(),
  discussion_id: idSchema.optional(),
  display_name: z
    .union([
      z.strictObject({ type: z.literal("integration") }),
      z.strictObject({ type: z.literal("user") }),
      z.strictObject({ type: z.literal("custom"), custom: z.strictObject({ name: z.string().min(1) }) }),
    ])
    .optional(),
  attachments: z
    .array(z.strictObject({ file_upload_id: idSchema, type: z.literal("file_upload").optional() }))
    .max(3)
    .optional(),
});
type CreateInput = z.infer<typeof createSchema>;

const textOf = ({ rich_text, markdown }: z.infer<typeof textSchema>): RichText => {
  if (rich_text && markdown !== undefined) throw shouldBe("body.markdown", "not present", markdown);
  if (rich_text) return storedRichText(rich_text);
  if (markdown === undefined) throw shouldBe("body.rich_text", "defined", undefined);
  return parseInline(markdown);
};

const displayName = (scope: Scope, given: CreateInput["display_name"]): CommentRecord["displayName"] => {
  if (given?.type === "custom") return { type: "custom", resolved_name: given.custom.name };
  const own = scope.actor.kind === "bot" ? "integration" : "user";
  // A bot that asks for its user's name has none of its own but the connection's (assumed).
  return { type: given?.type ?? own, resolved_name: scope.actor.name };
};

type Target = Pick<CommentRecord, "discussionId" | "parent" | "pageId">;

const targetOf = (scope: Scope, { parent, discussion_id }: CreateInput): Target => {
  if (parent && discussion_id) throw shouldBe("body.discussion_id", "not present", discussion_id);
  if (discussion_id) {
    const opening = scope.comments.opening(discussion_id);
    if (!opening) throw notFound("discussion", discussion_id);
    findPage(scope, opening.pageId);
    return { discussionId: discussion_id, parent: opening.parent, pageId: opening.pageId };
  }
  if (!parent) throw shouldBe("body.parent", "defined", undefined);
  const discussionId = scope.newId();
  if ("page_id" in parent) {
    const { id } = findPage(scope, parent.page_id);
    return { discussionId, parent: { type: "page_id", id }, pageId: id };
  }
  const block = findBlock(scope, parent.block_id);
  return { discussionId, parent: { type: "block_id", id: block.id }, pageId: block.pageId };
};

const record = (scope: Scope, kind: ChangeKind, comment: CommentRecord): void =>
  scope.journal.append(scope.actor, scope.now, {
    ...placeOf(scope, findPage(scope, comment.pageId)),
    kind,
    objectId: comment.id,
    parent: comment.parent,
    pageId: comment.pageId,
    after: plainText(comment.richText, scope),
  });

/** A thread is on a page or on one of its blocks, and its answers where it began (documented: working-with-comments). */
const create = (scope: Scope, input: CreateInput): JsonObject => {
  // Uploads are not there, so no attachment can be found.
  const [attachment] = input.attachments ?? [];
  if (attachment) throw notFound("file_upload", attachment.file_upload_id);
  const target = targetOf(scope, input);
  const comment: CommentRecord = {
    id: scope.newId(),
    ...target,
    createdAt: scope.now,
    createdBy: scope.actor.id,
    editedAt: scope.now,
    displayName: displayName(scope, input.display_name),
    richText: textOf(input),
  };
  scope.comments.insert(comment);
  record(scope, "comment.created", comment);
  return showComment(scope, comment);
};

const find = (scope: Scope, id: string): CommentRecord => {
  const comment = scope.comments.get(id);
  if (!comment) throw notFound("comment", id);
  findPage(scope, comment.pageId);
  return comment;
};

/** Only its author may change or delete a comment (notion-api §8). */
const findOwn = (scope: Scope, id: string): CommentRecord => {
  const comment = find(scope, id);
  if (comment.createdBy !== scope.actor.id) throw notAllowed();
  return comment;
};

export const commentOperations: readonly Operation[] = [
  operation({
    name: "comments.create",
    method: "POST",
    path: "/comments",
    body: createSchema,
    handle: (scope, { body }) => create(scope, body),
  }),
  operation({
    name: "comments.list",
    method: "GET",
    path: "/comments",
    query: z.strictObject({ ...pagingShape, block_id: idSchema }),
    handle(scope, { query }) {
      const { page, block } = findBlockHolder(scope, query.block_id);
      const comments = scope.comments.onParent(block?.id ?? page.id);
      const { items, nextCursor } = paginate(comments, query, (comment) => comment.id);
      return listOf(
        "comment",
        items.map((comment) => showComment(scope, comment)),
        nextCursor,
      );
    },
  }),
  operation({
    name: "comments.retrieve",
    method: "GET",
    path: "/comments/:comment_id",
    handle: (scope, { params: { comment_id = "" } }) => showComment(scope, find(scope, comment_id)),
  }),
  operation({
    name: "comments.update",
    method: "PATCH",
    path: "/comments/:comment_id",
    body: textSchema,
    handle(scope, { params: { comment_id = "" }, body }) {
      const comment = { ...findOwn(scope, comment_id), richText: textOf(body), editedAt: scope.now };
      scope.comments.setText(comment.id, comment.richText, scope.now);
      record(scope, "comment.updated", comment);
      return showComment(scope, comment);
    },
  }),
  operation({
    name: "comments.delete",
    method: "DELETE",
    path: "/comments/:comment_id",
    handle(scope, { params: { comment_id = "" } }) {
      const comment = findOwn(scope, comment_id);
      scope.comments.remove(comment.id);
      record(scope, "comment.deleted", comment);
      return { object: "comment", id: comment.id };
    },
  }),
];
