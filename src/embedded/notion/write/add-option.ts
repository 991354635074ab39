import type { Option, Property } from "../model.ts";
import type { WriteContext } from "../properties/property-type.ts";
import { recordSchemaChange } from "./record-schema-change.ts";

/** Adds an option to a property's list because a row was given its name; the property as it is now. */
export const addOption = ({ scope, property, dataSourceId }: WriteContext, option: Option): Property => {
  const options = [...(property.config.options ?? []), option];
  const updated = { ...property, config: { ...property.config, options } };
  if (dataSourceId === null) return updated;
  scope.objects.putProperty(dataSourceId, updated);
  recordSchemaChange(scope, dataSourceId, [{ id: property.id, name: property.name, action: "updated" }]);
  return updated;
};
