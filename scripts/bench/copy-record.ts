import { randomUUID } from "node:crypto";
import type { Database, SqlRow, SqlValue } from "../../src/ports.ts";

type Table = { readonly name: string; readonly rows: readonly SqlRow[] };

/** The journal numbers its rows itself. */
const ownNumber = "sequence";

const mentions = (row: SqlRow, pageIds: readonly string[]): boolean =>
  Object.values(row).some((value) => typeof value === "string" && pageIds.some((id) => value.includes(id)));

const tablesWith = (store: Database, pageIds: readonly string[]): Table[] =>
  store
    .exec("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .map(({ name }) => ({
      name: String(name),
      rows: store.exec(`SELECT * FROM "${name}"`).filter((row) => mentions(row, pageIds)),
    }));

/** Copies everything that a store knows of some pages, `count` times and each time for pages with ids of their own. */
export const copyRecord = (store: Database, pageIds: readonly string[], count: number): void => {
  const tables = tablesWith(store, pageIds);
  store.transaction(() => {
    for (let copy = 0; copy < count; copy++) {
      const ids = new Map(pageIds.map((id) => [id, randomUUID()]));
      const renamed = (value: SqlValue | undefined): SqlValue => {
        if (typeof value !== "string") return value ?? null;
        return [...ids].reduce((text, [from, to]) => text.replaceAll(from, to), value);
      };
      for (const { name, rows } of tables) {
        for (const row of rows) {
          const columns = Object.keys(row).filter((column) => !(name === "journal" && column === ownNumber));
          store.exec(
            `INSERT INTO "${name}" (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
            ...columns.map((column) => renamed(row[column] as SqlValue)),
          );
        }
      }
    }
  });
};
