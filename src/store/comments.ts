import type { Database, SqlRow } from "../ports.ts";
import type { CommentKind } from "../types/loop.ts";
import type { RichTextPart } from "../types/notion.ts";

/** A comment that Milepost keeps on a page. */
export type KeptComment = {
  readonly pageId: string;
  readonly kind: CommentKind;
  readonly wanted: readonly RichTextPart[];
  /** Notion has confirmed the wanted text. */
  readonly isWritten: boolean;
  readonly commentId: string | null;
  readonly discussionId: string | null;
  /** A create request may have reached Notion: look for the marker before the next one. */
  readonly attempted: boolean;
  readonly attempts: number;
};

const parse = (row: SqlRow): KeptComment => ({
  pageId: String(row.page_id),
  kind: String(row.kind) as CommentKind,
  wanted: JSON.parse(String(row.wanted)) as RichTextPart[],
  isWritten: row.written === row.wanted,
  commentId: row.comment_id as string | null,
  discussionId: row.discussion_id as string | null,
  attempted: row.attempted === 1,
  attempts: Number(row.attempts),
});

export const findComment = (database: Database, pageId: string, kind: CommentKind): KeptComment | null => {
  const row = database.exec("SELECT * FROM comments WHERE page_id = ? AND kind = ?", pageId, kind)[0];
  return row ? parse(row) : null;
};

/** Sets what a comment should say; the act phase writes it if that is new. */
export const wantComment = (
  database: Database,
  pageId: string,
  kind: CommentKind,
  text: readonly RichTextPart[],
): void => {
  database.exec(
    `INSERT INTO comments (page_id, kind, wanted) VALUES (?, ?, ?)
     ON CONFLICT (page_id, kind) DO UPDATE SET wanted = excluded.wanted`,
    pageId,
    kind,
    JSON.stringify(text),
  );
};

export const nextComment = (database: Database, now: number): KeptComment | null => {
  const row = database.exec(
    `SELECT c.* FROM comments c CROSS JOIN pages p ON p.page_id = c.page_id
     WHERE c.written IS NOT c.wanted AND c.not_before <= ? AND p.state = 'live' ORDER BY c.not_before LIMIT 1`,
    now,
  )[0];
  return row ? parse(row) : null;
};

/** Every comment that Notion does not show as it should be, with the time of its next try (UTC ms). */
export const commentsNotWritten = (database: Database): (KeptComment & { readonly notBefore: number })[] =>
  database
    .exec(
      `SELECT c.* FROM comments c CROSS JOIN pages p ON p.page_id = c.page_id
       WHERE c.written IS NOT c.wanted AND p.state = 'live' ORDER BY c.page_id, c.kind`,
    )
    .map((row) => ({ ...parse(row), notBefore: Number(row.not_before) }));

/** Tries a page's comments no more until a person asks for it. */
export const parkComments = (database: Database, pageId: string): void => {
  database.exec("UPDATE comments SET not_before = ? WHERE page_id = ?", Number.MAX_SAFE_INTEGER, pageId);
};

/** Tries a page's comments again now. */
export const reviveComments = (database: Database, pageId: string): void => {
  database.exec("UPDATE comments SET not_before = 0, attempts = 0 WHERE page_id = ?", pageId);
};

/** Notes that a comment is about to be made; where the process stops now, nobody looks for it before `settled` (UTC ms). */
export const noteCommentAttempt = (database: Database, comment: KeptComment, settled: number): void => {
  database.exec(
    "UPDATE comments SET attempted = 1, not_before = ? WHERE page_id = ? AND kind = ?",
    settled,
    comment.pageId,
    comment.kind,
  );
};

/** Takes an attempt back that certainly made nothing: the comment may be made at once, without looking for it first. */
export const forgetCommentAttempt = (database: Database, comment: KeptComment): void => {
  database.exec(
    "UPDATE comments SET attempted = 0, not_before = 0 WHERE page_id = ? AND kind = ?",
    comment.pageId,
    comment.kind,
  );
};

/** Keeps Notion's ids of a comment; `text` is what it says now. */
export const commentWritten = (
  database: Database,
  comment: KeptComment,
  ids: { readonly commentId: string | null; readonly discussionId: string | null },
  text: readonly RichTextPart[],
): void => {
  database.exec(
    `UPDATE comments SET comment_id = ?, discussion_id = ?, written = ?, attempted = 0, attempts = 0, not_before = 0
     WHERE page_id = ? AND kind = ?`,
    ids.commentId,
    ids.discussionId,
    JSON.stringify(text),
    comment.pageId,
    comment.kind,
  );
};

/** Lets a comment that people deleted be made anew. */
export const forgetComment = (database: Database, comment: KeptComment): void => {
  database.exec(
    "UPDATE comments SET comment_id = NULL, discussion_id = NULL, written = NULL WHERE page_id = ? AND kind = ?",
    comment.pageId,
    comment.kind,
  );
};

export const retryComment = (
  database: Database,
  comment: KeptComment,
  notBefore: number,
  failed: boolean,
): void => {
  database.exec(
    "UPDATE comments SET not_before = ?, attempts = attempts + ? WHERE page_id = ? AND kind = ?",
    notBefore,
    failed ? 1 : 0,
    comment.pageId,
    comment.kind,
  );
};

/** Has every comment that is still to be made look for itself on the page first: another copy of this store may have made it. */
export const distrustComments = (database: Database): void => {
  database.exec("UPDATE comments SET attempted = 1 WHERE comment_id IS NULL");
};
