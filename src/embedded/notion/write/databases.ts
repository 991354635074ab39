import type { DatabaseRecord, DataSourceRecord, Json, JsonObject, Parent, RichText } from "../model.ts";
import type { Scope } from "../scope.ts";
import { birth } from "./pages.ts";
import { applySchema } from "./schema.ts";
import { createView } from "./views.ts";

type NewDatabase = Pick<DatabaseRecord, "title" | "description" | "isInline" | "icon" | "cover"> & {
  parent: Parent;
  properties: JsonObject;
};

/** Every data source has a title property; one that is not given is called Name. */
const withTitle = (properties: JsonObject): JsonObject => {
  const hasTitle = Object.values(properties).some(
    (value) => typeof value === "object" && value !== null && "title" in value,
  );
  return hasTitle ? properties : { Name: { title: {} }, ...properties };
};

export const createDataSource = (
  scope: Scope,
  databaseId: string,
  title: RichText,
  icon: Json,
  properties: JsonObject,
): DataSourceRecord => {
  const source = scope.objects.put<DataSourceRecord>({
    ...birth(scope, scope.newId(), { type: "database_id", id: databaseId }),
    kind: "data_source",
    title,
    description: [],
    icon,
    cover: null,
    nextNumber: 1,
  });
  applySchema(scope, source.id, withTitle(properties));
  scope.journal.append(scope.actor, scope.now, {
    kind: "data_source.created",
    objectId: source.id,
    parent: source.parent,
    databaseId,
    dataSourceId: source.id,
  });
  return source;
};

/** Creates a database with its first data source and, as Notion does, a table view of it. */
export const createDatabase = (
  scope: Scope,
  { parent, properties, ...looks }: NewDatabase,
): DatabaseRecord => {
  const database = scope.objects.put<DatabaseRecord>({
    ...birth(scope, scope.newId(), parent),
    kind: "database",
    ...looks,
    isLocked: false,
  });
  scope.journal.append(scope.actor, scope.now, {
    kind: "database.created",
    objectId: database.id,
    parent,
    databaseId: database.id,
  });
  const source = createDataSource(scope, database.id, looks.title, null, properties);
  createView(scope, {
    databaseId: database.id,
    dataSourceId: source.id,
    name: "Default view",
    viewType: "table",
    configuration: { type: "table" },
  });
  return database;
};
