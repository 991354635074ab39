import { noteAttempt } from "../store/actions.ts";
import { settleMs } from "../types/settle.ts";
import { allComments } from "./comments.ts";
import { madeUnder, signature } from "./marker.ts";
import type { Carrier } from "./outcome.ts";

/** Writes one comment on a page. After a call without a clear answer it is looked for by its marker first. */
export const carryOutNote: Carrier<"note">["carryOut"] = async (context, action, { pageId, text }) => {
  const { database, clock, notion, publicUrl } = context;
  const made = action.attempted
    ? madeUnder(await allComments(notion.verdict, pageId), action.key, context.botId())
    : null;
  if (made) return { kind: "done", result: made.commentId };
  const now = clock.now();
  noteAttempt(database, action.key, now, now + settleMs.stopped);
  const signed = [...text, ...signature(publicUrl, action.key)];
  const { commentId } = await notion.verdict.createComment({ pageId }, signed);
  return { kind: "done", result: commentId };
};
