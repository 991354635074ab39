import type { SqlRow } from "../../../ports.ts";
import type { BlockRecord, CommentRecord, JsonObject, ObjectRecord, Parent } from "../model.ts";

/** Rows of our own tables as records; the tables are STRICT and written by this folder alone. */

const json = <T>(value: unknown): T => JSON.parse(String(value)) as T;

/** Columns of every object; the rest of a record is its `data`. Page values have a table of their own. */
const columns = new Set([
  "id",
  "seq",
  "kind",
  "parent",
  "createdAt",
  "createdBy",
  "editedAt",
  "editedBy",
  "inTrash",
  "shared",
  "values",
]);

export const dataOf = (record: ObjectRecord): string =>
  JSON.stringify(Object.fromEntries(Object.entries(record).filter(([key]) => !columns.has(key))));

const parentOf = (row: SqlRow): Parent =>
  row.parent_type === "workspace"
    ? { type: "workspace" }
    : ({ type: row.parent_type, id: row.parent_id } as Parent);

export const objectOf = (row: SqlRow): ObjectRecord =>
  ({
    ...json<JsonObject>(row.data),
    kind: row.kind,
    id: row.id,
    seq: row.seq,
    parent: parentOf(row),
    createdAt: row.created_at,
    createdBy: row.created_by,
    editedAt: row.edited_at,
    editedBy: row.edited_by,
    inTrash: row.in_trash === 1,
    shared: row.shared === 1,
    ...(row.kind === "page" ? { values: json(row.values) } : {}),
  }) as ObjectRecord;

export const blockOf = (row: SqlRow): BlockRecord => ({
  id: String(row.id),
  parentId: String(row.parent_id),
  pageId: String(row.page_id),
  rank: Number(row.rank),
  type: String(row.type),
  data: json(row.data),
  createdAt: Number(row.created_at),
  createdBy: String(row.created_by),
  editedAt: Number(row.edited_at),
  editedBy: String(row.edited_by),
  inTrash: row.in_trash === 1,
});

export const commentOf = (row: SqlRow): CommentRecord => ({
  id: String(row.id),
  discussionId: String(row.discussion_id),
  parent: { type: row.parent_type === "block_id" ? "block_id" : "page_id", id: String(row.parent_id) },
  pageId: String(row.page_id),
  createdAt: Number(row.created_at),
  createdBy: String(row.created_by),
  editedAt: Number(row.edited_at),
  displayName: json(row.display_name),
  richText: json(row.rich_text),
});
