import type { Database } from "../ports.ts";
import { type AdjustableClock, type AdjustableClockOptions, createAdjustableClock } from "./clock.ts";

/** An adjustable clock whose offset outlives the process, kept in the workspace's own database. */
export const openStoredClock = (
  database: Database,
  options: Omit<AdjustableClockOptions, "offset">,
): AdjustableClock => {
  database.exec(
    "CREATE TABLE IF NOT EXISTS clock (id INTEGER PRIMARY KEY CHECK (id = 1), offset_ms INTEGER NOT NULL) STRICT",
  );
  const [row] = database.exec("SELECT offset_ms FROM clock");
  const clock = createAdjustableClock({ ...options, offset: Number(row?.offset_ms ?? 0) });
  clock.onJump((offset) => {
    database.exec(
      "INSERT INTO clock (id, offset_ms) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET offset_ms = excluded.offset_ms",
      offset,
    );
  });
  return clock;
};
