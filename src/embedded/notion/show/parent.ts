import { databaseOf } from "../access.ts";
import type { JsonObject, Parent } from "../model.ts";
import type { Scope } from "../scope.ts";

/** A parent as responses carry it; a row's names both its data source and its database. */
export const showParent = (parent: Parent, scope: Scope): JsonObject => {
  if (parent.type === "workspace") return { type: "workspace", workspace: true };
  if (parent.type !== "data_source_id") return { type: parent.type, [parent.type]: parent.id };
  return {
    type: "data_source_id",
    data_source_id: parent.id,
    database_id: databaseOf(scope, parent.id).id,
  };
};
