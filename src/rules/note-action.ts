import { isDone } from "../domain/history.ts";
import { causeOf } from "../domain/proposal.ts";
import { type Action, actionKey } from "../types/action.ts";
import type { History, Transition } from "../types/loop.ts";
import type { RichTextPart } from "../types/notion.ts";

/** The comment that says what a change of a column has led to, on its page, to the person who made it; none once it is there. */
export const noteAction = (
  history: History,
  by: Transition,
  text: readonly RichTextPart[],
): readonly Action[] => {
  const cause = causeOf(by);
  const key = actionKey("note", by.pageId, cause);
  if (isDone(history, key)) return [];
  const person = by.by.kind === "person" ? [{ person: by.by.id }, { text: " " }] : [];
  const payload = { kind: "note", pageId: by.pageId, text: [...person, ...text] } as const;
  return [{ key, subject: by.pageId, cause, causedAt: by.at, window: null, payload }];
};
