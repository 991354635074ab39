import type { DurableObjectStorage } from "@cloudflare/workers-types";
import type { Database, SqlRow, SqlValue } from "../ports.ts";
import { checkParameters } from "./check-parameters.ts";

/** The SQLite of a Durable Object behind the same port as Node's file. */
export const durableObjectDatabase = (storage: DurableObjectStorage): Database => {
  let inside = false;
  return {
    exec(sql: string, ...params: SqlValue[]): SqlRow[] {
      checkParameters(params);
      return storage.sql.exec(sql, ...params).toArray() as SqlRow[];
    },
    transaction<T>(fn: () => T): T {
      // Cloudflare would open a savepoint, where Node's SQLite refuses.
      if (inside) throw new Error("a transaction within a transaction");
      inside = true;
      try {
        return storage.transactionSync(fn);
      } finally {
        inside = false;
      }
    },
    close: () => undefined,
  };
};
