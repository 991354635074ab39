import type { BlockHolder } from "../access.ts";
import { validationError } from "../api/errors.ts";
import type { BlockRecord, JsonObject, PageRecord } from "../model.ts";
import type { Scope } from "../scope.ts";
import { placeOf } from "../write/pages.ts";
import type { NewBlock } from "./parse-blocks.ts";

type Place = { parentId: string; pageId: string };

const insertOne = (
  scope: Scope,
  place: Place,
  rank: number,
  id: string,
  type: string,
  data: JsonObject,
): BlockRecord => {
  const block: BlockRecord = {
    id,
    ...place,
    rank,
    type,
    data,
    createdAt: scope.now,
    createdBy: scope.actor.id,
    editedAt: scope.now,
    editedBy: scope.actor.id,
    inTrash: false,
  };
  scope.blocks.insert(block);
  return block;
};

/**
 * A block of this page comes to stand here, with what lies below it. One of another page stays there: Markdown that
 * names it is refused, because a page moves by its own operation (assumed).
 */
const moveHere = (scope: Scope, place: Place, rank: number, id: string): BlockRecord => {
  const block = scope.blocks.get(id);
  if (block?.pageId !== place.pageId) throw validationError(`Block with ID ${id} is not on this page.`);
  const moved = { ...block, ...place, rank };
  scope.blocks.update(moved);
  return moved;
};

/** Inserts blocks and what lies below them after a sibling (null: at the start); answers the top ones. */
export const insertBlocks = (
  scope: Scope,
  place: Place,
  blocks: readonly NewBlock[],
  after: BlockRecord | null | "end",
): BlockRecord[] => {
  const rank = scope.blocks.makeRoom(place.parentId, after, blocks.length);
  return blocks.map((block, index) => {
    if (block.id !== undefined) return moveHere(scope, place, rank + index, block.id);
    const inserted = insertOne(scope, place, rank + index, scope.newId(), block.type, block.data);
    if (block.children.length > 0) {
      insertBlocks(scope, { parentId: inserted.id, pageId: place.pageId }, block.children, "end");
    }
    return inserted;
  });
};

/** The block by which a page shows a page or database below it; it shares that object's id. */
export const insertChildObject = (
  scope: Scope,
  parentPageId: string,
  type: "child_page" | "child_database",
  id: string,
  after: BlockRecord | null | "end" = "end",
): void => {
  const rank = scope.blocks.makeRoom(parentPageId, after, 1);
  insertOne(scope, { parentId: parentPageId, pageId: parentPageId }, rank, id, type, {});
};

/**
 * Journals a change of a page's content. A person's edit counts as an edit of the page; content written through
 * a connection does not move `last_edited_time` (notion-api §5).
 */
export const recordContentChange = (scope: Scope, page: PageRecord, blockIds: string[]): void => {
  if (scope.actor.kind === "person") {
    scope.objects.put({ ...page, editedAt: scope.now, editedBy: scope.actor.id });
  }
  scope.journal.append(scope.actor, scope.now, {
    kind: "page.content_updated",
    objectId: page.id,
    ...placeOf(scope, page),
    blocks: blockIds,
  });
};

export const placeIn = ({ page, block }: BlockHolder): Place => ({
  parentId: block?.id ?? page.id,
  pageId: page.id,
});
