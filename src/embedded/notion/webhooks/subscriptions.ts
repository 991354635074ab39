import type { Database, NewId } from "../../../ports.ts";

export type Subscriptions = {
  /**
   * A webhook subscription, already verified; all event types unless some are named. Answers its id. An address has one:
   * subscribing it again gives it the new token, under which waiting events are signed too.
   */
  subscribe(options: { url: string; verificationToken: string; eventTypes?: string[] }): string;
  unsubscribe(id: string): void;
  /** Events waiting, delivered and given up (`lost`); attempts that were refused (`failed`). */
  webhooks(): { pending: number; delivered: number; failed: number; lost: number };
};

const counts = `SELECT
  count(*) FILTER (WHERE state = 'waiting') AS pending,
  count(*) FILTER (WHERE state = 'delivered') AS delivered,
  count(*) FILTER (WHERE state = 'lost') AS lost,
  coalesce(sum(failures), 0) AS failed FROM webhook_events`;

export const createSubscriptions = (database: Database, newId: NewId): Subscriptions => ({
  subscribe({ url, verificationToken, eventTypes }) {
    const [known] = database.exec("SELECT id FROM subscriptions WHERE url = ?", url);
    const id = known ? String(known.id) : newId();
    database.exec(
      "INSERT OR REPLACE INTO subscriptions (id, url, verification_token, event_types) VALUES (?, ?, ?, ?)",
      id,
      url,
      verificationToken,
      eventTypes ? JSON.stringify(eventTypes) : null,
    );
    return id;
  },
  unsubscribe(id) {
    database.exec("DELETE FROM subscriptions WHERE id = ?", id);
    database.exec("DELETE FROM webhook_events WHERE subscription_id = ? AND state = 'waiting'", id);
  },
  webhooks() {
    const [row] = database.exec(counts);
    const count = (name: string): number => Number(row?.[name] ?? 0);
    return {
      pending: count("pending"),
      delivered: count("delivered"),
      failed: count("failed"),
      lost: count("lost"),
    };
  },
});
