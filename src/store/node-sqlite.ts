import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Database, SqlRow, SqlValue } from "../ports.ts";

/** Cloudflare's Durable Object SQLite refuses more; enforcing it here keeps both runtimes equal. */
export const parameterLimit = 100;

/** How long a write waits for another process that holds the file (reliability F44). */
const busyTimeoutMs = 2_000;

/** Opens (or creates) a SQLite file, durable over power loss: WAL with `synchronous=FULL`. `:memory:` for tests. */
export const openNodeDatabase = (path: string): Database => {
  const sqlite = new DatabaseSync(path, { timeout: busyTimeoutMs });
  sqlite.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
  const prepared = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const known = prepared.get(sql);
    if (known) return known;
    const statement = sqlite.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
  return {
    exec(sql: string, ...params: SqlValue[]): SqlRow[] {
      if (params.length > parameterLimit) throw new RangeError(`more than ${parameterLimit} SQL parameters`);
      return prepare(sql).all(...params) as SqlRow[];
    },
    transaction<T>(fn: () => T): T {
      sqlite.exec("BEGIN IMMEDIATE");
      try {
        const result = fn();
        sqlite.exec("COMMIT");
        return result;
      } catch (error) {
        if (sqlite.isTransaction) sqlite.exec("ROLLBACK");
        throw error;
      }
    },
    close: () => sqlite.close(),
  };
};
