import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "../../src/ports.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";

/** A database as it was at one moment, of which any number of copies can be opened in memory. */
export type Snapshot = { readonly open: () => Database; readonly drop: () => void };

export const snapshotOf = (database: Database): Snapshot => {
  const folder = mkdtempSync(join(tmpdir(), "milepost-properties-"));
  const file = join(folder, "snapshot.sqlite");
  database.exec("VACUUM INTO ?", file);
  const schema = database.exec(
    "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type = 'table' DESC",
  );
  const own = schema.filter(({ name }) => !String(name).startsWith("sqlite_"));
  const tables = own.filter(({ type }) => type === "table").map(({ name }) => String(name));
  const isCounted = schema.some(({ name }) => name === "sqlite_sequence");
  const open = (): Database => {
    const copy = openNodeDatabase(":memory:");
    copy.exec("ATTACH ? AS snapshot", file);
    copy.transaction(() => {
      for (const { sql } of own.filter(({ type }) => type === "table")) copy.exec(String(sql));
      for (const name of tables) copy.exec(`INSERT INTO main."${name}" SELECT * FROM snapshot."${name}"`);
      if (isCounted) {
        copy.exec("DELETE FROM main.sqlite_sequence");
        copy.exec("INSERT INTO main.sqlite_sequence SELECT * FROM snapshot.sqlite_sequence");
      }
      for (const { sql } of own.filter(({ type }) => type !== "table")) copy.exec(String(sql));
    });
    copy.exec("DETACH snapshot");
    return copy;
  };
  return { open, drop: () => rmSync(folder, { recursive: true }) };
};
