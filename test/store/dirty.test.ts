import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../../src/ports.ts";
import { clearDirty, holdDirty, markDirty, nextDirty, retryDirty } from "../../src/store/dirty.ts";
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
const mark = (pageId: string, more: { urgent?: boolean; author?: string | null } = {}) =>
  markDirty(database, { pageId, urgent: false, author: null, ...more }, now);

const pageOf = (pageId: string) => ({ pageId, sequence: 1, urgent: false, author: null, attempts: 0 });

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
    mark("failing");
    mark("calm");
    retryDirty(database, "failing", now + 60_000);
    expect(nextDirty(database, now, false)?.pageId).toBe("calm");
    expect(nextDirty(database, now + 60_000, false)?.pageId).toBe("calm");
    clearDirty(database, pageOf("calm"));
    expect(nextDirty(database, now + 60_000, false)?.pageId).toBe("failing");
  });

  test("are read at once after a failure when somebody waits for them again", () => {
    mark("failing", { urgent: true });
    retryDirty(database, "failing", now + 60_000);
    expect(nextDirty(database, now, true)).toBeNull();
    mark("failing", { urgent: true });
    expect(nextDirty(database, now, true)?.pageId).toBe("failing");
  });

  test("are never read while a write may still land, whoever waits for them", () => {
    mark("written", { urgent: true });
    holdDirty(database, "written", now + 60_000);
    mark("written", { urgent: true });
    expect(nextDirty(database, now + 59_999, false)).toBeNull();
    expect(nextDirty(database, now + 60_000, false)?.pageId).toBe("written");
  });

  test.each([
    ["one person", ["dana", "dana"], "dana"],
    ["one person and an echo of Milepost's own", ["dana", null], "dana"],
    ["two people", ["dana", "pablo"], null],
    ["two people, one of them again", ["dana", "pablo", "pablo"], null],
  ])("have an author only while there is one: %s", (_who, authors, author) => {
    for (const one of authors) mark("page", { author: one });
    expect(nextDirty(database, now, false)?.author).toBe(author);
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
