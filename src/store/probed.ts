import type { Database, Probe } from "../ports.ts";

/** Every call that stores something passes a probe before and after, once a transaction. */
export const probed = (database: Database, probe: Probe): Database => {
  let inside = false;
  const around = <T>(name: string, call: () => T): T => {
    if (inside) return call();
    probe(`store.${name}.before`);
    const result = call();
    probe(`store.${name}.after`);
    return result;
  };
  return {
    exec: (sql, ...params) => around("exec", () => database.exec(sql, ...params)),
    transaction: (fn) =>
      around("transaction", () => {
        inside = true;
        try {
          return database.transaction(fn);
        } finally {
          inside = false;
        }
      }),
    close: () => database.close(),
  };
};
