import { signWebhookPayload } from "@notionhq/client";
import type { Database, NewId, Random, SqlRow } from "../../../ports.ts";
import { newToken } from "../people.ts";
import { type Outlet, post } from "./post.ts";

/** Documented (notion-api §6): a subscription hears nothing before a person has pasted its token back. */
type SubscriptionState = "pending" | "active" | "paused";

export type Subscription = {
  id: string;
  url: string;
  state: SubscriptionState;
  apiVersion: string;
  /** Null: all of them. */
  eventTypes: string[] | null;
};

type Wanted = { url: string; eventTypes?: string[]; apiVersion?: string };

export type Subscriptions = {
  /**
   * A webhook subscription, already verified; all event types unless some are named. Answers its id. An address has one:
   * subscribing it again gives it the new token, under which waiting events are signed too.
   */
  subscribe(options: Wanted & { verificationToken: string }): string;
  /** A subscription as a person begins it: its token is posted to the address, signed with itself. Answers its id. */
  requestSubscription(options: Wanted): Promise<string>;
  /** Posts the token of a pending subscription once more. False when the receiver did not take it. */
  resendToken(id: string): Promise<boolean>;
  /** What a person pastes back; false when it is another token. */
  verifySubscription(id: string, token: string): boolean;
  /** A paused subscription hears nothing of what happens meanwhile; what waits is dropped. */
  pauseSubscription(id: string): void;
  resumeSubscription(id: string): void;
  subscriptions(): Subscription[];
  unsubscribe(id: string): void;
  /** Events waiting, delivered and given up (`lost`); attempts that were refused (`failed`). */
  webhooks(): { pending: number; delivered: number; failed: number; lost: number };
};

const defaultVersion = "2026-03-11";

const counts = `SELECT
  count(*) FILTER (WHERE state = 'waiting') AS pending,
  count(*) FILTER (WHERE state = 'delivered') AS delivered,
  count(*) FILTER (WHERE state = 'lost') AS lost,
  coalesce(sum(failures), 0) AS failed FROM webhook_events`;

const countEvents = (database: Database): ReturnType<Subscriptions["webhooks"]> => {
  const [row] = database.exec(counts);
  const pruned = new Map(
    database.exec("SELECT name, count FROM pruned_events").map(({ name, count }) => [name, Number(count)]),
  );
  const count = (name: string): number => Number(row?.[name] ?? 0) + (pruned.get(name) ?? 0);
  return {
    pending: count("pending"),
    delivered: count("delivered"),
    failed: count("failed"),
    lost: count("lost"),
  };
};

const subscriptionOf = (row: SqlRow): Subscription => ({
  id: String(row.id),
  url: String(row.url),
  state: row.state as SubscriptionState,
  apiVersion: String(row.api_version),
  eventTypes: row.event_types === null ? null : JSON.parse(String(row.event_types)),
});

type Store = {
  database: Database;
  newId: NewId;
  put(wanted: Wanted, verificationToken: string, state: SubscriptionState): string;
  find(id: string): SqlRow;
  setState(id: string, state: SubscriptionState): void;
  dropWaiting(id: string): void;
};

const createStore = (database: Database, newId: NewId): Store => ({
  database,
  newId,
  put({ url, eventTypes, apiVersion = defaultVersion }, verificationToken, state) {
    const [known] = database.exec("SELECT id FROM subscriptions WHERE url = ?", url);
    const id = known ? String(known.id) : newId();
    const types = eventTypes ? JSON.stringify(eventTypes) : null;
    database.exec(
      `INSERT OR REPLACE INTO subscriptions (id, url, verification_token, event_types, state, api_version)
       VALUES (?, ?, ?, ?, ?, ?)`,
      ...[id, url, verificationToken, types, state, apiVersion],
    );
    return id;
  },
  find(id) {
    const [row] = database.exec("SELECT * FROM subscriptions WHERE id = ?", id);
    if (!row) throw new RangeError(`no subscription ${id}`);
    return row;
  },
  setState: (id, state) => void database.exec("UPDATE subscriptions SET state = ? WHERE id = ?", state, id),
  dropWaiting: (id) =>
    void database.exec("DELETE FROM webhook_events WHERE subscription_id = ? AND state = 'waiting'", id),
});

const sendToken = async (outlet: Outlet, row: SqlRow): Promise<boolean> => {
  const verificationToken = String(row.verification_token);
  const body = JSON.stringify({ verification_token: verificationToken });
  const signature = await signWebhookPayload({ body, verificationToken });
  return post(outlet, String(row.url), { "x-notion-signature": signature }, body);
};

export const createSubscriptions = (
  database: Database,
  newId: NewId,
  random: Random,
  outlet: Outlet,
): Subscriptions => {
  const store = createStore(database, newId);
  return {
    subscribe: ({ verificationToken, ...wanted }) => store.put(wanted, verificationToken, "active"),
    async requestSubscription(wanted) {
      const id = store.put(wanted, newToken(random).replace("ntn_", "secret_"), "pending");
      await sendToken(outlet, store.find(id));
      return id;
    },
    resendToken: (id) => sendToken(outlet, store.find(id)),
    verifySubscription(id, token) {
      if (store.find(id).verification_token !== token) return false;
      store.setState(id, "active");
      return true;
    },
    pauseSubscription(id) {
      store.setState(id, "paused");
      store.dropWaiting(id);
    },
    resumeSubscription: (id) => store.setState(id, "active"),
    subscriptions: () => database.exec("SELECT * FROM subscriptions ORDER BY rowid").map(subscriptionOf),
    unsubscribe(id) {
      database.exec("DELETE FROM subscriptions WHERE id = ?", id);
      store.dropWaiting(id);
    },
    webhooks: () => countEvents(database),
  };
};
