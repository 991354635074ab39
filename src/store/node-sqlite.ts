import { existsSync } from "node:fs";
import { basename } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import type { Database, NewId, SqlRow, SqlValue } from "../ports.ts";
import { MilepostError } from "../types/errors.ts";
import { checkParameters } from "./check-parameters.ts";
import { storeFailure } from "./node-failure.ts";

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

/** What a log that grew while a long reader kept it may keep of the disk afterwards (reliability F44). */
const logSizeLimit = 16 * 1024 * 1024;

/**
 * Opens (or creates) a SQLite file, durable over power loss: WAL with `synchronous=FULL`. `:memory:` for tests.
 * @throws MilepostError `store_busy`, `store_unwritable` or `store_corrupt` where the file is what fails, now or in any call
 */
export const openNodeDatabase = (path: string): Database => {
  const naming = <T>(call: () => T): T => {
    try {
      return call();
    } catch (error) {
      throw storeFailure(path, error);
    }
  };
  const sqlite = naming(() => openSound(path));
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
      return naming(() => prepare(sql).all(...params) as SqlRow[]);
    },
    transaction: <T>(fn: () => T): T => naming(() => inTransaction(sqlite, fn)),
    close: () => sqlite.close(),
  };
};

const openSound = (path: string): DatabaseSync => {
  const sqlite = new DatabaseSync(path, { timeout: busyTimeoutMs, ...{ limits: edgeLimits } });
  try {
    sqlite.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
    sqlite.exec(`PRAGMA journal_size_limit = ${logSizeLimit}`);
    if (sqlite.prepare("PRAGMA quick_check(1)").get()?.quick_check !== "ok")
      throw new MilepostError("store_corrupt", basename(path));
    return sqlite;
  } catch (error) {
    sqlite.close();
    throw error;
  }
};

const inTransaction = <T>(sqlite: DatabaseSync, fn: () => T): T => {
  sqlite.exec("BEGIN IMMEDIATE");
  try {
    const result = fn();
    sqlite.exec("COMMIT");
    return result;
  } catch (error) {
    if (sqlite.isTransaction) sqlite.exec("ROLLBACK");
    throw error;
  }
};

/**
 * A copy in memory of a file as it is now, which another process may be writing; the copy may be changed, the file and
 * its folder stay as they are. Nothing of it is left behind, whatever ends the process.
 */
export const copyNodeDatabase = (path: string, newId: NewId): Database => {
  const address = `file:/${newId()}?vfs=memdb`;
  const copy = openNodeDatabase(address);
  try {
    const file = new DatabaseSync(readOnly(path), { readOnly: true, timeout: busyTimeoutMs });
    try {
      file.prepare("VACUUM INTO ?").run(address);
    } finally {
      file.close();
    }
    return copy;
  } catch (error) {
    copy.close();
    throw error;
  }
};

/** Without a log beside it nobody has the file open, and even a reader would make one; `immutable` reads without. */
const readOnly = (path: string): string | URL => {
  if (existsSync(`${path}-wal`)) return path;
  const address = pathToFileURL(path);
  address.searchParams.set("immutable", "1");
  return address;
};
