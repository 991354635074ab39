import { allComments } from "../ledger/comments.ts";
import { transitionsOf } from "../store/history.ts";
import type { Actor, Evidence } from "../types/loop.ts";
import type { Lane } from "../types/notion-gateway.ts";
import type { EngineContext } from "./context.ts";

/**
 * What a person's change of a workflow column rests on. Where its table asks for a note, the note is that person's newest
 * comment on the page which no accepted change rests on (design §7: recorded by hand, with a note).
 * @throws NotionError
 */
export const evidenceOf = async (
  context: EngineContext,
  pageId: string,
  by: Actor,
  needsNote: boolean,
  lane: Lane,
): Promise<Evidence> => {
  if (by.kind !== "person") return { kind: "none" };
  if (!needsNote) return { kind: "person", id: by.id };
  const used = new Set(
    transitionsOf(context.database, pageId).flatMap(({ evidence, outcome }) =>
      outcome === "accepted" && evidence.kind === "note" ? [evidence.commentId] : [],
    ),
  );
  const comments = await allComments(context.notion[lane], pageId);
  const note = comments
    .filter((comment) => comment.createdBy === by.id && !used.has(comment.commentId))
    .at(-1);
  return note
    ? { kind: "note", by: by.id, commentId: note.commentId, text: note.text }
    : { kind: "person", id: by.id };
};
