import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { setup } from "../../scripts/commands/setup.ts";
import { takeLease } from "../../src/store/lease.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";

test("F43: setup leaves a store alone that a running service holds, and says what to do", async () => {
  const folder = mkdtempSync(join(tmpdir(), "milepost-setup-"));
  const database = openNodeDatabase(join(folder, "milepost.sqlite"));
  takeLease(database, "another-machine 1 served", Date.now(), () => false);
  const environment = {
    ...{ NOTION_TOKEN: "ntn_token", NOTION_PARENT_PAGE: "0".repeat(32), API_TOKEN: "a".repeat(16) },
    ...{ PUBLIC_URL: "https://milepost.example", LINK_SECRET: "s".repeat(32), DATA_DIR: folder },
  };
  await expect(setup.run(environment, { json: false, yes: true })).rejects.toMatchObject({
    ...{ code: "store_taken", message: expect.stringContaining("stop it and run this again") },
  });
  const tables = database.exec("SELECT name FROM sqlite_schema WHERE type = 'table'").map(({ name }) => name);
  expect(tables).toEqual(["lease"]);
  database.close();
  rmSync(folder, { recursive: true });
});
