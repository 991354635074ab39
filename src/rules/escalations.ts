import { raisedNote, stillOpenNote } from "../content/escalation-notes.ts";
import type { Situation } from "../domain/criterion.ts";
import { nextOccasionAt, type Occasion, occasionsOf } from "../domain/escalation-triggers.ts";
import { askingAt, ladder } from "../domain/escalations.ts";
import { isDone } from "../domain/history.ts";
import { isOpen } from "../domain/risks.ts";
import { type Action, actionKey } from "../types/action.ts";
import { rowAction } from "./row-action.ts";
import type { Rule } from "./rule.ts";

/**
 * What the process escalates becomes an escalation, once for each cause, and the page where it happened says so to the people
 * of the first level. While one about the same page and of the same trigger is open, there is only the note.
 */
export const escalationsRule: Rule = {
  id: "escalations",
  since: "0.1.0",
  decide: (situation) => ({
    values: [],
    actions: occasionsOf(situation).flatMap((occasion) => raised(situation, occasion)),
    wakeAt: nextOccasionAt(situation),
  }),
};

type Triggered = Occasion & { readonly trigger: string };

const [{ level, hours }] = ladder;

const raised = (situation: Situation, occasion: Triggered): readonly Action[] => {
  const { title, cause, causedAt, severity, trigger, place } = occasion;
  const { record, history } = situation;
  const { pageId: projectId } = record.project;
  const name = `escalation-${trigger}-${place.pageId}`;
  const [rowKey, noteKey] = [
    actionKey("row", `${projectId}:${name}`, cause),
    actionKey("note", `${place.pageId}:${trigger}`, cause),
  ];
  if (isDone(history, rowKey) && isDone(history, noteKey)) return [];
  const asking = askingAt(level, situation);
  const open = record.risks.filter(
    (risk) =>
      risk.kind === "Escalation" && isOpen(risk) && risk.milepostKey.startsWith(`row|${projectId}:${name}|`),
  );
  const isSecond = open.some(({ milepostKey }) => milepostKey !== rowKey);
  const text = isSecond ? stillOpenNote(title, asking.to) : raisedNote(title, asking.to, hours);
  const note: Action = {
    ...{ key: noteKey, subject: place.pageId, cause, causedAt, window: null },
    payload: { kind: "note", pageId: place.pageId, text },
  };
  if (open.length > 0) return [note];
  const values = { title, kind: "Escalation", status: "Open", severity, ...asking };
  return [rowAction({ ...{ projectId, name, cause, causedAt, title, values }, database: "risks" }), note];
};
