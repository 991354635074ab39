import type { DurableObjectStorage } from "@cloudflare/workers-types";
import type { Database, SqlRow, SqlValue } from "../ports.ts";

/** The SQLite of a Durable Object behind the same port as Node's file. */
export const durableObjectDatabase = (storage: DurableObjectStorage): Database => ({
  exec: (sql: string, ...params: SqlValue[]): SqlRow[] =>
    storage.sql.exec(sql, ...params).toArray() as SqlRow[],
  transaction: (fn) => storage.transactionSync(fn),
  close: () => undefined,
});
