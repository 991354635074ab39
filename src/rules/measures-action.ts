import type { measures } from "../../notion-templates/letters/measures.ts";
import type { ViewOf } from "../content/render-letter.ts";
import { renderLetter } from "../content/render-letter.ts";
import { measuresSubject } from "../domain/updates.ts";
import { type Action, actionKey, type Cause } from "../types/action.ts";
import { cadence } from "./cadence.ts";

/** A page of measures: of a project, or of an office over a period. */
type NewMeasures = {
  /** The project's page, or the Office row. */
  readonly ownerId: string;
  readonly projectId: string | null;
  readonly cause: Cause;
  readonly causedAt: number;
  readonly window: Action["window"];
  readonly period: string;
  readonly view: ViewOf<typeof measures>;
};

/** The key of the page of measures that an owner gets for a cause. */
export const measuresKey = (ownerId: string, cause: Cause): string =>
  actionKey("update", measuresSubject(ownerId), cause);

/** The action that writes a page of measures, once for its cause, to nobody. */
export const measuresAction = ({ ownerId, view, ...page }: NewMeasures): Action => {
  const { projectId, cause, causedAt, window, period } = page;
  const { subject: title, markdown } = renderLetter(cadence.Measures.letter, view);
  return {
    ...{ key: measuresKey(ownerId, cause), subject: ownerId, cause, causedAt, window },
    payload: {
      ...{ kind: "update", projectId, title, updateKind: "Measures", period, markdown },
      ...{ milestoneId: null, contactIds: [], state: "Draft" },
    },
  };
};
