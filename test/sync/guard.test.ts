import { afterEach, beforeEach, expect, test } from "vitest";
import type { Database } from "../../src/ports.ts";
import { holdPage } from "../../src/store/held-pages.ts";
import { setHold } from "../../src/store/holds.ts";
import { setMeta } from "../../src/store/meta.ts";
import { migrate } from "../../src/store/migrate.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";
import type { SyncContext } from "../../src/sync/context.ts";
import { isPassOver } from "../../src/sync/guard.ts";

const now = 10_000_000;

let database: Database;
beforeEach(() => {
  database = openNodeDatabase(":memory:");
  migrate(database);
  setMeta(database, "schema_due", String(now + 1));
  setHold(database, "mass_change", "", 0);
});
afterEach(() => database.close());

/** Milestones of as many projects that are gone, as a read showed them long ago. */
const hold = (from: number, to: number): void => {
  for (let index = from; index < to; index += 1) {
    const pageId = `milestone ${index}`;
    database.exec(
      `INSERT INTO pages (page_id, database, state, created_time, last_edited_time, last_edited_by, url, base, local,
         read_sequence, read_at) VALUES (?, 'milestones', 'live', 0, 0, '', '', '{}', ?, 1, 0)`,
      pageId,
      JSON.stringify({ project: [`project ${index}`] }),
    );
    holdPage(database, { pageId, change: "trashed", actor: { kind: "unknown" }, code: null, at: index });
  }
};

/** How often the store is asked whether a pass is over. */
const asked = (): number => {
  let queries = 0;
  const exec: Database["exec"] = (sql, ...params) => {
    queries += 1;
    return database.exec(sql, ...params);
  };
  expect(isPassOver({ database: { ...database, exec } } as SyncContext, now)).toBe(false);
  return queries;
};

test("while a mass change waits for a person, its size does not change how often the store is asked", () => {
  hold(0, 10);
  const few = asked();
  hold(10, 500);
  expect(asked()).toBe(few);
});

test("what no longer is a mass change ends its pass, in whichever order its pages were found", () => {
  hold(0, 10);
  database.exec("DELETE FROM held_pages WHERE at > 4");
  expect(isPassOver({ database } as SyncContext, now)).toBe(true);
  database.exec("UPDATE held_pages SET at = ? WHERE at = 0", now);
  expect(isPassOver({ database } as SyncContext, now)).toBe(false);
});
