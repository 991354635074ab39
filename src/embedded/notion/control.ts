import type { Database } from "../../ports.ts";
import { findPage } from "./access.ts";
import type { FaultHook } from "./api/faults.ts";
import type { RequestEntry, RequestLog } from "./api/request-log.ts";
import type { JournalEntry } from "./journal.ts";
import type { User } from "./model.ts";
import type { Core, Scope } from "./scope.ts";
import type { Deliveries } from "./webhooks/deliver.ts";
import { createSubscriptions, type Subscriptions } from "./webhooks/subscriptions.ts";
import { setTrashed } from "./write/pages.ts";

/** What Notion has no API for, and what tests look at. */
export type WorkspaceControl = Subscriptions & {
  /** Changes after the given number, oldest first. */
  journal(after?: number): JournalEntry[];
  /** The last 10,000 requests after the given number, oldest first. */
  requests(after?: number): RequestEntry[];
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
  requests: RequestLog;
  deliveries: Deliveries;
  setHook(hook: FaultHook | null): void;
};

const personNamed = (users: readonly User[], name: string | undefined): User => {
  const person = users.find((user) => user.kind === "person" && (name === undefined || user.name === name));
  if (!person) throw new RangeError(`no person ${name}`);
  return person;
};

export const createControl = (parts: Parts): WorkspaceControl => {
  const { core, database, requests, deliveries } = parts;
  const actAs = (name: string | undefined, act: (scope: Scope) => void): void => {
    const actor = personNamed(core.users, name);
    core.objects.transaction(() => act({ ...core, actor, now: core.clock.now() }));
    deliveries.arm();
  };
  return {
    journal: (after = 0) => core.journal.after(after),
    requests: (after = 0) => requests.after(after),
    ...createSubscriptions(database, core.newId),
    setHook: parts.setHook,
    trash: (pageId, actorName) =>
      actAs(actorName, (scope) => void setTrashed(scope, findPage(scope, pageId), true)),
    restore: (pageId, actorName) =>
      actAs(actorName, (scope) => void setTrashed(scope, findPage(scope, pageId), false)),
    nextDue: deliveries.nextDue,
  };
};
