import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Database, SqlRow, SqlValue } from "../ports.ts";
import { checkParameters } from "./check-parameters.ts";

/** How long a write waits for another process that holds the file (reliability F44). */
const busyTimeoutMs = 2_000;

/**
 * What a Durable Object's SQLite takes at most, measured in workerd, so that a statement that the edge refuses fails in
 * every test. A Node that cannot set limits ignores them.
 */
const edgeLimits = {
  ...{ sqlLength: 100_000, column: 100, exprDepth: 100, compoundSelect: 5, vdbeOp: 25_000 },
  ...{ functionArg: 127, likePatternLength: 50 },
};

/** Opens (or creates) a SQLite file, durable over power loss: WAL with `synchronous=FULL`. `:memory:` for tests. */
export const openNodeDatabase = (path: string): Database => {
  const sqlite = new DatabaseSync(path, { timeout: busyTimeoutMs, ...{ limits: edgeLimits } });
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
      checkParameters(params);
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
