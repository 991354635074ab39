import type { Clock, Database } from "../ports.ts";
import { errorCatalogue } from "../types/error-catalogue.ts";
import { isStoreFailure, type MilepostError } from "../types/errors.ts";

/** What is wrong with the store now, as /status names a problem; it cannot be stored. `since` is UTC ms. */
export type StoreProblem = {
  readonly code: MilepostError["code"];
  readonly pageId: null;
  readonly database: null;
  readonly property: null;
  readonly detail: string;
  readonly since: number;
  readonly message: string;
  readonly todo: string;
};

/** More than a page of SQLite's, so that a full disk shows although small changes still find room. */
const written = "INSERT INTO meta (key, value) VALUES ('written', hex(zeroblob(8192)))";

/** Finds out by writing; null where the store takes a write. A failure is dated by the first check that met it. */
export const createStoreCheck = (database: Database, clock: Clock): (() => StoreProblem | null) => {
  let since: number | null = null;
  return () => {
    try {
      database.transaction(() => {
        database.exec(written);
        database.exec("DELETE FROM meta WHERE key = 'written'");
      });
      since = null;
      return null;
    } catch (error) {
      since ??= clock.now();
      const code = isStoreFailure(error) ? error.code : "store_unwritable";
      const detail = isStoreFailure(error) ? error.detail : "";
      return { code, pageId: null, database: null, property: null, detail, since, ...errorCatalogue[code] };
    }
  };
};
