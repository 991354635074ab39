import { renderLetter } from "../content/render-letter.ts";
import type { Contact } from "../domain/record.ts";
import { type Action, actionKey, type Cause, type UpdateKind } from "../types/action.ts";
import { cadence } from "./cadence.ts";

/** What an update is made of: its words come from the cadence table, the rest from its rule. */
type NewUpdate = {
  readonly kind: UpdateKind;
  readonly projectId: string;
  readonly milestoneId: string | null;
  readonly cause: Cause;
  readonly causedAt: number;
  readonly window?: Action["window"];
  readonly period?: string;
  readonly contacts: readonly Contact[];
  readonly view: object;
};

/** The action that writes an update, once for its cause. */
export const updateAction = (update: NewUpdate): Action => {
  const { kind, projectId, milestoneId, cause, causedAt } = update;
  const { letter, leaves } = cadence[kind];
  const { subject: title, markdown } = renderLetter(letter, update.view);
  const subject = milestoneId ?? projectId;
  return {
    key: actionKey("update", subject, cause),
    subject,
    cause,
    causedAt,
    window: update.window ?? null,
    payload: {
      kind: "update",
      projectId,
      title,
      updateKind: kind,
      period: update.period ?? "",
      milestoneId,
      contactIds: update.contacts.map(({ pageId }) => pageId),
      markdown,
      state: leaves === "atOnce" ? "Ready" : "Draft",
    },
  };
};
