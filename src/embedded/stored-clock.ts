import type { Database } from "../ports.ts";
import { type AdjustableClock, type AdjustableClockOptions, createAdjustableClock } from "./clock.ts";

export type StoredClockOptions = Omit<AdjustableClockOptions, "offset"> & {
  /** How far (ms) the clock of a new database stands from real time; 0 unless given. A known one goes on where it stood. */
  initialOffset?: number;
};

/** An adjustable clock whose offset outlives the process, kept in the workspace's own database. */
export const openStoredClock = (
  database: Database,
  { initialOffset = 0, ...options }: StoredClockOptions,
): AdjustableClock => {
  database.exec(
    "CREATE TABLE IF NOT EXISTS clock (id INTEGER PRIMARY KEY CHECK (id = 1), offset_ms INTEGER NOT NULL) STRICT",
  );
  const store = (offset: number): void => {
    database.exec(
      "INSERT INTO clock (id, offset_ms) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET offset_ms = excluded.offset_ms",
      offset,
    );
  };
  const [row] = database.exec("SELECT offset_ms FROM clock");
  if (!row) store(initialOffset);
  const clock = createAdjustableClock({ ...options, offset: Number(row?.offset_ms ?? initialOffset) });
  clock.onJump(store);
  return clock;
};
