import type { Database, SqlRow } from "../ports.ts";
import type { DatabaseKey } from "../types/schema.ts";

/** Single facts about this store: its birth, the workspace it belongs to, what setup made. */
export type MetaKey =
  | "birth"
  | "workspace_id"
  | "bot_id"
  | "bindings"
  | "throttle"
  | "webhook_handshake"
  | "schema_due"
  | "sweep_due"
  | "unannounced_since"
  | "connection"
  | "prepared_at"
  | "last_round"
  | "catch_up"
  | "rules"
  | "mail_channel"
  | "mail_settings"
  | "burst_confirmed"
  | "clock_due"
  | `listed_together.${DatabaseKey}`
  | `setup.${string}`;

export const getMeta = (database: Database, key: MetaKey): string | null =>
  (database.exec("SELECT value FROM meta WHERE key = ?", key)[0]?.value as string | undefined) ?? null;

export const setMeta = (database: Database, key: MetaKey, value: string): void => {
  database.exec(
    "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    key,
    value,
  );
};

export const dropMeta = (database: Database, key: MetaKey): void => {
  database.exec("DELETE FROM meta WHERE key = ?", key);
};

/** The next number of an ever-growing sequence; orders reads (reliability §2.1 Ordering). */
export const nextSequence = (database: Database): number => Number(count(database, "sequence", 1)[0]?.count);

/** Adds to a named counter that /status shows. */
export const countUp = (database: Database, name: string, by = 1): void => {
  count(database, name, by);
};

const count = (database: Database, name: string, by: number): SqlRow[] =>
  database.exec(
    `INSERT INTO counters (name, count) VALUES (?, ?)
     ON CONFLICT (name) DO UPDATE SET count = count + excluded.count RETURNING count`,
    name,
    by,
  );

export const counters = (database: Database): Readonly<Record<string, number>> =>
  Object.fromEntries(
    database
      .exec("SELECT name, count FROM counters WHERE name <> 'sequence'")
      .map((row) => [row.name, Number(row.count)]),
  );

/** When each rule was first installed on this store (UTC ms); new ones are stamped now (design §6). */
export const installRules = (
  database: Database,
  ruleIds: readonly string[],
  now: number,
): ReadonlyMap<string, number> => {
  for (const id of ruleIds) {
    database.exec("INSERT INTO rules (rule_id, installed_at) VALUES (?, ?) ON CONFLICT DO NOTHING", id, now);
  }
  return new Map(
    database
      .exec("SELECT rule_id, installed_at FROM rules")
      .map((row) => [String(row.rule_id), Number(row.installed_at)]),
  );
};
