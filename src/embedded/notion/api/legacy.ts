import { findDatabase } from "../access.ts";
import type { DataSourceRecord, Json, JsonObject } from "../model.ts";
import type { Scope } from "../scope.ts";
import { showDataSource } from "../show/database.ts";
import { ApiError, notFound } from "./errors.ts";
import type { Operation } from "./operation.ts";
import type { Version } from "./versions.ts";

/**
 * Before 2025-09-03 a database was its own and only data source. Documented: upgrade guide 2025-09-03; not there:
 * changing properties through `databases.update` and databases in search.
 */
export const firstVersion: Version = "2022-06-28";

const multipleDataSources = (databaseId: string, sources: readonly DataSourceRecord[]): ApiError =>
  new ApiError(
    400,
    "validation_error",
    "Databases with multiple data sources are not supported in this API version.",
    {
      additionalData: {
        error_type: "multiple_data_sources_for_database",
        database_id: databaseId,
        child_data_source_ids: sources.map(({ id }) => id),
        minimum_api_version: "2025-09-03",
      },
    },
  );

/** The one data source that a request naming only the database means; refuses a database with several. */
export const onlyDataSource = (scope: Scope, databaseId: string): DataSourceRecord => {
  const database = findDatabase(scope, databaseId);
  const sources = scope.objects.childrenOf("data_source", database.id).filter(({ inTrash }) => !inTrash);
  const [only, another] = sources;
  if (another) throw multipleDataSources(database.id, sources);
  if (!only) throw notFound("database", databaseId);
  return only;
};

const isObject = (value: Json): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A request body in the words of 2025-09-03: a new database gave its properties itself. */
export const upgradeDatabaseBody = (name: string, body: Json): Json => {
  if (name !== "databases.create" || !isObject(body)) return body;
  const { properties, ...rest } = body;
  return properties === undefined ? body : { ...rest, initial_data_source: { properties } };
};

/** Rows stood in their database, and relations pointed to one. */
const withoutDataSources = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(withoutDataSources);
  if (!isObject(value)) return value;
  const { data_source_id, ...rest } = value;
  const shown = Object.fromEntries(
    Object.entries(rest).map(([key, inner]) => [key, withoutDataSources(inner)]),
  );
  if (data_source_id === undefined || value.object === "view") return { ...value, ...shown };
  return value.type === "data_source_id" ? { ...shown, type: "database_id" } : shown;
};

/** An answer in the words of 2022-06-28: databases carry the properties of their data source. */
export const legacyAnswer = (scope: Scope, { name }: Operation, answer: Json): Json => {
  const result = answer as JsonObject;
  if (result.object !== "database" || !name.startsWith("databases.")) return withoutDataSources(result);
  const { data_sources: _sources, ...database } = result;
  const { properties } = showDataSource(scope, onlyDataSource(scope, String(result.id)));
  return withoutDataSources({ ...database, properties });
};
