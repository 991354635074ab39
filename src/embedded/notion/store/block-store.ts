import type { Database, SqlValue } from "../../../ports.ts";
import type { BlockRecord } from "../model.ts";
import { blockOf } from "./records.ts";

export type BlockStore = {
  get(id: string): BlockRecord | undefined;
  /** Blocks directly below a page or block that are not in the trash, in order. */
  childrenOf(parentId: string): BlockRecord[];
  hasChildren(parentId: string): boolean;
  /** Opens a gap of `count` ranks after the given sibling (null: at the start, "end": after all); the first free rank. */
  makeRoom(parentId: string, after: BlockRecord | null | "end", count: number): number;
  /** Blocks that were ever created, pages among them. */
  countEver(): number;
  insert(block: BlockRecord): void;
  update(block: BlockRecord): void;
};

const insertBlock = `INSERT INTO blocks (parent_id, page_id, rank, type, data, created_at, created_by, edited_at,
  edited_by, in_trash, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const updateBlock = `UPDATE blocks SET parent_id = ?, page_id = ?, rank = ?, type = ?, data = ?, created_at = ?,
  created_by = ?, edited_at = ?, edited_by = ?, in_trash = ? WHERE id = ?`;

const valuesOf = (block: BlockRecord): SqlValue[] => [
  block.parentId,
  block.pageId,
  block.rank,
  block.type,
  JSON.stringify(block.data),
  block.createdAt,
  block.createdBy,
  block.editedAt,
  block.editedBy,
  block.inTrash ? 1 : 0,
  block.id,
];

export const createBlockStore = (database: Database): BlockStore => ({
  get(id) {
    const [row] = database.exec("SELECT * FROM blocks WHERE id = ?", id);
    return row ? blockOf(row) : undefined;
  },
  childrenOf: (parentId) =>
    database
      .exec("SELECT * FROM blocks WHERE parent_id = ? AND in_trash = 0 ORDER BY rank", parentId)
      .map(blockOf),
  hasChildren: (parentId) =>
    database.exec("SELECT 1 AS found FROM blocks WHERE parent_id = ? AND in_trash = 0 LIMIT 1", parentId)
      .length > 0,
  makeRoom(parentId, after, count) {
    if (after === "end") {
      const [row] = database.exec("SELECT max(rank) AS last FROM blocks WHERE parent_id = ?", parentId);
      return Number(row?.last ?? 0) + 1;
    }
    const rank = after?.rank ?? 0;
    database.exec(
      "UPDATE blocks SET rank = rank + ? WHERE parent_id = ? AND rank > ?",
      count,
      parentId,
      rank,
    );
    return rank + 1;
  },
  countEver() {
    const [row] = database.exec(
      `SELECT (SELECT count(*) FROM blocks WHERE type <> 'child_page')
        + (SELECT count(*) FROM objects WHERE kind = 'page') AS count`,
    );
    return Number(row?.count);
  },
  insert: (block) => void database.exec(insertBlock, ...valuesOf(block)),
  update: (block) => void database.exec(updateBlock, ...valuesOf(block)),
});
