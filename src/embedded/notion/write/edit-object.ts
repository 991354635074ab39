import { assertEditable, isTrashed } from "../access.ts";
import type { JsonObject, ObjectRecord } from "../model.ts";
import type { Scope } from "../scope.ts";
import { setTrashed } from "./pages.ts";

/** The changes that a request makes: what it leaves out is undefined. */
export const given = <T extends JsonObject>(changes: T): Partial<T> =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>;

/** Restores first, so that one request may restore and edit; trashes last. */
export const withTrash = <R extends Exclude<ObjectRecord, { kind: "view" }>>(
  scope: Scope,
  record: R,
  inTrash: boolean | undefined,
  edit: (record: R) => R,
): R => {
  const restored = inTrash === false ? setTrashed(scope, record, false) : record;
  assertEditable(isTrashed(scope, restored));
  const edited = edit(restored);
  return inTrash ? setTrashed(scope, edited, true) : edited;
};

/** Stores an edit of a database or data source itself and journals it. */
export const recordEdit = <R extends Exclude<ObjectRecord, { kind: "view" | "page" }>>(
  scope: Scope,
  record: R,
): R => {
  const edited = scope.objects.put({ ...record, editedAt: scope.now, editedBy: scope.actor.id });
  scope.journal.append(scope.actor, scope.now, {
    kind: `${record.kind}.updated`,
    objectId: record.id,
    parent: record.parent,
  });
  return edited;
};
