import type { Database, NewId, SqlRow } from "../../../ports.ts";
import { findDataSource } from "../access.ts";
import { validationError } from "../api/errors.ts";
import type { JournalEntry } from "../journal.ts";
import type { JsonObject } from "../model.ts";
import { findProperty } from "../properties/find-property.ts";
import type { Scope } from "../scope.ts";
import { showPage } from "../show/page.ts";
import {
  type Automation,
  type AutomationInput,
  type AutomationTrigger,
  createAutomationStore,
} from "./automation-store.ts";
import { type Outlet, post } from "./post.ts";
import { createRunner, type Runner } from "./run-due.ts";

export type Automations = Runner & {
  /** Answers its id. Throws when the data source or a property is not there. */
  create(input: AutomationInput, scope: Scope): string;
  list(): Automation[];
  resume(id: string): void;
  remove(id: string): void;
  /** Notes the calls that a change sets off, in its transaction. */
  collect(entry: JournalEntry): void;
};

const triggers: Readonly<Partial<Record<JournalEntry["kind"], AutomationTrigger>>> = {
  "page.created": "page_added",
  "page.properties_updated": "property_edited",
};

const isSetOff = (automation: Automation, entry: JournalEntry): boolean => {
  const trigger = triggers[entry.kind];
  if (!trigger || automation.state === "paused" || automation.dataSourceId !== entry.dataSourceId)
    return false;
  if (!automation.on.includes(trigger)) return false;
  if (entry.actor.kind === "bot" && !automation.byConnections) return false;
  const { watched } = automation;
  return watched.length === 0 || !entry.properties || entry.properties.some((id) => watched.includes(id));
};

const propertyIds = (scope: Scope, dataSourceId: string, keys: readonly string[] = []): string[] =>
  keys.map((key) => {
    const property = findProperty(scope.objects.properties(dataSourceId), key);
    if (!property) throw validationError(`Could not find property with name or id: ${key}`);
    return property.id;
  });

const payloadOf = (scope: Scope, automation: Automation, call: SqlRow): JsonObject | null => {
  const page = scope.objects.getAs("page", String(call.page_id));
  if (!page) return null;
  const { properties } = automation;
  const shown = showPage(scope, page, properties);
  return {
    source: {
      type: "automation",
      automation_id: automation.id,
      action_id: call.action_id,
      event_id: call.event_id,
      user_id: call.user_id,
      attempt: 1,
    },
    data: { ...shown, archived: shown.in_trash, ...(properties.length === 0 ? { properties: {} } : {}) },
  };
};

type Parts = Outlet & { database: Database; newId: NewId; scope(): Scope };

export const createAutomations = (parts: Parts): Automations => {
  const store = createAutomationStore(parts.database, parts.newId);
  const runNext = async (): Promise<boolean> => {
    const call = store.takeDue(parts.clock.now());
    if (!call) return false;
    const automation = store.list().find(({ id }) => id === call.automation_id);
    const payload = automation && payloadOf(parts.scope(), automation, call);
    if (!automation || !payload) return true;
    const headers = { ...automation.headers, "user-agent": "NotionAutomation" };
    const isTaken = await post(parts, automation.url, headers, JSON.stringify(payload));
    if (!isTaken) store.setState(automation.id, "paused");
    return true;
  };
  return {
    ...createRunner({ ...parts, nextDue: store.nextDue, runNext }),
    list: store.list,
    resume: (id) => store.setState(id, "active"),
    remove: store.remove,
    create(input, scope) {
      const { id: dataSourceId } = findDataSource(scope, input.dataSourceId);
      return store.insert({
        url: input.url,
        dataSourceId,
        on: input.on ?? ["page_added", "property_edited"],
        watched: propertyIds(scope, dataSourceId, input.watched),
        properties: propertyIds(scope, dataSourceId, input.properties),
        headers: input.headers ?? {},
        byConnections: input.byConnections ?? true,
      });
    },
    collect(entry) {
      if (!triggers[entry.kind]) return;
      for (const automation of store.list()) {
        if (isSetOff(automation, entry)) store.addCall(automation.id, entry);
      }
    },
  };
};
