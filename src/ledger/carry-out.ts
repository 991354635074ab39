import {
  forgetAttempt,
  noteAttempt,
  retryAction,
  type StoredAction,
  setActionState,
} from "../store/actions.ts";
import { findComment, forgetComment, type KeptComment } from "../store/comments.ts";
import { raiseProblem } from "../store/problems.ts";
import { NotionError } from "../types/errors.ts";
import type { ActionKind, ActionPayload } from "../types/loop.ts";
import { allComments } from "./comments.ts";
import type { LedgerContext } from "./context.ts";
import { madeUnder, signature } from "./marker.ts";
import { deadAfter, retryDelay } from "./retry.ts";

/** What an action led to: its result's id in Notion, or that something it needs is not there yet. */
type Outcome = { readonly done: string } | "not_yet";

type CarryOut = (context: LedgerContext, action: StoredAction, payload: ActionPayload) => Promise<Outcome>;

/** How long an action waits for what it needs. */
const notYetMs = 60_000;

/**
 * Answers in the gate comment's thread. Where people deleted the thread, the comment is made anew instead: a card that was
 * put back is never left without a word.
 */
const reply: CarryOut = async (context, action, payload) => {
  const kept = findComment(context.database, payload.pageId, "gate");
  if (!kept?.discussionId) return kept?.isWritten ? anew(context, kept) : "not_yet";
  const made = action.attempted
    ? madeUnder(await allComments(context.notion.verdict, payload.pageId), action.key, context.botId())
    : null;
  if (made) return { done: made.commentId };
  noteAttempt(context.database, action.key, context.clock.now());
  const text = [...payload.text, ...signature(context.publicUrl, action.key)];
  try {
    const { commentId } = await context.notion.verdict.createComment(
      { discussionId: kept.discussionId },
      text,
    );
    return { done: commentId };
  } catch (error) {
    if (!(error instanceof NotionError) || error.code !== "notion_not_found") throw error;
    return anew(context, kept);
  }
};

const anew = (context: LedgerContext, kept: KeptComment): Outcome => {
  forgetComment(context.database, kept);
  return { done: "comment made anew" };
};

/** One row for each kind of action. A row looks for its marker before it repeats a request that may have landed. */
const kinds: Readonly<Record<ActionKind, CarryOut>> = { reply };

/**
 * Carries out one action and stores what became of it. Five failures make it a dead letter that /status names.
 * @throws NotionError `notion_throttled` or `notion_unauthorized`, which cost no attempt
 */
export const carryOut = async (context: LedgerContext, action: StoredAction): Promise<void> => {
  const { database, clock } = context;
  try {
    const outcome = await kinds[action.payload.kind](context, action, action.payload);
    database.transaction(() => {
      if (outcome === "not_yet")
        retryAction(database, action.key, clock.now() + notYetMs, false, "", clock.now());
      else setActionState(database, action.key, "done", clock.now(), outcome.done);
    });
  } catch (error) {
    if (!(error instanceof NotionError)) throw error;
    if (error.code !== "notion_unknown" && !action.attempted) forgetAttempt(database, action.key);
    if (error.code === "notion_throttled" || error.code === "notion_unauthorized") throw error;
    database.transaction(() => failed(context, action, error));
  }
};

const failed = (context: LedgerContext, action: StoredAction, error: NotionError): void => {
  const { database, clock } = context;
  const now = clock.now();
  context.log.warn("action.failed", { key: action.key, code: error.code, attempt: action.attempts + 1 });
  retryAction(database, action.key, now + retryDelay(action.attempts), true, error.code, now);
  if (action.attempts + 1 < deadAfter) return;
  setActionState(database, action.key, "dead", now);
  raiseProblem(
    database,
    {
      code: error.code,
      pageId: action.subject,
      database: null,
      property: null,
      detail: `dead letter ${action.key}: ${error.detail}`,
    },
    now,
  );
};
