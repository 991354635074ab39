import { noteAttempt } from "../store/actions.ts";
import { findComment, forgetComment, type KeptComment } from "../store/comments.ts";
import { NotionError } from "../types/errors.ts";
import { settleMs } from "../types/settle.ts";
import { allComments } from "./comments.ts";
import type { ActionContext } from "./context.ts";
import { madeUnder, signature } from "./marker.ts";
import type { Carrier, Outcome } from "./outcome.ts";

/** How long a reply waits for the comment that it answers. */
const notYetMs = 60_000;

/**
 * Answers in the thread of a page's gate comment. Where people deleted the thread, the comment is made anew instead: a card
 * that was put back is never left without a word.
 */
export const carryOutReply: Carrier<"reply">["carryOut"] = async (context, action, payload) => {
  const now = context.clock.now();
  const kept = findComment(context.database, payload.pageId, "gate");
  if (!kept?.discussionId)
    return kept?.isWritten ? anew(context, kept) : { kind: "not_yet", until: now + notYetMs };
  const made = action.attempted
    ? madeUnder(await allComments(context.notion.verdict, payload.pageId), action.key, context.botId())
    : null;
  if (made) return { kind: "done", result: made.commentId };
  noteAttempt(context.database, action.key, now, now + settleMs.stopped);
  const text = [...payload.text, ...signature(context.publicUrl, action.key)];
  try {
    const reply = await context.notion.verdict.createComment({ discussionId: kept.discussionId }, text);
    return { kind: "done", result: reply.commentId };
  } catch (error) {
    if (!(error instanceof NotionError) || error.code !== "notion_not_found") throw error;
    // A page that is not shown for a moment gives the same answer as a thread that people deleted.
    const comments = await allComments(context.notion.verdict, payload.pageId);
    if (comments.some(({ discussionId }) => discussionId === kept.discussionId)) throw error;
    return anew(context, kept);
  }
};

const anew = ({ database }: ActionContext, kept: KeptComment): Outcome => ({
  kind: "done",
  result: "comment made anew",
  alongside: () => forgetComment(database, kept),
});
