import { z } from "zod";
import { validationError } from "../api/errors.ts";
import { fixOne, parseAt, shouldBe } from "../api/validate.ts";
import { shortId } from "../ids.ts";
import type { SchemaChange } from "../journal.ts";
import type { JsonObject, Property } from "../model.ts";
import { findProperty } from "../properties/find-property.ts";
import { propertyTypes, typeOf } from "../properties/table.ts";
import type { Scope } from "../scope.ts";
import { convertValues } from "./convert-values.ts";
import { recordSchemaChange } from "./record-schema-change.ts";

const commonSchema = z.looseObject({
  type: z.string().optional(),
  name: z.string().min(1).optional(),
  description: z.string().max(280).nullish(),
});
type Definition = z.infer<typeof commonSchema> & JsonObject;
const commonKeys = new Set(["type", "name", "description", "id"]);

/** The type that a definition names by its key, or null when it only renames. */
const typeIn = (definition: Definition, path: string): string | null => {
  const keys = Object.keys(definition).filter((key) => !commonKeys.has(key));
  const unknown = keys.find((key) => !Object.hasOwn(propertyTypes, key));
  if (unknown) throw shouldBe(`${path}.${unknown}`, "not present", definition[unknown]);
  if (keys.length > 1) throw shouldBe(`${path}.${keys[1]}`, "not present", definition[keys[1] ?? ""]);
  return keys[0] ?? null;
};

const configOf = (
  scope: Scope,
  dataSourceId: string,
  definition: Definition,
  type: string,
  property: { id: string; name: string; before: Property | null },
) => {
  const path = `body.properties.${property.name}.${type}`;
  const { config } = typeOf({ type });
  return config.make(parseAt(config.schema, definition[type], path), {
    scope,
    dataSourceId,
    before: property.before,
    propertyId: property.id,
    propertyName: property.name,
    path,
  });
};

const assertNameFree = (properties: readonly Property[], name: string, own: Property | null): void => {
  if (properties.some((property) => property !== own && property.name === name)) {
    throw validationError(`Property ${name} already exists.`);
  }
};

const createProperty = (
  scope: Scope,
  dataSourceId: string,
  key: string,
  definition: Definition,
): SchemaChange => {
  const path = `body.properties.${key}`;
  const type = typeIn(definition, path);
  if (!type) {
    throw fixOne(
      path,
      Object.keys(propertyTypes).map(
        (name) => `${path}.${name} should be defined, instead was \`undefined\`.`,
      ),
    );
  }
  const known = scope.objects.properties(dataSourceId);
  if (type === "title" && known.some((property) => property.type === "title")) {
    throw validationError("Cannot create another title property.");
  }
  const name = definition.name ?? key;
  assertNameFree(known, name, null);
  const id =
    type === "title" ? "title" : shortId(scope.random, (taken) => known.some((one) => one.id === taken));
  const config = configOf(scope, dataSourceId, definition, type, { id, name, before: null });
  const property = { id, name, type, description: definition.description ?? null, config };
  scope.objects.putProperty(dataSourceId, property);
  convertValues(scope, dataSourceId, null, property);
  return { id, name, action: "created" };
};

const changeProperty = (
  scope: Scope,
  dataSourceId: string,
  before: Property,
  definition: Definition,
): SchemaChange => {
  const type = typeIn(definition, `body.properties.${before.name}`) ?? before.type;
  if (type !== before.type && (type === "title" || before.type === "title")) {
    throw validationError("Cannot change the type of the title property.");
  }
  const name = definition.name ?? before.name;
  assertNameFree(scope.objects.properties(dataSourceId), name, before);
  const config =
    type in definition
      ? configOf(scope, dataSourceId, definition, type, { id: before.id, name, before })
      : before.config;
  const description = definition.description === undefined ? before.description : definition.description;
  const property = { ...before, name, type, description, config };
  if (before.config.target?.twinId && before.config.target.twinId !== config.target?.twinId) {
    deleteTwin(scope, before);
  }
  scope.objects.putProperty(dataSourceId, property);
  const pointsElsewhere = before.config.target?.dataSourceId !== config.target?.dataSourceId;
  if (type !== before.type || pointsElsewhere) convertValues(scope, dataSourceId, before, property);
  return { id: before.id, name, action: "updated" };
};

/** A two-way relation that goes takes its twin along. Assumed (notion-api §3 leaves it open). */
const deleteTwin = (scope: Scope, { config }: Property): void => {
  const { dataSourceId = "", twinId = null } = config.target ?? {};
  const twin = scope.objects.properties(dataSourceId).find(({ id }) => id === twinId);
  if (!twin) return;
  scope.objects.removeProperty(dataSourceId, twin.id);
  recordSchemaChange(scope, dataSourceId, [{ id: twin.id, name: twin.name, action: "deleted" }]);
};

const deleteProperty = (scope: Scope, dataSourceId: string, property: Property): SchemaChange => {
  if (property.type === "title") throw validationError("Cannot delete the title property.");
  scope.objects.removeProperty(dataSourceId, property.id);
  deleteTwin(scope, property);
  return { id: property.id, name: property.name, action: "deleted" };
};

const applyProperty = (scope: Scope, dataSourceId: string, key: string, given: unknown): SchemaChange => {
  const known = findProperty(scope.objects.properties(dataSourceId), key);
  if (given === null) {
    if (!known) throw validationError(`Could not find property with name or id: ${key}`);
    return deleteProperty(scope, dataSourceId, known);
  }
  const definition = parseAt(commonSchema, given, `body.properties.${key}`) as Definition;
  return known
    ? changeProperty(scope, dataSourceId, known, definition)
    : createProperty(scope, dataSourceId, key, definition);
};

/** Recommended sizes beyond which Notion refuses larger schemas (documented; notion-api §4). */
const maxProperties = 500;
const maxSchemaBytes = 50_000;

const assertSize = (properties: readonly Property[]): void => {
  const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
  if (properties.length <= maxProperties && bytes(properties) <= maxSchemaBytes) return;
  const [largest] = [...properties].sort((one, other) => bytes(other) - bytes(one));
  throw validationError(
    `The schema of this data source is too large (${properties.length} properties). Its largest property is ${largest?.name}.`,
  );
};

/** Relations stand before the rollups and formulas that read them, in whatever order a request names them. */
const readsOthers = (given: unknown): boolean =>
  typeof given === "object" && given !== null && ("rollup" in given || "formula" in given);

/** Applies a request's `properties` to a data source's schema: create, change, rename, delete (null). */
export const applySchema = (scope: Scope, dataSourceId: string, input: JsonObject): SchemaChange[] => {
  const entries = Object.entries(input);
  const inOrder = [
    ...entries.filter(([, given]) => !readsOthers(given)),
    ...entries.filter(([, given]) => readsOthers(given)),
  ];
  const changes = inOrder.map(([key, given]) => applyProperty(scope, dataSourceId, key, given));
  if (changes.some(({ action }) => action !== "deleted")) assertSize(scope.objects.properties(dataSourceId));
  return changes;
};
