import { afterEach, beforeEach, expect, test } from "vitest";
import type { Database, SqlValue } from "../../src/ports.ts";
import { busiestDay, lettersSince } from "../../src/store/action-counts.ts";
import { actionsOf, nextAction } from "../../src/store/actions.ts";
import { cancelUnwanted } from "../../src/store/cancel-unwanted.ts";
import { nextComment } from "../../src/store/comments.ts";
import { markDirty, nextDirty } from "../../src/store/dirty.ts";
import { answersOf, refusalsSince, touchedSince, transitionsOf } from "../../src/store/history.ts";
import { noteEvent } from "../../src/store/inbox.ts";
import { findLetter, linkSentTo } from "../../src/store/letters.ts";
import { migrate } from "../../src/store/migrate.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";
import {
  databaseOf,
  findPage,
  nextOutgoing,
  outgoing,
  pagesRelatedTo,
  readSince,
} from "../../src/store/pages.ts";
import { nextRecords } from "../../src/store/records.ts";
import { openWindow, overwritten } from "../../src/store/write-windows.ts";

let database: Database;
const asked: { readonly sql: string; readonly params: readonly SqlValue[] }[] = [];
let listening: Database;
beforeEach(() => {
  database = openNodeDatabase(":memory:");
  migrate(database);
  asked.length = 0;
  listening = {
    ...database,
    exec: (sql, ...params) => {
      asked.push({ sql, params });
      return database.exec(sql, ...params);
    },
  };
});
afterEach(() => database.close());

/** Steps that walk through a table or an index from its beginning, or through all pages of a database. */
const walks = (): string[] =>
  asked.flatMap(({ sql, params }) =>
    database
      .exec(`EXPLAIN QUERY PLAN ${sql}`, ...params)
      .map((row) => String(row.detail))
      .filter((detail) => /^SCAN (?!\(|CONSTANT|json_each)|INDEX pages_by_database /.test(detail))
      .map((detail) => `${detail}: ${sql}`),
  );

const [now, page] = [1_000_000, "page"];
const change = { pageId: page, propertyId: "p", at: now, onlyPeople: true };

test.for<readonly [string, () => unknown]>([
  [
    "an event asks when its database was read",
    () => [databaseOf(listening, page), readSince(listening, "projects", now, 4)],
  ],
  ["an event is noted and its page marked", () => noteEvent(listening, "event", now)],
  ["a page is marked", () => markDirty(listening, { pageId: page, urgent: true, author: null }, now)],
  ["an event asks what was overwritten", () => overwritten(listening, change)],
  [
    "a page is found",
    () => [findPage(listening, page), pagesRelatedTo(listening, "milestones", "project", page)],
  ],
  [
    "the loop looks for work",
    () => [nextDirty(listening, now, false), nextRecords(listening, now, true, 20)],
  ],
  [
    "the loop looks for writes",
    () => [nextOutgoing(listening, now, outgoing.values), nextComment(listening, now)],
  ],
  ["the loop looks for actions", () => nextAction(listening, now, "answers", { timed: true, letters: true })],
  ["a history is loaded", () => [transitionsOf, answersOf, actionsOf].map((of) => of(listening, page))],
  ["a decision counts letters", () => [lettersSince(listening, now), busiestDay(listening, now)]],
  ["a decision cancels", () => cancelUnwanted(listening, page, { wanted: new Set(), waiting: [] }, now)],
  ["a refusal is counted", () => refusalsSince(listening, page, now)],
  [
    "a write opens its window",
    () => openWindow(listening, page, [{ propertyId: "p", contested: false }], now),
  ],
  ["a write asks who was there before", () => touchedSince(listening, page, "p", now)],
  ["a letter is found", () => findLetter(listening, "key")],
  ["a client opens a link", () => linkSentTo(listening, "link")],
])("costs the same however much the store holds: %s", ([, run]) => {
  run();
  expect(asked.length).toBeGreaterThan(0);
  expect(walks()).toEqual([]);
});
