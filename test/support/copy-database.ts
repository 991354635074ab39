import { randomUUID } from "node:crypto";
import type { Database } from "../../src/ports.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";

/** A database of its own in memory that holds what this one holds now. */
export const copyOf = (database: Database): Database => {
  const address = `file:/${randomUUID()}?vfs=memdb`;
  const copy = openNodeDatabase(address);
  database.exec("VACUUM INTO ?", address);
  return copy;
};
