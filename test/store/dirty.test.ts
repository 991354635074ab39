import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../../src/ports.ts";
import { clearDirty, markDirty, nextDirty, retryDirty } from "../../src/store/dirty.ts";
import { migrate } from "../../src/store/migrate.ts";
import { migrations } from "../../src/store/migrations.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";

let database: Database;
beforeEach(() => {
  database = openNodeDatabase(":memory:");
  migrate(database);
});
afterEach(() => database.close());

const now = 1_000_000;
const mark = (pageId: string, more: { urgent?: boolean; author?: string | null; notBefore?: number } = {}) =>
  markDirty(database, { pageId, urgent: false, author: null, ...more }, now);

describe("pages that are to be read", () => {
  test("are read once, however often they were marked", () => {
    for (let time = 0; time < 5; time++) mark("page");
    const page = nextDirty(database, now, false);
    if (page) clearDirty(database, page);
    expect(nextDirty(database, now, false)).toBeNull();
  });

  test("are read once more when they were marked while they were read", () => {
    mark("page");
    const page = nextDirty(database, now, false);
    mark("page");
    if (page) clearDirty(database, page);
    expect(nextDirty(database, now, false)?.pageId).toBe("page");
  });

  test("come first when somebody waits for them", () => {
    mark("calm");
    mark("urgent", { urgent: true });
    expect(nextDirty(database, now, false)?.pageId).toBe("urgent");
    expect(nextDirty(database, now, true)?.pageId).toBe("urgent");
  });

  test("do not hold up the others when they cannot be read", () => {
    mark("failing", { urgent: true });
    mark("calm");
    retryDirty(database, "failing", now + 60_000);
    mark("failing", { urgent: true });
    expect(nextDirty(database, now, false)?.pageId).toBe("calm");
    expect(nextDirty(database, now + 60_000, true)?.pageId).toBe("failing");
  });

  test("have an author only while there is one", () => {
    mark("one", { author: "dana" });
    mark("one", { author: "dana" });
    mark("two", { author: "dana" });
    mark("two", { author: "pablo" });
    const authors = database.exec("SELECT page_id, author FROM dirty_pages ORDER BY page_id");
    expect(authors).toEqual([
      { page_id: "one", author: "dana" },
      { page_id: "two", author: null },
    ]);
  });
});

describe("the store's schema", () => {
  test("is brought up to date once", () => {
    migrate(database);
    expect(database.exec("SELECT version FROM schema_version")).toEqual(
      migrations.map((_statements, index) => ({ version: index + 1 })),
    );
  });

  test("of a newer Milepost is left alone", () => {
    database.exec("INSERT INTO schema_version (version) VALUES (?)", migrations.length + 1);
    expect(() => migrate(database)).toThrow(expect.objectContaining({ code: "store_newer" }));
  });
});
