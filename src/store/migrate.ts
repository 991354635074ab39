import type { Database } from "../ports.ts";
import { MilepostError } from "../types/errors.ts";
import { migrations } from "./migrations.ts";

/**
 * Brings the store to this version's schema, one transaction a version.
 * @throws `store_newer` when a newer Milepost has written it.
 */
export const migrate = (database: Database): void => {
  database.exec("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL) STRICT");
  const version = Number(
    database.exec("SELECT max(version) AS version FROM schema_version")[0]?.version ?? 0,
  );
  if (version > migrations.length)
    throw new MilepostError("store_newer", `schema ${version} > ${migrations.length}`);
  migrations.slice(version).forEach((statements, index) => {
    database.transaction(() => {
      for (const statement of statements) database.exec(statement);
      database.exec("INSERT INTO schema_version (version) VALUES (?)", version + index + 1);
    });
  });
};
