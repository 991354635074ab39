import { allComments } from "../ledger/comments.ts";
import { journalOf, transitionsOf } from "../store/history.ts";
import type { Actor, Evidence, Transition } from "../types/loop.ts";
import type { Lane } from "../types/notion-gateway.ts";
import type { EngineContext } from "./context.ts";

/** A comment's time may be rounded down to the minute: within it, nobody knows which came first. */
const roundedMs = 60_000;

/**
 * What a person's change of a workflow column rests on. Where its table asks for a note, the note is that person's newest
 * comment on the page which no accepted change rests on, and which is younger than what the column shows (design §7:
 * recorded by hand, with a note): what was written before a question is no answer to it.
 * @throws NotionError
 */
export const evidenceOf = async (
  context: EngineContext,
  { pageId, property }: { readonly pageId: string; readonly property: string },
  by: Actor,
  needsNote: boolean,
  lane: Lane,
): Promise<Evidence> => {
  if (by.kind !== "person") return { kind: "none" };
  if (!needsNote) return { kind: "person", id: by.id };
  const transitions = transitionsOf(context.database, pageId);
  const since = shownSince(context, pageId, transitions, property);
  const used = new Set(
    transitions.flatMap(({ evidence, outcome }) =>
      outcome === "accepted" && evidence.kind === "note" ? [evidence.commentId] : [],
    ),
  );
  const comments = await allComments(context.notion[lane], pageId);
  const note = comments
    .filter(
      ({ commentId, createdBy, createdTime }) =>
        createdBy === by.id && !used.has(commentId) && createdTime + roundedMs > since,
    )
    .at(-1);
  return note
    ? { kind: "note", by: by.id, commentId: note.commentId, text: note.text }
    : { kind: "person", id: by.id };
};

/** Since when a column shows what it shows (UTC ms); one that nothing has happened to, since its page is known. */
const shownSince = (
  { database }: EngineContext,
  pageId: string,
  transitions: readonly Transition[],
  property: string,
): number => {
  const last = transitions.findLast((one) => one.property === property && one.outcome !== "refused");
  if (last) return last.at;
  return journalOf(database, pageId).findLast(({ kind }) => kind === "first_seen")?.at ?? 0;
};
