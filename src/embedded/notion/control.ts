import type { Database } from "../../ports.ts";
import { findDataSource, findPage } from "./access.ts";
import type { FaultRule, FaultRuleState, FaultRules } from "./api/fault-rules.ts";
import type { FaultHook } from "./api/faults.ts";
import type { RequestEntry, RequestLog } from "./api/request-log.ts";
import type { Background } from "./background.ts";
import type { JournalEntry } from "./journal.ts";
import type { JsonObject, User } from "./model.ts";
import { createPersonControl, type PersonControl } from "./person-control.ts";
import type { History } from "./query/read-index.ts";
import type { Core, Scope } from "./scope.ts";
import type { Automation, AutomationInput } from "./webhooks/automation-store.ts";
import { type Disturbance, undisturbed } from "./webhooks/deliver.ts";
import type { Outlet } from "./webhooks/post.ts";
import { createSubscriptions, type Subscriptions } from "./webhooks/subscriptions.ts";
import { createPage, setTrashed } from "./write/pages.ts";

/** What Notion has no API for, and what tests look at. */
export type WorkspaceControl = Subscriptions &
  PersonControl & {
    /** Changes after the given number, oldest first. */
    journal(after?: number): JournalEntry[];
    /** The last 10,000 requests after the given number, oldest first. */
    requests(after?: number): RequestEntry[];
    setHook(hook: FaultHook | null): void;
    /** Replaces the rules by which requests go wrong; none do without rules. They do not survive a restart. */
    setFaultRules(rules: readonly (FaultRule | FaultRuleState)[]): void;
    /** The rules in force, with how many requests each fitted and spoiled. */
    faultRules(): FaultRuleState[];
    /** What goes wrong with webhook deliveries from now on, until the next call or a restart. */
    disturbWebhooks(disturbance: Partial<Disturbance>): void;
    webhookDisturbance(): Disturbance;
    /** An automation with "Send webhook", as a person makes it. Answers its id. */
    createAutomation(input: AutomationInput): string;
    automations(): Automation[];
    /** Takes up an automation that a failed call paused. */
    resumeAutomation(id: string): void;
    removeAutomation(id: string): void;
    /** Adds rows to a data source, each with the `properties` of a create request; all or none. Answers their ids. */
    seedRows(dataSourceId: string, rows: readonly JsonObject[], actorName?: string): string[];
    /** Puts a page into the trash as a person; the first one unless named. */
    trash(pageId: string, actorName?: string): void;
    restore(pageId: string, actorName?: string): void;
    /** When the next webhook delivery falls due, in ms; null if none waits. */
    nextDue(): number | null;
  };

type Parts = {
  core: Core;
  database: Database;
  history: History;
  faults: FaultRules;
  requests: RequestLog;
  background: Background;
  outlet: Outlet;
  setHook(hook: FaultHook | null): void;
};

const personNamed = (users: readonly User[], name: string | undefined): User => {
  const person = users.find((user) => user.kind === "person" && (name === undefined || user.name === name));
  if (!person) throw new RangeError(`no person ${name}`);
  return person;
};

export const createControl = (parts: Parts): WorkspaceControl => {
  const { core, database, requests, background } = parts;
  const { deliveries, automations } = background;
  const actAs = <T>(name: string | undefined, act: (scope: Scope) => T): T => {
    const actor = personNamed(core.users, name);
    const result = core.objects.transaction(() => act({ ...core, actor, now: core.clock.now() }));
    background.arm();
    return result;
  };
  return {
    journal: (after = 0) => core.journal.after(after),
    requests: (after = 0) => requests.after(after),
    ...createSubscriptions(database, core.newId, core.random, parts.outlet),
    ...createPersonControl(core, database, actAs),
    setHook: parts.setHook,
    setFaultRules(rules) {
      parts.faults.set(rules);
      parts.history.keep(parts.faults.longestLag());
    },
    faultRules: parts.faults.states,
    disturbWebhooks: (disturbance) => deliveries.disturb({ ...undisturbed, ...disturbance }),
    webhookDisturbance: deliveries.disturbance,
    createAutomation: (input) => actAs(undefined, (scope) => automations.create(input, scope)),
    automations: automations.list,
    resumeAutomation: automations.resume,
    removeAutomation: automations.remove,
    seedRows: (dataSourceId, rows, actorName) =>
      actAs(actorName, (scope) => {
        const parent = { type: "data_source_id", id: findDataSource(scope, dataSourceId).id } as const;
        return rows.map((properties) => createPage(scope, { id: scope.newId(), parent, properties }).id);
      }),
    trash: (pageId, actorName) =>
      actAs(actorName, (scope) => void setTrashed(scope, findPage(scope, pageId), true)),
    restore: (pageId, actorName) =>
      actAs(actorName, (scope) => void setTrashed(scope, findPage(scope, pageId), false)),
    nextDue: deliveries.nextDue,
  };
};
