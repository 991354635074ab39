import {
  commentWritten,
  forgetCommentAttempt,
  type KeptComment,
  noteCommentAttempt,
  retryComment,
} from "../store/comments.ts";
import { clearStepProblem, raiseStepProblem } from "../store/problems.ts";
import { NotionError, problemDetail } from "../types/errors.ts";
import { settleMs, settleTime } from "../types/settle.ts";
import { allComments } from "./comments.ts";
import type { LedgerContext } from "./context.ts";
import { madeUnder, signature } from "./marker.ts";
import { retryDelay, retryPolicies } from "./retry.ts";

/** Under this name a comment that cannot be written stands in /status. */
const step = "keep-comment";

/**
 * Brings one kept comment to its wanted text: made once, then edited in place. After a create without a clear outcome the
 * page's comments are searched for the marker first. A comment that people deleted stays deleted until its text changes.
 * @throws NotionError `notion_throttled` or `notion_unauthorized`
 */
export const keepComment = async (context: LedgerContext, comment: KeptComment): Promise<void> => {
  try {
    await (comment.commentId === null ? make(context, comment) : edit(context, comment, comment.commentId));
    clearStepProblem(context.database, step, comment.pageId);
  } catch (error) {
    if (!(error instanceof NotionError)) throw error;
    if (error.code !== "notion_unknown" && !comment.attempted)
      forgetCommentAttempt(context.database, comment);
    if (error.code === "notion_throttled" || error.code === "notion_unauthorized") throw error;
    failed(context, comment, error);
  }
};

/** A comment that cannot be written is told: otherwise a card goes back without a word (reliability F24). */
const failed = (context: LedgerContext, comment: KeptComment, error: NotionError): void => {
  const { database } = context;
  const { pageId, attempts } = comment;
  const now = context.clock.now();
  context.log.warn("comment.failed", { page_id: pageId, code: error.code, attempt: attempts + 1 });
  retryComment(database, comment, now + Math.max(retryDelay(attempts), settleTime(error)), true);
  const lasting = error.code === "notion_forbidden" || error.code === "notion_refused";
  if (!lasting && attempts + 1 < retryPolicies.request.deadAfter) return;
  const problem = { code: error.code, pageId, database: null, property: null, detail: problemDetail(error) };
  raiseStepProblem(database, step, pageId, problem, now);
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
  noteCommentAttempt(context.database, comment, context.clock.now() + settleMs.stopped);
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
    // A page that is not shown for a moment gives the same answer as a comment that people deleted.
    const comments = await allComments(context.notion.verdict, comment.pageId);
    if (comments.some((one) => one.commentId === commentId)) throw error;
    const gone = { commentId: null, discussionId: null };
    context.database.transaction(() => commentWritten(context.database, comment, gone, comment.wanted));
  }
};
