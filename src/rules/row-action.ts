import { type Action, actionKey, type Cause, type RowDatabase } from "../types/action.ts";
import type { DomainValue } from "../types/values.ts";

/** A row of a record, once for its cause. `name` tells it apart from the project's other rows of the same cause. */
type NewRow = {
  readonly projectId: string;
  readonly name: string;
  readonly cause: Cause;
  readonly causedAt: number;
  readonly database: RowDatabase;
  readonly title: string;
  readonly values: Readonly<Record<string, DomainValue>>;
  readonly links?: Readonly<Record<string, readonly string[]>>;
};

/** The action that makes a row of the project. */
export const rowAction = ({ projectId, name, cause, causedAt, database, title, ...row }: NewRow): Action => ({
  key: actionKey("row", `${projectId}:${name}`, cause),
  subject: projectId,
  cause,
  causedAt,
  window: null,
  payload: {
    ...{ kind: "row", database, title, links: row.links ?? {} },
    values: { project: [projectId], ...row.values },
  },
});
