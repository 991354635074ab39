import { expect } from "vitest";
import type { Database, SqlRow, SqlValue } from "../../src/ports.ts";
import { mailPause, pauseMail } from "../../src/store/mail-channel.ts";
import { getMeta, setMeta } from "../../src/store/meta.ts";
import { migrate } from "../../src/store/migrate.ts";
import { setBack } from "../../src/store/set-back.ts";

const tables = [
  `CREATE TABLE items (id TEXT PRIMARY KEY, count INTEGER NOT NULL DEFAULT 0, note TEXT) STRICT`,
  `CREATE TABLE loose (id TEXT, value)`,
];

const add = "INSERT INTO items (id, count, note) VALUES (?, ?, ?)";
const all = (database: Database): SqlRow[] => database.exec("SELECT id, count, note FROM items ORDER BY id");
const values = (count: number): SqlValue[] => Array.from({ length: count }, (_, index) => index);
const sum = (count: number): string => `SELECT ${"? + ".repeat(count - 1)}? AS sum`;

/** What every store driver promises, by name: each check gets an empty database. */
const checks: Readonly<Record<string, (database: Database) => void>> = {
  "parameters are values, never SQL": (database) => {
    database.exec(add, "a'; DROP TABLE items; --", 1, "?");
    expect(all(database)).toEqual([{ id: "a'; DROP TABLE items; --", count: 1, note: "?" }]);
  },
  "waits of a real store follow a clock that was set back": (database) => {
    migrate(database);
    setMeta(database, "last_round", "10000");
    setMeta(database, "catch_up", "9000");
    pauseMail(database, { until: 12_000, failures: 1, code: "connect_ETIMEDOUT" });
    setBack(database, 4_000);
    expect(Number(getMeta(database, "catch_up"))).toBe(5_000);
    expect(mailPause(database)).toMatchObject({ until: 8_000, failures: 1 });
  },
  "a statement without rows gives an empty list": (database) => {
    expect(database.exec(add, "a", 1, null)).toEqual([]);
    expect(database.exec("SELECT id FROM items WHERE id = 'b'")).toEqual([]);
  },
  "rows are plain objects by column name, in order": (database) => {
    for (const id of ["b", "a"]) database.exec(add, id, 1, "x");
    expect(JSON.stringify(all(database))).toBe(
      '[{"id":"a","count":1,"note":"x"},{"id":"b","count":1,"note":"x"}]',
    );
  },
  "a hundred parameters are taken, one more is refused": (database) => {
    expect(database.exec(sum(100), ...values(100))).toEqual([{ sum: 4950 }]);
    expect(() => database.exec(sum(101), ...values(101))).toThrow(/more than 100 SQL parameters/);
  },
  "null stays null and is told from an empty text": (database) => {
    database.exec(add, "a", 0, null);
    database.exec(add, "b", 0, "");
    expect(all(database).map(({ note }) => note)).toEqual([null, ""]);
    expect(database.exec("SELECT id FROM items WHERE note IS ?", null)).toEqual([{ id: "a" }]);
    expect(database.exec("SELECT id FROM items WHERE note IS NOT ? ", "")).toEqual([{ id: "a" }]);
  },
  "whole numbers are exact up to 2^53 - 1, both signs": (database) => {
    for (const count of [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, Date.UTC(2026, 10, 24)]) {
      expect(database.exec(`${add} RETURNING count, typeof(count) AS type`, `${count}`, count, null)).toEqual(
        [{ count, type: "integer" }],
      );
    }
    expect(database.exec("SELECT count(*) AS n FROM items WHERE count = ?", Number.MAX_SAFE_INTEGER)).toEqual(
      [{ n: 1 }],
    );
  },
  "a fraction is refused where a whole number belongs, and kept elsewhere": (database) => {
    expect(() => database.exec(add, "a", 1.5, null)).toThrow(/cannot store REAL/);
    expect(database.exec("INSERT INTO loose VALUES ('a', ?) RETURNING value", 1.5)).toEqual([{ value: 1.5 }]);
  },
  "text of every script comes back as it went in": (database) => {
    const note = 'Grüße, 東京 👩‍💻 "quoted" \n line';
    expect(database.exec(`${add} RETURNING note`, "a", 0, note)).toEqual([{ note }]);
  },
  "an upsert counts up and returns what it wrote": (database) => {
    const upsert =
      "INSERT INTO items (id, count) VALUES (?, 1) ON CONFLICT (id) DO UPDATE SET count = count + 1 RETURNING count";
    expect([1, 2, 3].map(() => database.exec(upsert, "a")[0]?.count)).toEqual([1, 2, 3]);
    expect(database.exec("INSERT INTO items (id) VALUES ('a') ON CONFLICT DO NOTHING RETURNING id")).toEqual(
      [],
    );
  },
  "update and delete return the rows they touched": (database) => {
    for (const id of ["a", "b"]) database.exec(add, id, 1, null);
    expect(database.exec("UPDATE items SET count = 2 WHERE id = 'a' RETURNING id, count")).toEqual([
      { id: "a", count: 2 },
    ]);
    expect(database.exec("DELETE FROM items WHERE id = 'b' RETURNING id")).toEqual([{ id: "b" }]);
  },
  "a broken constraint throws and changes nothing": (database) => {
    database.exec(add, "a", 1, null);
    expect(() => database.exec(add, "a", 2, null)).toThrow(/UNIQUE constraint failed/);
    expect(() => database.exec(add, "b", null, null)).toThrow(/NOT NULL constraint failed/);
    expect(all(database)).toEqual([{ id: "a", count: 1, note: null }]);
  },
  "a transaction returns what its function returns and keeps its writes": (database) => {
    const result = database.transaction(() => {
      database.exec(add, "a", 1, null);
      return all(database).length;
    });
    expect([result, all(database).length]).toEqual([1, 1]);
  },
  "a transaction that throws leaves nothing, and the next one works": (database) => {
    const error = new Error("rule failed");
    const failing = (): void =>
      database.transaction(() => {
        database.exec(add, "a", 1, null);
        throw error;
      });
    expect(failing).toThrow(error);
    expect(all(database)).toEqual([]);
    database.transaction(() => database.exec(add, "b", 1, null));
    expect(all(database).map(({ id }) => id)).toEqual(["b"]);
  },
  "an error of SQL that is caught inside does not end the transaction": (database) => {
    database.transaction(() => {
      database.exec(add, "a", 1, null);
      expect(() => database.exec(add, "a", 1, null)).toThrow(/UNIQUE/);
      database.exec(add, "b", 1, null);
    });
    expect(all(database).map(({ id }) => id)).toEqual(["a", "b"]);
  },
  "a transaction within a transaction is refused and takes the outer one with it": (database) => {
    const nested = (): void =>
      database.transaction(() => {
        database.exec(add, "a", 1, null);
        database.transaction(() => database.exec(add, "b", 1, null));
      });
    expect(nested).toThrow(/within a transaction/);
    expect(all(database)).toEqual([]);
    database.transaction(() => database.exec(add, "c", 1, null));
    expect(all(database).map(({ id }) => id)).toEqual(["c"]);
  },
};

