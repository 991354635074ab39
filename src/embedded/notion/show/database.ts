import { databaseOf, isTrashed, isVisible } from "../access.ts";
import type { DatabaseRecord, DataSourceRecord, JsonObject, Property, ViewRecord } from "../model.ts";
import { typeOf } from "../properties/table.ts";
import type { Scope } from "../scope.ts";
import { minuteTime } from "../time.ts";
import { showParent } from "./parent.ts";
import { plainText, showRichText } from "./rich-text.ts";
import { pageUrl } from "./urls.ts";
import { partialUser } from "./user.ts";

export const showDatabase = (scope: Scope, database: DatabaseRecord): JsonObject => ({
  object: "database",
  id: database.id,
  title: showRichText(database.title, scope),
  description: showRichText(database.description, scope),
  parent: showParent(database.parent, scope),
  is_inline: database.isInline,
  in_trash: isTrashed(scope, database),
  is_locked: database.isLocked,
  created_time: minuteTime(database.createdAt),
  last_edited_time: minuteTime(database.editedAt),
  data_sources: scope.objects
    .childrenOf("data_source", database.id)
    .filter((source) => !source.inTrash && isVisible(scope, source))
    .map((source) => ({ id: source.id, name: plainText(source.title, scope) })),
  icon: database.icon,
  cover: database.cover,
  url: pageUrl(database.id),
  public_url: null,
});

const showProperty = (property: Property, scope: Scope, properties: readonly Property[]): JsonObject => ({
  id: encodeURIComponent(property.id),
  name: property.name,
  description: property.description,
  type: property.type,
  [property.type]: typeOf(property).config.show(property, scope, properties),
});

export const showDataSource = (scope: Scope, source: DataSourceRecord): JsonObject => {
  const database = databaseOf(scope, source.id);
  const properties = scope.objects.properties(source.id);
  return {
    object: "data_source",
    id: source.id,
    title: showRichText(source.title, scope),
    description: showRichText(source.description, scope),
    parent: showParent(source.parent, scope),
    database_parent: showParent(database.parent, scope),
    is_inline: database.isInline,
    in_trash: isTrashed(scope, source),
    created_time: minuteTime(source.createdAt),
    last_edited_time: minuteTime(source.editedAt),
    created_by: partialUser(source.createdBy),
    last_edited_by: partialUser(source.editedBy),
    properties: Object.fromEntries(
      properties.map((property) => [property.name, showProperty(property, scope, properties)]),
    ),
    icon: source.icon,
    cover: source.cover,
    url: pageUrl(database.id),
    public_url: null,
  };
};

export const showView = (scope: Scope, view: ViewRecord): JsonObject => ({
  object: "view",
  id: view.id,
  parent: showParent(view.parent, scope),
  name: view.name,
  type: view.viewType,
  created_time: minuteTime(view.createdAt),
  last_edited_time: minuteTime(view.editedAt),
  url: pageUrl(view.id),
  data_source_id: view.dataSourceId,
  created_by: partialUser(view.createdBy),
  last_edited_by: partialUser(view.editedBy),
  filter: view.filter,
  sorts: view.sorts,
  quick_filters: view.quickFilters,
  configuration: view.configuration,
});
