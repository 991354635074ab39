import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";
import { limitChecks, storeChecks } from "./conformance.ts";

describe("the store on Node", () => {
  test.each(storeChecks)("%s", (_name, check) => {
    const database = openNodeDatabase(":memory:");
    check(database);
    database.close();
  });

  // Set by newer versions of Node only; there is no other way to make it refuse them.
  test.skipIf(!("limits" in new DatabaseSync(":memory:"))).each(limitChecks)("%s", (_name, check) => {
    const database = openNodeDatabase(":memory:");
    check(database);
    database.close();
  });

  test("what was committed is there when the file is opened again", () => {
    const folder = mkdtempSync(join(tmpdir(), "milepost-store-"));
    const path = join(folder, "store.sqlite");
    const first = openNodeDatabase(path);
    first.exec("CREATE TABLE facts (value TEXT NOT NULL) STRICT");
    first.transaction(() => first.exec("INSERT INTO facts VALUES ('kept')"));
    first.close();
    const second = openNodeDatabase(path);
    expect(second.exec("SELECT value FROM facts")).toEqual([{ value: "kept" }]);
    second.close();
    rmSync(folder, { recursive: true });
  });
});
