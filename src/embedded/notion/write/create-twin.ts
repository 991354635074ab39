import { shortId } from "../ids.ts";
import type { DataSourceRecord } from "../model.ts";
import type { ConfigContext } from "../properties/property-type.ts";
import { plainText } from "../show/rich-text.ts";
import { recordSchemaChange } from "./record-schema-change.ts";

const freeName = (wanted: string, taken: readonly string[]): string => {
  if (!taken.includes(wanted)) return wanted;
  for (let number = 1; ; number++) {
    const name = `${wanted} (${number})`;
    if (!taken.includes(name)) return name;
  }
};

/** Creates the property that mirrors a two-way relation in its target; answers its id. */
export const createTwin = (
  { scope, dataSourceId, propertyId, propertyName }: ConfigContext,
  target: DataSourceRecord,
  wanted: { synced_property_name?: string | undefined },
): string => {
  const known = scope.objects.properties(target.id);
  const source = scope.objects.getAs("data_source", dataSourceId);
  const sourceTitle = source ? plainText(source.title, scope) : "";
  const names = [
    ...known.map((property) => property.name),
    ...(target.id === dataSourceId ? [propertyName] : []),
  ];
  const id = shortId(scope.random, (candidate) => known.some((property) => property.id === candidate));
  const name = freeName(wanted.synced_property_name || `Related to ${sourceTitle} (${propertyName})`, names);
  scope.objects.putProperty(target.id, {
    id,
    name,
    type: "relation",
    description: null,
    config: { target: { dataSourceId, twinId: propertyId } },
  });
  recordSchemaChange(scope, target.id, [{ id, name, action: "created" }]);
  return id;
};
