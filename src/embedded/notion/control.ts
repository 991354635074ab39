import type { Database, NewId } from "../../ports.ts";
import { findPage } from "./access.ts";
import type { FaultHook } from "./api/faults.ts";
import type { RequestEntry, RequestLog } from "./api/request-log.ts";
import type { JournalEntry } from "./journal.ts";
import type { User } from "./model.ts";
import type { Core, Scope } from "./scope.ts";
import type { Deliveries } from "./webhooks/deliver.ts";
import { setTrashed } from "./write/pages.ts";

/** What Notion has no API for, and what tests look at. */
export type WorkspaceControl = {
  /** Changes after the given number, oldest first. */
  journal(after?: number): JournalEntry[];
  /** The last 10,000 requests after the given number, oldest first. */
  requests(after?: number): RequestEntry[];
  /** A webhook subscription, already verified; all event types unless some are named. Answers its id. */
  subscribe(options: { url: string; verificationToken: string; eventTypes?: string[] }): string;
  unsubscribe(id: string): void;
  /** Events waiting, delivered and given up (`lost`); attempts that were refused (`failed`). */
  webhooks(): { pending: number; delivered: number; failed: number; lost: number };
  setHook(hook: FaultHook | null): void;
  /** Puts a page into the trash as a person; the first one unless named. */
  trash(pageId: string, actorName?: string): void;
  restore(pageId: string, actorName?: string): void;
  /** When the next webhook delivery falls due, in ms; null if none waits. */
  nextDue(): number | null;
};

type Parts = {
  core: Core;
  database: Database;
  newId: NewId;
  requests: RequestLog;
  deliveries: Deliveries;
  setHook(hook: FaultHook | null): void;
};

const counts = `SELECT
  count(*) FILTER (WHERE state = 'waiting') AS pending,
  count(*) FILTER (WHERE state = 'delivered') AS delivered,
  count(*) FILTER (WHERE state = 'lost') AS lost,
  coalesce(sum(failures), 0) AS failed FROM webhook_events`;

const personNamed = (users: readonly User[], name: string | undefined): User => {
  const person = users.find((user) => user.kind === "person" && (name === undefined || user.name === name));
  if (!person) throw new RangeError(`no person ${name}`);
  return person;
};

export const createControl = (parts: Parts): WorkspaceControl => {
  const { core, database, newId, requests, deliveries } = parts;
  const actAs = (name: string | undefined, act: (scope: Scope) => void): void => {
    const actor = personNamed(core.users, name);
    core.objects.transaction(() => act({ ...core, actor, now: core.clock.now() }));
    deliveries.arm();
  };
  return {
    journal: (after = 0) => core.journal.after(after),
    requests: (after = 0) => requests.after(after),
    subscribe({ url, verificationToken, eventTypes }) {
      const id = newId();
      database.exec(
        "INSERT INTO subscriptions (id, url, verification_token, event_types) VALUES (?, ?, ?, ?)",
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
      deliveries.arm();
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
    setHook: parts.setHook,
    trash: (pageId, actorName) =>
      actAs(actorName, (scope) => void setTrashed(scope, findPage(scope, pageId), true)),
    restore: (pageId, actorName) =>
      actAs(actorName, (scope) => void setTrashed(scope, findPage(scope, pageId), false)),
    nextDue: deliveries.nextDue,
  };
};
