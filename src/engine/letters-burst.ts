import { busiestDay, lettersSince, readerCount } from "../store/action-counts.ts";
import { isHeld, setHold } from "../store/holds.ts";
import { getMeta } from "../store/meta.ts";
import type { Action } from "../types/action.ts";
import type { EngineContext } from "./context.ts";

/** Letters are counted over this long. */
const burstMs = 3_600_000;

/** So many letters within it are never a burst, nor are so many times what left on the busiest day of the last 30. */
const usual = { letters: 20, timesBusiestDay: 3 } as const;

/**
 * Holds the outbox for a person where far more letters came up within an hour than ever (design §6). One for each reader is
 * what every Friday brings. Runs inside the transaction that adds the letters, so that none of the last ones has left.
 */
export const holdBurst = (context: EngineContext, wanted: readonly Action[]): void => {
  const { database, clock, log } = context;
  if (!wanted.some(({ payload }) => payload.kind === "letter") || isHeld(database, "letters_burst")) return;
  const now = clock.now();
  const since = Math.max(now - burstMs, Number(getMeta(database, "burst_confirmed") ?? 0));
  const count = lettersSince(database, since);
  if (count <= usual.letters) return;
  const limit = Math.max(
    usual.letters,
    readerCount(database),
    usual.timesBusiestDay * busiestDay(database, now),
  );
  if (count <= limit) return;
  log.error("letters.held", { letters: count, limit });
  setHold(
    database,
    "letters_burst",
    `more than ${limit} letters came up between ${iso(since)} and ${iso(now)}`,
    now,
  );
};

const iso = (time: number): string => new Date(time).toISOString();
