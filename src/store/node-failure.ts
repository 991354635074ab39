import { basename } from "node:path";
import type { ErrorCode } from "../types/error-catalogue.ts";
import { MilepostError } from "../types/errors.ts";

/** SQLite's result codes that concern the file and not the statement (sqlite.org/rescode.html). */
const failures: ReadonlyMap<number, readonly [name: string, code: ErrorCode]> = new Map([
  [5, ["SQLITE_BUSY", "store_busy"]],
  [6, ["SQLITE_LOCKED", "store_busy"]],
  [8, ["SQLITE_READONLY", "store_unwritable"]],
  [10, ["SQLITE_IOERR", "store_unwritable"]],
  [11, ["SQLITE_CORRUPT", "store_corrupt"]],
  [13, ["SQLITE_FULL", "store_unwritable"]],
  [14, ["SQLITE_CANTOPEN", "store_unwritable"]],
  [26, ["SQLITE_NOTADB", "store_corrupt"]],
]);

/** The low byte of an extended code is the primary one. */
const primary = 0xff;

/** An error of the driver as one of the catalogue where the file at `path` is what fails; any other as it is. */
export const storeFailure = (path: string, error: unknown): unknown => {
  const code = (error as { readonly errcode?: unknown } | null)?.errcode;
  const failure = typeof code === "number" ? failures.get(code & primary) : undefined;
  return failure
    ? new MilepostError(failure[1], `${basename(path)}: ${failure[0]}`, { cause: error })
    : error;
};
