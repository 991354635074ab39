import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import type { Database } from "../../src/ports.ts";
import { durableObjectDatabase } from "../../src/store/durable-object.ts";
import { limitChecks, storeChecks } from "./conformance.ts";

/** The storage of an object that serves nothing. */
const inStore = <T>(name: string, run: (database: Database) => T): Promise<T> =>
  runInDurableObject(env.WORKSPACE.getByName(name), (_object, state) =>
    run(durableObjectDatabase(state.storage)),
  );

describe("the store in a Durable Object", () => {
  test.each(storeChecks)("%s", (name, check) => inStore(name, check));

  test.each(limitChecks)("%s", (name, check) => inStore(name, check));

  test("what was committed is there when the object is started again", async () => {
    await inStore("restarted", (database) => {
      database.exec("CREATE TABLE facts (value TEXT NOT NULL) STRICT");
      database.transaction(() => database.exec("INSERT INTO facts VALUES ('kept')"));
    });
    await evictDurableObject(env.WORKSPACE.getByName("restarted"));
    const rows = await inStore("restarted", (database) => database.exec("SELECT value FROM facts"));
    expect(rows).toEqual([{ value: "kept" }]);
  });
});
