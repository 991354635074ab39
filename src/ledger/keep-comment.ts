import { commentWritten, type KeptComment, noteCommentAttempt, retryComment } from "../store/comments.ts";
import { NotionError } from "../types/errors.ts";
import { allComments } from "./comments.ts";
import type { LedgerContext } from "./context.ts";
import { madeUnder, signature } from "./marker.ts";
import { retryDelay } from "./retry.ts";

/**
 * Brings one kept comment to its wanted text: made once, then edited in place. After a create without a clear outcome the
 * page's comments are searched for the marker first. A comment that people deleted stays deleted until its text changes.
 * @throws NotionError `notion_throttled` or `notion_unauthorized`
 */
export const keepComment = async (context: LedgerContext, comment: KeptComment): Promise<void> => {
  try {
    await (comment.commentId === null ? make(context, comment) : edit(context, comment, comment.commentId));
  } catch (error) {
    if (!(error instanceof NotionError)) throw error;
    if (error.code === "notion_throttled" || error.code === "notion_unauthorized") throw error;
    context.log.warn("comment.failed", {
      page_id: comment.pageId,
      code: error.code,
      attempt: comment.attempts + 1,
    });
    retryComment(context.database, comment, context.clock.now() + retryDelay(comment.attempts), true);
  }
};

const keyOf = (comment: KeptComment): string => `${comment.kind}|${comment.pageId}`;

const make = async (context: LedgerContext, comment: KeptComment): Promise<void> => {
  const found = comment.attempted
    ? madeUnder(await allComments(context.notion.verdict, comment.pageId), keyOf(comment), context.botId())
    : null;
  if (found) {
    context.database.transaction(() => commentWritten(context.database, comment, found, []));
    return;
  }
  noteCommentAttempt(context.database, comment);
  const text = [...comment.wanted, ...signature(context.publicUrl, keyOf(comment))];
  const made = await context.notion.verdict.createComment({ pageId: comment.pageId }, text);
  context.database.transaction(() => commentWritten(context.database, comment, made, comment.wanted));
};

const edit = async (context: LedgerContext, comment: KeptComment, commentId: string): Promise<void> => {
  const text = [...comment.wanted, ...signature(context.publicUrl, keyOf(comment))];
  try {
    const edited = await context.notion.verdict.updateComment(commentId, text);
    context.database.transaction(() => commentWritten(context.database, comment, edited, comment.wanted));
  } catch (error) {
    if (!(error instanceof NotionError) || error.code !== "notion_not_found") throw error;
    const gone = { commentId: null, discussionId: null };
    context.database.transaction(() => commentWritten(context.database, comment, gone, comment.wanted));
  }
};
