import type { Database } from "../ports.ts";
import { MilepostError } from "../types/errors.ts";

/** A lease that is not renewed for so long has ended; it is renewed three times as often. */
export const leaseMs = 30_000;

/** Who serves a store. `fence` grows with every new holder. */
type Lease = { readonly holder: string; readonly fence: number; readonly expiresAt: number };

const findLease = (database: Database): Lease | null => {
  const row = database.exec("SELECT holder, fence, expires_at FROM lease")[0];
  return row
    ? { holder: String(row.holder), fence: Number(row.fence), expiresAt: Number(row.expires_at) }
    : null;
};

/**
 * Takes the store if nobody serves it, and returns the fence of this holder; null while another one does. One that lies
 * further ahead than any lease can was written under another clock and does not count.
 */
export const takeLease = (
  database: Database,
  holder: string,
  now: number,
  isGone: (holder: string) => boolean,
): number | null => {
  database.exec(
    `CREATE TABLE IF NOT EXISTS lease (
      id INTEGER PRIMARY KEY CHECK (id = 1), holder TEXT NOT NULL, fence INTEGER NOT NULL, expires_at INTEGER NOT NULL
    ) STRICT`,
  );
  return database.transaction(() => {
    const known = findLease(database);
    const isValid = known !== null && known.expiresAt > now && known.expiresAt <= now + leaseMs;
    if (known && isValid && !isGone(known.holder)) return null;
    const fence = (known?.fence ?? 0) + 1;
    database.exec(
      "INSERT OR REPLACE INTO lease (id, holder, fence, expires_at) VALUES (1, ?, ?, ?)",
      holder,
      fence,
      now + leaseMs,
    );
    return fence;
  });
};

/** Keeps the store; false where another one has taken it. */
export const renewLease = (database: Database, fence: number, now: number): boolean =>
  database.exec("UPDATE lease SET expires_at = ? WHERE fence = ? RETURNING fence", now + leaseMs, fence)
    .length > 0;

/** Lets the next one take the store at once. */
export const endLease = (database: Database, fence: number): void => {
  database.exec("UPDATE lease SET expires_at = 0 WHERE fence = ?", fence);
};

const onlyReads = /^\s*SELECT\b/i;

/**
 * The store as the holder of a lease uses it: a write commits only while the lease is its own, so that one who was paused
 * and superseded changes nothing more (reliability F43).
 */
export const fenced = (database: Database, fence: number): Database => {
  let inside = false;
  const transaction = <T>(fn: () => T): T =>
    database.transaction(() => {
      if (findLease(database)?.fence !== fence) throw new MilepostError("store_taken");
      inside = true;
      try {
        return fn();
      } finally {
        inside = false;
      }
    });
  return {
    exec: (sql, ...params) =>
      inside || onlyReads.test(sql)
        ? database.exec(sql, ...params)
        : transaction(() => database.exec(sql, ...params)),
    transaction,
    close: () => database.close(),
  };
};
