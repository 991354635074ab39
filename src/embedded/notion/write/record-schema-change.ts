import { databaseOf } from "../access.ts";
import type { SchemaChange } from "../journal.ts";
import type { Scope } from "../scope.ts";

/** Journals a change of a data source's schema and marks the data source as edited. */
export const recordSchemaChange = (scope: Scope, dataSourceId: string, schema: SchemaChange[]): void => {
  const dataSource = scope.objects.getAs("data_source", dataSourceId);
  if (!dataSource) return;
  scope.objects.put({ ...dataSource, editedAt: scope.now, editedBy: scope.actor.id });
  const databaseId = databaseOf(scope, dataSourceId).id;
  scope.journal.append(scope.actor, scope.now, {
    kind: "data_source.schema_updated",
    objectId: dataSourceId,
    parent: dataSource.parent,
    databaseId,
    dataSourceId,
    schema,
  });
};
