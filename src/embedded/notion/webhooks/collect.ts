import type { Database, NewId } from "../../../ports.ts";
import type { ChangeKind, JournalEntry } from "../journal.ts";
import type { Json, JsonObject } from "../model.ts";
import { exactTime } from "../time.ts";
import { delays, type EventType, eventTypes } from "./event-types.ts";

type Author = { id: string; type: string };
export type Payload = JsonObject & { authors: Author[]; timestamp: string; data: JsonObject };

export type Collector = {
  /** Turns a journal entry into events of the subscriptions that hear of it. */
  collect(entry: JournalEntry): void;
};

type Sender = { workspace: { id: string; name: string }; integrationId: string; newId: NewId };

const parentTypes: Readonly<Record<string, string>> = {
  workspace: "space",
  page_id: "page",
  block_id: "block",
  database_id: "database",
};

const parentOf = (entry: JournalEntry, workspaceId: string): JsonObject => {
  const { parent } = entry;
  if (parent.type === "workspace") return { id: workspaceId, type: "space" };
  if (parent.type === "data_source_id") {
    return { id: entry.databaseId, type: "database", data_source_id: parent.id };
  }
  return { id: parent.id, type: parentTypes[parent.type] };
};

const dataOf = (entry: JournalEntry, workspaceId: string): JsonObject => ({
  parent: parentOf(entry, workspaceId),
  ...(entry.pageId ? { page_id: entry.pageId } : {}),
  ...(entry.kind === "page.properties_updated"
    ? { updated_properties: (entry.properties ?? []).map(encodeURIComponent) }
    : {}),
  ...(entry.schema
    ? { updated_properties: entry.schema.map((change) => ({ ...change, id: encodeURIComponent(change.id) })) }
    : {}),
  ...(entry.blocks ? { updated_blocks: entry.blocks.map((id) => ({ id, type: "block" })) } : {}),
});

const union = (one: readonly Json[], other: readonly Json[]): Json[] => [
  ...new Map([...one, ...other].map((item) => [JSON.stringify(item), item])).values(),
];

/** Two changes of one entity as one event: its authors and what it lists are joined, the time is the later. */
const merged = (waiting: Payload, next: Payload): Payload => ({
  ...waiting,
  timestamp: next.timestamp,
  authors: union(waiting.authors, next.authors) as Author[],
  data: Object.fromEntries(
    Object.entries({ ...waiting.data, ...next.data }).map(([key, value]) => {
      const before = waiting.data[key];
      return [key, Array.isArray(before) && Array.isArray(value) ? union(before, value) : value];
    }),
  ),
});

const insertEvent = `INSERT INTO webhook_events (id, subscription_id, type, entity_id, state, due_at, attempts,
  failures, payload) VALUES (?, ?, ?, ?, 'waiting', ?, 0, 0, ?)`;

export const createCollector = (
  database: Database,
  { workspace, integrationId, newId }: Sender,
): Collector => {
  const waiting = (subscriptionId: string, entityId: string, type: ChangeKind) =>
    database.exec(
      `SELECT seq, payload FROM webhook_events WHERE entity_id = ? AND state = 'waiting' AND subscription_id = ?
       AND type = ? AND attempts = 0`,
      entityId,
      subscriptionId,
      type,
    )[0];

  const dueAt = (subscriptionId: string, entry: JournalEntry, row: EventType): number => {
    if (!row.isAggregated) return entry.at + delays.comment;
    const [last] = database.exec(
      `SELECT max(due_at) AS due FROM webhook_events WHERE entity_id = ? AND subscription_id = ? AND type = ?`,
      entry.objectId,
      subscriptionId,
      entry.kind,
    );
    const windowEnd = last?.due === null || last === undefined ? 0 : Number(last.due) + delays.aggregation;
    return Math.max(entry.at + delays.first, Math.min(windowEnd, entry.at + delays.aggregation));
  };

  const cancel = (subscriptionId: string, entry: JournalEntry, row: EventType): boolean => {
    const undone = row.cancels.map((type) => waiting(subscriptionId, entry.objectId, type)).find(Boolean);
    if (!undone) return false;
    database.exec("DELETE FROM webhook_events WHERE seq = ?", Number(undone.seq));
    return true;
  };

  const enqueue = (subscriptionId: string, entry: JournalEntry, row: EventType): void => {
    if (cancel(subscriptionId, entry, row)) return;
    const payload: Payload = {
      id: newId(),
      timestamp: exactTime(entry.at),
      workspace_id: workspace.id,
      workspace_name: workspace.name,
      subscription_id: subscriptionId,
      integration_id: integrationId,
      authors: [{ id: entry.actor.id, type: entry.actor.kind }],
      attempt_number: 1,
      api_version: "2026-03-11",
      entity: { id: entry.objectId, type: row.entity },
      type: entry.kind,
      data: dataOf(entry, workspace.id),
    };
    const joined = row.isAggregated ? waiting(subscriptionId, entry.objectId, entry.kind) : undefined;
    if (joined) {
      const both = merged(JSON.parse(String(joined.payload)) as Payload, payload);
      database.exec(
        "UPDATE webhook_events SET payload = ? WHERE seq = ?",
        JSON.stringify(both),
        Number(joined.seq),
      );
      return;
    }
    const due = dueAt(subscriptionId, entry, row);
    const body = JSON.stringify(payload);
    database.exec(insertEvent, String(payload.id), subscriptionId, entry.kind, entry.objectId, due, body);
  };

  return {
    collect(entry) {
      const row = eventTypes[entry.kind];
      if (!row) return;
      for (const subscription of database.exec("SELECT id, event_types FROM subscriptions")) {
        const wanted =
          subscription.event_types === null ? null : JSON.parse(String(subscription.event_types));
        if (wanted === null || wanted.includes(entry.kind)) enqueue(String(subscription.id), entry, row);
      }
    },
  };
};