const repeated = (count: number, text: string, between: string): string =>
  Array.from({ length: count }, () => text).join(between);

/** Statements that are just small enough, and the same just too large, for a Durable Object. */
const largest: Readonly<Record<string, { readonly most: number; readonly sql: (size: number) => string }>> = {
  "parts of a UNION": { most: 5, sql: (size) => repeated(size, "SELECT 1", " UNION ALL ") },
  columns: { most: 100, sql: (size) => `SELECT ${repeated(size, "1", ", ")}` },
  "conditions in a chain": { most: 100, sql: (size) => `SELECT 1 WHERE ${repeated(size, "1", " AND ")}` },
  "arguments of a function": { most: 127, sql: (size) => `SELECT max(${repeated(size, "1", ", ")})` },
  "characters of a LIKE pattern": { most: 50, sql: (size) => `SELECT 'a' LIKE '${"b".repeat(size)}'` },
};

export const limitChecks: readonly (readonly [name: string, check: (database: Database) => void])[] =
  Object.entries(largest).map(([name, { most, sql }]) => [
    `at most ${most} ${name}`,
    (database) => {
      expect(database.exec(sql(most))).toHaveLength(name.startsWith("parts") ? most : 1);
      expect(() => database.exec(sql(most + 1))).toThrow(/too (many|large|complex)/);
    },
  ]);

/** The promises of the store port as a table of test name and check; `open` gives an empty database. */
export const storeChecks: readonly (readonly [name: string, check: (database: Database) => void])[] =
  Object.entries(checks).map(([name, check]) => [
    name,
    (database) => {
      for (const table of tables) database.exec(table);
      check(database);
    },
  ]);
