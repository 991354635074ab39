import type { Database } from "../../src/ports.ts";
import { migrate } from "../../src/store/migrate.ts";
import { openNodeDatabase } from "../../src/store/node-sqlite.ts";

/** Migrates the file that it is given, and ends itself with SIGKILL before the n-th statement. */
const [file = "", nth = ""] = process.argv.slice(2);

const database = openNodeDatabase(file);
let count = 0;
const exec: Database["exec"] = (sql, ...params) => {
  count += 1;
  if (count === Number(nth)) {
    process.kill(process.pid, "SIGKILL");
    for (;;);
  }
  return database.exec(sql, ...params);
};
migrate({ ...database, exec });
process.stdout.write(String(count));
