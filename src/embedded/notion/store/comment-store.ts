import type { Database } from "../../../ports.ts";
import type { CommentRecord, RichText } from "../model.ts";
import { commentOf } from "./records.ts";

export type CommentStore = {
  get(id: string): CommentRecord | undefined;
  /** Open comments on a page or block, oldest first. */
  onParent(parentId: string): CommentRecord[];
  /** The first comment of a discussion. */
  opening(discussionId: string): CommentRecord | undefined;
  insert(comment: CommentRecord): void;
  setText(id: string, richText: RichText, editedAt: number): void;
  remove(id: string): void;
};

const insertComment = `INSERT INTO comments (id, discussion_id, parent_type, parent_id, page_id, created_at,
  created_by, edited_at, display_name, rich_text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

export const createCommentStore = (database: Database): CommentStore => {
  const select = (where: string, id: string): CommentRecord[] =>
    database.exec(`SELECT * FROM comments WHERE ${where} = ? ORDER BY seq`, id).map(commentOf);
  return {
    get: (id) => select("id", id)[0],
    onParent: (parentId) => select("parent_id", parentId),
    opening: (discussionId) => select("discussion_id", discussionId)[0],
    insert(comment) {
      const where = [comment.parent.type, comment.parent.id, comment.pageId];
      const when = [comment.createdAt, comment.createdBy, comment.editedAt];
      const texts = [JSON.stringify(comment.displayName), JSON.stringify(comment.richText)];
      database.exec(insertComment, comment.id, comment.discussionId, ...where, ...when, ...texts);
    },
    setText(id, richText, editedAt) {
      const text = JSON.stringify(richText);
      database.exec("UPDATE comments SET rich_text = ?, edited_at = ? WHERE id = ?", text, editedAt, id);
    },
    remove: (id) => void database.exec("DELETE FROM comments WHERE id = ?", id),
  };
};
