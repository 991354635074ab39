import type { Database } from "../../ports.ts";
import type { Actor, Json, Parent } from "./model.ts";

/** Everything that can happen in the workspace; most kinds are also webhook types (notion-api §6). */
export type ChangeKind =
  | "page.created"
  | "page.properties_updated"
  | "page.content_updated"
  | "page.deleted"
  | "page.undeleted"
  | "page.moved"
  | "page.locked"
  | "page.unlocked"
  | "database.created"
  | "database.deleted"
  | "database.undeleted"
  | "database.moved"
  | "database.updated"
  | "data_source.created"
  | "data_source.updated"
  | "data_source.schema_updated"
  | "data_source.deleted"
  | "data_source.undeleted"
  | "data_source.moved"
  | "data_source.content_updated"
  | "comment.created"
  | "comment.updated"
  | "comment.deleted"
  | "view.created"
  | "view.updated"
  | "view.deleted";

export type SchemaChange = { id: string; name: string | null; action: "created" | "updated" | "deleted" };

/** One change as it happened, with its actor and the exact ms. */
export type JournalEntry = {
  seq: number;
  at: number;
  actor: { id: string; kind: Actor["kind"] };
  kind: ChangeKind;
  objectId: string;
  parent: Parent;
  databaseId?: string;
  dataSourceId?: string;
  /** Comments: the page that they are on. */
  pageId?: string;
  /** Ids of the properties that changed, not URL-encoded. */
  properties?: string[];
  schema?: SchemaChange[];
  /** Content: the blocks that changed. */
  blocks?: string[];
  /** A new view's type. */
  viewType?: string;
  /** What of a view changed: name, filter, sorts or configuration. */
  fields?: string[];
  before?: Json;
  after?: Json;
};

export type Change = Omit<JournalEntry, "seq" | "at" | "actor">;

export type Journal = {
  append(actor: Actor, at: number, change: Change): void;
  after(seq: number): JournalEntry[];
};

/** Older entries are forgotten. */
const kept = 100_000;

/** `onEntry` runs in the transaction of the change; webhooks are produced there. */
export const createJournal = (database: Database, onEntry: (entry: JournalEntry) => void): Journal => ({
  append(actor, at, change) {
    const entry = { at, actor: { id: actor.id, kind: actor.kind }, ...change };
    const [row] = database.exec(
      "INSERT INTO journal (entry) VALUES (?) RETURNING seq",
      JSON.stringify(entry),
    );
    const seq = Number(row?.seq);
    database.exec("DELETE FROM journal WHERE seq <= ?", seq - kept);
    onEntry({ seq, ...entry });
  },
  after: (seq) =>
    database
      .exec("SELECT seq, entry FROM journal WHERE seq > ? ORDER BY seq", seq)
      .map((row) => ({ seq: Number(row.seq), ...JSON.parse(String(row.entry)) }) as JournalEntry),
});
