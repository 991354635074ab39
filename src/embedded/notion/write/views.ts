import type { Json, ViewRecord } from "../model.ts";
import type { Scope } from "../scope.ts";
import { birth } from "./pages.ts";

type NewView = {
  databaseId: string;
  dataSourceId: string;
  name: string;
  viewType: string;
  rank?: number;
  filter?: Json;
  sorts?: Json;
  quickFilters?: Json;
  configuration?: Json;
};

const record = (
  scope: Scope,
  kind: "view.created" | "view.updated" | "view.deleted",
  view: ViewRecord,
  more: { viewType?: string; fields?: string[] } = {},
): void =>
  scope.journal.append(scope.actor, scope.now, {
    kind,
    objectId: view.id,
    parent: view.parent,
    ...(view.parent.type === "database_id" ? { databaseId: view.parent.id } : {}),
    dataSourceId: view.dataSourceId,
    ...more,
  });

export const createView = (scope: Scope, { databaseId, ...input }: NewView): ViewRecord => {
  const view = scope.objects.put<ViewRecord>({
    filter: null,
    sorts: null,
    quickFilters: null,
    configuration: null,
    ...input,
    ...birth(scope, scope.newId(), { type: "database_id", id: databaseId }),
    kind: "view",
  });
  record(scope, "view.created", view, { viewType: view.viewType });
  return view;
};

const changeable = ["name", "filter", "sorts", "quickFilters", "configuration"] as const;
export type ViewChange = Partial<Pick<ViewRecord, (typeof changeable)[number]>>;

/** What a webhook calls the field; quick filters are told as filters (assumed). */
const fieldNames: Readonly<Record<string, string>> = { quickFilters: "filter" };

/** Writes what differs; a change that changes nothing leaves no trace. */
export const updateView = (scope: Scope, view: ViewRecord, change: ViewChange): ViewRecord => {
  const changed = changeable.filter(
    (key) => change[key] !== undefined && JSON.stringify(change[key]) !== JSON.stringify(view[key]),
  );
  if (changed.length === 0) return view;
  const stamp = { editedAt: scope.now, editedBy: scope.actor.id };
  const updated = scope.objects.put<ViewRecord>({ ...view, ...change, ...stamp });
  const fields = [...new Set(changed.map((key) => fieldNames[key] ?? key))];
  record(scope, "view.updated", updated, { fields });
  return updated;
};

/** A deleted view is gone for the API; there is no way to restore one (assumed). */
export const deleteView = (scope: Scope, view: ViewRecord): void => {
  scope.objects.put({ ...view, inTrash: true, editedAt: scope.now, editedBy: scope.actor.id });
  record(scope, "view.deleted", view);
};
