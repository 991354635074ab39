import type { Database } from "../../src/ports.ts";

/** A database that can be put back to how it was when it was handed over. */
export type Rewindable = { readonly database: Database; readonly rewind: () => void };

const asks = /^\s*(SELECT|PRAGMA)\b/i;

/**
 * Keeps a copy of every table beside the database, and puts back the tables that statements named since. Opening a new
 * database for each run would cost more than many runs do: all its statements would have to be prepared again.
 * The schema must not change any more, and must have no triggers and no foreign keys.
 */
export const rewindable = (database: Database): Rewindable => {
  const tables = database
    .exec("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_stat%'")
    .map(({ name }) => String(name));
  database.exec("ATTACH ':memory:' AS kept");
  for (const name of tables)
    database.exec(`CREATE TABLE kept."${keptName(name)}" AS SELECT * FROM main."${name}"`);
  const touched = new Set<string>();
  const namedIn = new Map<string, readonly string[]>();
  const note = (sql: string): void => {
    const known = namedIn.get(sql);
    const named = known ?? (asks.test(sql) ? [] : tables.filter((name) => sql.includes(name)));
    if (!known) namedIn.set(sql, named);
    for (const name of named) touched.add(name);
  };
  const exec: Database["exec"] = (sql, ...params) => {
    note(sql);
    return database.exec(sql, ...params);
  };
  const rewind = (): void => {
    if (tables.includes("sqlite_sequence")) touched.add("sqlite_sequence");
    database.transaction(() => {
      for (const name of touched) {
        database.exec(`DELETE FROM main."${name}"`);
        database.exec(`INSERT INTO main."${name}" SELECT * FROM kept."${keptName(name)}"`);
      }
    });
    touched.clear();
  };
  return { database: { ...database, exec }, rewind };
};

/** SQLite keeps names that begin with its own for itself. */
const keptName = (name: string): string => `kept_${name}`;
