import type { Json, ViewRecord } from "../model.ts";
import type { Scope } from "../scope.ts";
import { birth } from "./pages.ts";

type NewView = {
  databaseId: string;
  dataSourceId: string;
  name: string;
  viewType: string;
  filter?: Json;
  sorts?: Json;
  quickFilters?: Json;
  configuration?: Json;
};

export const createView = (scope: Scope, { databaseId, ...input }: NewView): ViewRecord => {
  const parent = { type: "database_id", id: databaseId } as const;
  const view = scope.objects.put<ViewRecord>({
    filter: null,
    sorts: null,
    quickFilters: null,
    configuration: null,
    ...input,
    ...birth(scope, scope.newId(), parent),
    kind: "view",
  });
  scope.journal.append(scope.actor, scope.now, {
    kind: "view.created",
    objectId: view.id,
    parent,
    databaseId,
    dataSourceId: input.dataSourceId,
  });
  return view;
};
