import { z } from "zod";
import { assertEditable, findBlock, findBlockHolder, findPage, isTrashed } from "../access.ts";
import { validationError } from "../api/errors.ts";
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
import { setTrashed } from "../write/pages.ts";

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
  const sibling = findBlock(scope, position.after_block.id);
  if (sibling.parentId === parentId) return sibling;
  throw validationError(`Block with ID ${sibling.id} is not a child of ${parentId}.`);
};

const append = (scope: Scope, id: string, input: AppendInput): JsonObject => {
  const holder = findBlockHolder(scope, id);
  assertEditable((holder.block?.inTrash ?? false) || isTrashed(scope, holder.page));
  const type = holder.block && blockTypes[holder.block.type];
  if (type && !type.takesChildren) throw validationError("Block does not support children.");
  const place = placeIn(holder);
  const blocks = parseBlocks(input.children, "body.children");
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

const setBlockTrashed = (scope: Scope, block: BlockRecord, inTrash: boolean): BlockRecord => {
  const record = scope.objects.get(block.id);
  if (record?.kind === "page" || record?.kind === "database") setTrashed(scope, record, inTrash);
  else scope.blocks.update({ ...block, inTrash, editedAt: scope.now, editedBy: scope.actor.id });
  recordContentChange(scope, findPage(scope, block.pageId), [block.id]);
  return findBlock(scope, block.id);
};

const update = (
  scope: Scope,
  id: string,
  { in_trash, type: _type, ...content }: z.infer<typeof updateSchema>,
): JsonObject => {
  let block = findBlock(scope, id);
  if (in_trash === false && block.inTrash) block = setBlockTrashed(scope, block, false);
  assertEditable(block.inTrash || isTrashed(scope, findPage(scope, block.pageId)));
  const [key, second] = Object.keys(content);
  if (key !== undefined) {
    const row = blockTypes[block.type];
    if (key !== block.type || !row)
      throw validationError(`Expected block type ${block.type} in request body`);
    if (second) throw shouldBe(`body.${second}`, "not present", content[second]);
    const given = parseAt(row.content.partial(), content[key], `body.${key}`) as JsonObject;
    // Defaults fill a new block; an update leaves what it does not name.
    const data = { ...block.data, ...storedContent({ ...row, defaults: {} }, given) };
    block = { ...block, data, editedAt: scope.now, editedBy: scope.actor.id };
    scope.blocks.update(block);
    recordContentChange(scope, findPage(scope, block.pageId), [block.id]);
  }
  return showBlock(scope, in_trash ? setBlockTrashed(scope, block, true) : block);
};

export const blockOperations: readonly Operation[] = [
  operation({
    name: "blocks.retrieve",
    method: "GET",
    path: "/blocks/:block_id",
    handle(scope, { params: { block_id = "" } }) {
      const holder = findBlockHolder(scope, block_id);
      return holder.block ? showBlock(scope, holder.block) : showPageAsBlock(scope, holder.page);
    },
  }),
  operation({
    name: "blocks.children.list",
    method: "GET",
    path: "/blocks/:block_id/children",
    query: z.strictObject(pagingShape),
    handle(scope, { params: { block_id = "" }, query }) {
      const { parentId } = placeIn(findBlockHolder(scope, block_id));
      const { items, nextCursor } = paginate(scope.blocks.childrenOf(parentId), query, (block) => block.id);
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
      const block = findBlock(scope, block_id);
      assertEditable(block.inTrash);
      return showBlock(scope, setBlockTrashed(scope, block, true));
    },
  }),
];
