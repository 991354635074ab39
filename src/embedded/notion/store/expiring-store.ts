import type { Database } from "../../../ports.ts";
import type { Json } from "../model.ts";

/** What Notion keeps for a while and forgets: results of view queries, states of asynchronous tasks. */
export type ExpiringStore = {
  /** Forgets what has expired by `now` and keeps this until `expiresAt`. */
  put(id: string, entry: { kind: string; now: number; expiresAt: number; body: Json }): void;
  /** The body; undefined when there is none of this kind or it has expired. */
  get(id: string, kind: string, now: number): Json;
  remove(id: string, kind: string): void;
};

/** The oldest go earlier where there are more of a kind (assumed: it keeps the tables bounded). */
const keptOfKind = 200;

export const createExpiringStore = (database: Database): ExpiringStore => ({
  put(id, { kind, now, expiresAt, body }) {
    database.exec("DELETE FROM expiring WHERE expires_at <= ?", now);
    const newest = "SELECT rowid FROM expiring WHERE kind = ? ORDER BY rowid DESC LIMIT ?";
    database.exec(
      `DELETE FROM expiring WHERE kind = ? AND rowid NOT IN (${newest})`,
      kind,
      kind,
      keptOfKind - 1,
    );
    const values = [id, kind, expiresAt, JSON.stringify(body)];
    database.exec("INSERT INTO expiring (id, kind, expires_at, body) VALUES (?, ?, ?, ?)", ...values);
  },
  get(id, kind, now) {
    const where = "id = ? AND kind = ? AND expires_at > ?";
    const [row] = database.exec(`SELECT body FROM expiring WHERE ${where}`, id, kind, now);
    return row ? JSON.parse(String(row.body)) : undefined;
  },
  remove: (id, kind) => void database.exec("DELETE FROM expiring WHERE id = ? AND kind = ?", id, kind),
});
