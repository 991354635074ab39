import { z } from "zod";
import {
  assertEditable,
  type BlockHolder,
  findBlock,
  findBlockHolder,
  findPage,
  findSibling,
  isBlockTrashed,
  isBlockVisible,
  isTrashed,
} from "../access.ts";
import { notFound, validationError } from "../api/errors.ts";
import { type Operation, operation } from "../api/operation.ts";
import { idSchema, pagingShape } from "../api/schemas.ts";
import { parseAt, shouldBe } from "../api/validate.ts";
import { blockTypes } from "../blocks/block-types.ts";
import { parseBlocks, storedContent } from "../blocks/parse-blocks.ts";
import { insertBlocks, placeIn, recordContentChange } from "../blocks/write-blocks.ts";
import type { BlockRecord, JsonObject } from "../model.ts";
import { listOf, paginate } from "../query/paginate.ts";
import type { Scope } from "../scope.ts";
import { showBlock, showPageAsBlock } from "../show/block.ts";
import { assertMayTrash, setTrashed } from "../write/pages.ts";

const appendSchema = z.strictObject({
  children: z.array(z.unknown()).max(100),
  position: z
    .union([
      z.strictObject({ type: z.literal("after_block"), after_block: z.strictObject({ id: idSchema }) }),
      z.strictObject({ type: z.literal("start") }),
      z.strictObject({ type: z.literal("end") }),
    ])
    .optional(),
});
type AppendInput = z.infer<typeof appendSchema>;

const siblingBefore = (
  scope: Scope,
  parentId: string,
  position: AppendInput["position"],
): BlockRecord | null | "end" => {
  if (!position || position.type === "end") return "end";
  if (position.type === "start") return null;
  return findSibling(scope, parentId, position.after_block.id);
};

const append = (scope: Scope, id: string, input: AppendInput): JsonObject => {
  const holder = findBlockHolder(scope, id);
  assertEditable(isHolderTrashed(scope, holder));
  const place = placeIn(holder);
  const blocks = parseBlocks(input.children, "body.children", holder.block);
  const added = insertBlocks(scope, place, blocks, siblingBefore(scope, place.parentId, input.position));
  if (added.length > 0)
    recordContentChange(
      scope,
      holder.page,
      added.map((block) => block.id),
    );
  return listOf(
    "block",
    added.map((block) => showBlock(scope, block)),
    null,
  );
};

const updateSchema = z.looseObject({ in_trash: z.boolean().optional(), type: z.string().optional() });

/** Blocks and pages go to the trash and come back the same way (documented: reference/delete-a-block). */
const setBlockTrashed = (scope: Scope, id: string, inTrash: boolean): JsonObject => {
  const { page, block } = findBlockHolder(scope, id);
  const record = scope.objects.get(id);
  if (record?.kind === "page") assertMayTrash(scope, record, inTrash);
  if (record?.kind === "page" || record?.kind === "database") setTrashed(scope, record, inTrash);
  else if (block) {
    scope.blocks.update({ ...block, inTrash, editedAt: scope.now, editedBy: scope.actor.id });
  }
  if (block) recordContentChange(scope, findPage(scope, block.pageId), [id]);
  return block ? showBlock(scope, findBlock(scope, id)) : showPageAsBlock(scope, findPage(scope, page.id));
};

const isHolderTrashed = (scope: Scope, { page, block }: BlockHolder): boolean =>
  isBlockTrashed(scope, block) || isTrashed(scope, page);

/** What a change makes of a block's content; fields that it does not name stay. */
const changedContent = (block: BlockRecord, key: string, value: unknown): JsonObject => {
  const row = blockTypes[block.type];
  if (key !== block.type || !row?.update) {
    throw validationError(`Expected block type ${block.type} in request body`);
  }
  const given = parseAt(row.update, value, `body.${key}`);
  const upload = given.file_upload as { id: string } | undefined;
  if (upload) throw notFound("file_upload", upload.id);
  const named = storedContent({ ...row, defaults: {} }, given);
  const merged = block.type === "link_to_page" ? named : { ...block.data, ...named };
  return row.complete?.(merged) ?? merged;
};

const assertRowFits = (scope: Scope, { type, parentId }: BlockRecord, { cells }: JsonObject): void => {
  if (type !== "table_row") return;
  const width = scope.blocks.get(parentId)?.data.table_width;
  const count = (cells as unknown[]).length;
  if (count !== width) throw shouldBe("body.table_row.cells.length", `\`${width}\``, count);
};

type UpdateInput = z.infer<typeof updateSchema>;

const update = (scope: Scope, id: string, { in_trash, type: _type, ...content }: UpdateInput): JsonObject => {
  if (in_trash === false && isHolderTrashed(scope, findBlockHolder(scope, id))) {
    setBlockTrashed(scope, id, false);
  }
  const holder = findBlockHolder(scope, id);
  assertEditable(isHolderTrashed(scope, holder));
  const [key, second] = Object.keys(content);
  if (second) throw shouldBe(`body.${second}`, "not present", content[second]);
  if (key !== undefined) {
    const block = findBlock(scope, id);
    const data = changedContent(block, key, content[key]);
    assertRowFits(scope, block, data);
    scope.blocks.update({ ...block, data, editedAt: scope.now, editedBy: scope.actor.id });
    recordContentChange(scope, findPage(scope, block.pageId), [id]);
  }
  return in_trash ? setBlockTrashed(scope, id, true) : showHolder(scope, findBlockHolder(scope, id));
};

const showHolder = (scope: Scope, { page, block }: BlockHolder): JsonObject =>
  block ? showBlock(scope, block) : showPageAsBlock(scope, page);

export const blockOperations: readonly Operation[] = [
  operation({
    name: "blocks.retrieve",
    method: "GET",
    path: "/blocks/:block_id",
    handle(scope, { params: { block_id = "" } }) {
      return showHolder(scope, findBlockHolder(scope, block_id));
    },
  }),
  operation({
    name: "blocks.children.list",
    method: "GET",
    path: "/blocks/:block_id/children",
    query: z.strictObject(pagingShape),
    handle(scope, { params: { block_id = "" }, query }) {
      const { parentId } = placeIn(findBlockHolder(scope, block_id));
      const children = scope.blocks.childrenOf(parentId).filter((block) => isBlockVisible(scope, block));
      const { items, nextCursor } = paginate(children, query, (block) => block.id);
      return listOf(
        "block",
        items.map((block) => showBlock(scope, block)),
        nextCursor,
      );
    },
  }),
  operation({
    name: "blocks.children.append",
    method: "PATCH",
    path: "/blocks/:block_id/children",
    body: appendSchema,
    handle: (scope, { params: { block_id = "" }, body }) => append(scope, block_id, body),
  }),
  operation({
    name: "blocks.update",
    method: "PATCH",
    path: "/blocks/:block_id",
    body: updateSchema,
    handle: (scope, { params: { block_id = "" }, body }) => update(scope, block_id, body),
  }),
  operation({
    name: "blocks.delete",
    method: "DELETE",
    path: "/blocks/:block_id",
    handle(scope, { params: { block_id = "" } }) {
      assertEditable(isHolderTrashed(scope, findBlockHolder(scope, block_id)));
      return setBlockTrashed(scope, block_id, true);
    },
  }),
];
