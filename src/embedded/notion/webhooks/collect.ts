import type { Database, NewId, SqlRow } from "../../../ports.ts";
import type { ChangeKind, JournalEntry } from "../journal.ts";
import type { Json, JsonObject } from "../model.ts";
import { exactTime } from "../time.ts";
import { delays, type EventType, eventTypes } from "./event-types.ts";

type Author = { id: string; type: string };
type Payload = JsonObject & { id: string; authors: Author[]; timestamp: string; data: JsonObject };

type Sender = {
  workspace: { id: string; name: string };
  integrationId: string;
  newId: NewId;
  /** Whether the connection may know of the change: it sees the object, and may read comments where it is one. */
  hears(entry: JournalEntry): boolean;
};

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

/** A data source's content are its rows. */
const blockType = ({ kind }: JournalEntry): string =>
  kind === "data_source.content_updated" ? "page" : "block";

const dataOf = (entry: JournalEntry, workspaceId: string): JsonObject => ({
  parent: parentOf(entry, workspaceId),
  ...(entry.pageId ? { page_id: entry.pageId } : {}),
  ...(entry.kind === "page.properties_updated"
    ? { updated_properties: (entry.properties ?? []).map(encodeURIComponent) }
    : {}),
  ...(entry.schema
    ? { updated_properties: entry.schema.map((change) => ({ ...change, id: encodeURIComponent(change.id) })) }
    : {}),
  ...(entry.blocks ? { updated_blocks: entry.blocks.map((id) => ({ id, type: blockType(entry) })) } : {}),
  ...(entry.viewType ? { view_type: entry.viewType } : {}),
  ...(entry.fields ? { updated_fields: entry.fields } : {}),
});

/** Documented: the official document's `maxItems` for lists of an event. */
const longestList = 100;

const union = (one: readonly Json[], other: readonly Json[]): Json[] =>
  [...new Map([...one, ...other].map((item) => [JSON.stringify(item), item])).values()].slice(0, longestList);

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

type Target = {
  database: Database;
  subscriptionId: string;
  apiVersion: string;
  entry: JournalEntry;
  row: EventType;
};

/** An event about the entry's object that no attempt was made for yet. */
const waiting = ({ database, subscriptionId, entry }: Target, type: ChangeKind): SqlRow | undefined =>
  database.exec(
    `SELECT seq, payload FROM webhook_events WHERE entity_id = ? AND state = 'waiting' AND subscription_id = ?
     AND type = ? AND attempts = 0`,
    entry.objectId,
    subscriptionId,
    type,
  )[0];

const dueAt = ({ database, subscriptionId, entry, row }: Target): number => {
  if (!row.isAggregated) return entry.at + delays.comment;
  const [last] = database.exec(
    "SELECT max(due_at) AS due FROM webhook_events WHERE entity_id = ? AND subscription_id = ? AND type = ?",
    entry.objectId,
    subscriptionId,
    entry.kind,
  );
  const windowEnd = Number(last?.due ?? 0) + delays.aggregation;
  return Math.max(entry.at + delays.first, Math.min(windowEnd, entry.at + delays.aggregation));
};

const cancel = (target: Target): boolean => {
  const undone = target.row.cancels.map((type) => waiting(target, type)).find(Boolean);
  if (!undone) return false;
  target.database.exec("DELETE FROM webhook_events WHERE seq = ?", Number(undone.seq));
  return true;
};

const payloadOf = ({ subscriptionId, apiVersion, entry, row }: Target, sender: Sender): Payload => ({
  id: sender.newId(),
  timestamp: exactTime(entry.at),
  workspace_id: sender.workspace.id,
  workspace_name: sender.workspace.name,
  subscription_id: subscriptionId,
  integration_id: sender.integrationId,
  authors: [{ id: entry.actor.id, type: entry.actor.kind }],
  attempt_number: 1,
  api_version: apiVersion,
  entity: { id: entry.objectId, type: row.entity },
  type: entry.kind,
  data: dataOf(entry, sender.workspace.id),
});

const enqueue = (target: Target, sender: Sender): void => {
  if (cancel(target)) return;
  const { database, subscriptionId, entry, row } = target;
  const payload = payloadOf(target, sender);
  const joined = row.isAggregated ? waiting(target, entry.kind) : undefined;
  if (joined) {
    const both = JSON.stringify(merged(JSON.parse(String(joined.payload)) as Payload, payload));
    database.exec("UPDATE webhook_events SET payload = ? WHERE seq = ?", both, Number(joined.seq));
    return;
  }
  const body = JSON.stringify(payload);
  database.exec(insertEvent, payload.id, subscriptionId, entry.kind, entry.objectId, dueAt(target), body);
};

/** A row that comes or goes is also a change of its data source's content. Documented: §6; which changes count is assumed. */
const contentChange = (entry: JournalEntry): JournalEntry | null => {
  const isRow = entry.dataSourceId !== undefined && entry.databaseId !== undefined;
  if (!isRow || !/^page\.(created|deleted|undeleted|moved)$/.test(entry.kind)) return null;
  const { seq, at, actor, dataSourceId = "", databaseId = "" } = entry;
  return {
    ...{ seq, at, actor, kind: "data_source.content_updated", objectId: dataSourceId },
    ...{ parent: { type: "database_id", id: databaseId }, blocks: [entry.objectId] },
  };
};

const collectOne = (database: Database, sender: Sender, entry: JournalEntry): void => {
  const row = eventTypes[entry.kind];
  if (!row || !sender.hears(entry)) return;
  const active = database.exec(
    "SELECT id, event_types, api_version FROM subscriptions WHERE state = 'active'",
  );
  for (const subscription of active) {
    const wanted = subscription.event_types === null ? null : JSON.parse(String(subscription.event_types));
    if (wanted !== null && !wanted.includes(entry.kind)) continue;
    const apiVersion = String(subscription.api_version);
    enqueue({ database, subscriptionId: String(subscription.id), apiVersion, entry, row }, sender);
  }
};

/** Turns a journal entry into events of the subscriptions that hear of it, in the entry's transaction. */
export const collectEvents = (database: Database, sender: Sender, entry: JournalEntry): void => {
  collectOne(database, sender, entry);
  const content = contentChange(entry);
  if (content) collectOne(database, sender, content);
};
