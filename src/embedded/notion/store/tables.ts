import type { Database } from "../../../ports.ts";

/** Statements that make the workspace's tables. Times are UTC ms; JSON columns hold what model.ts describes. */
const statements = [
  // A killed process loses nothing; only a power cut could take the last moments of a local workspace.
  "PRAGMA synchronous = NORMAL",
  "CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
  `CREATE TABLE IF NOT EXISTS users (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, email TEXT, token TEXT NOT NULL UNIQUE
  ) STRICT`,
  `CREATE TABLE IF NOT EXISTS objects (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    parent_type TEXT NOT NULL, parent_id TEXT NOT NULL,
    created_at INTEGER NOT NULL, created_by TEXT NOT NULL,
    edited_at INTEGER NOT NULL, edited_by TEXT NOT NULL,
    in_trash INTEGER NOT NULL, shared INTEGER NOT NULL, data TEXT NOT NULL
  ) STRICT`,
  "CREATE INDEX IF NOT EXISTS objects_by_parent ON objects (parent_id, kind, seq)",
  `CREATE TABLE IF NOT EXISTS page_values (page_id TEXT PRIMARY KEY, "values" TEXT NOT NULL) STRICT`,
  `CREATE TABLE IF NOT EXISTS properties (
    data_source_id TEXT NOT NULL, id TEXT NOT NULL, position INTEGER NOT NULL, data TEXT NOT NULL,
    PRIMARY KEY (data_source_id, id)
  ) STRICT`,
  `CREATE TABLE IF NOT EXISTS blocks (
    id TEXT PRIMARY KEY, parent_id TEXT NOT NULL, page_id TEXT NOT NULL, rank INTEGER NOT NULL,
    type TEXT NOT NULL, data TEXT NOT NULL, created_at INTEGER NOT NULL, created_by TEXT NOT NULL,
    edited_at INTEGER NOT NULL, edited_by TEXT NOT NULL, in_trash INTEGER NOT NULL
  ) STRICT`,
  "CREATE INDEX IF NOT EXISTS blocks_by_parent ON blocks (parent_id, rank)",
  `CREATE TABLE IF NOT EXISTS comments (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, discussion_id TEXT NOT NULL,
    parent_type TEXT NOT NULL, parent_id TEXT NOT NULL, page_id TEXT NOT NULL,
    created_at INTEGER NOT NULL, created_by TEXT NOT NULL, edited_at INTEGER NOT NULL,
    display_name TEXT NOT NULL, rich_text TEXT NOT NULL
  ) STRICT`,
  "CREATE INDEX IF NOT EXISTS comments_by_parent ON comments (parent_id, seq)",
  "CREATE INDEX IF NOT EXISTS comments_by_discussion ON comments (discussion_id, seq)",
  "CREATE TABLE IF NOT EXISTS journal (seq INTEGER PRIMARY KEY, entry TEXT NOT NULL) STRICT",
  `CREATE TABLE IF NOT EXISTS windows (
    actor_id TEXT PRIMARY KEY, started_at INTEGER NOT NULL, used INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE IF NOT EXISTS template_jobs (
    seq INTEGER PRIMARY KEY, page_id TEXT NOT NULL, template_id TEXT NOT NULL, actor_id TEXT NOT NULL,
    erase INTEGER NOT NULL, due_at INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE IF NOT EXISTS expiring (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, expires_at INTEGER NOT NULL, body TEXT NOT NULL
  ) STRICT`,
  `CREATE TABLE IF NOT EXISTS subscriptions (
    id TEXT PRIMARY KEY, url TEXT NOT NULL, verification_token TEXT NOT NULL, event_types TEXT
  ) STRICT`,
  `CREATE TABLE IF NOT EXISTS webhook_events (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL, subscription_id TEXT NOT NULL, type TEXT NOT NULL,
    entity_id TEXT NOT NULL, state TEXT NOT NULL, due_at INTEGER NOT NULL, attempts INTEGER NOT NULL,
    failures INTEGER NOT NULL, payload TEXT NOT NULL
  ) STRICT`,
  // How many finished events are no longer in the table above, and how many attempts of theirs failed.
  "CREATE TABLE IF NOT EXISTS pruned_events (name TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT",
  `CREATE TABLE IF NOT EXISTS automations (
    id TEXT PRIMARY KEY, action_id TEXT NOT NULL, definition TEXT NOT NULL, state TEXT NOT NULL
  ) STRICT`,
  `CREATE TABLE IF NOT EXISTS automation_calls (
    seq INTEGER PRIMARY KEY, automation_id TEXT NOT NULL, page_id TEXT NOT NULL, event_id TEXT NOT NULL,
    user_id TEXT NOT NULL, due_at INTEGER NOT NULL
  ) STRICT`,
  "CREATE INDEX IF NOT EXISTS webhook_events_due ON webhook_events (state, due_at, seq)",
  "CREATE INDEX IF NOT EXISTS webhook_events_entity ON webhook_events (entity_id, state)",
];

/** Columns that databases of an earlier state lack. */
const addedColumns = [
  { table: "subscriptions", column: "state", definition: "TEXT NOT NULL DEFAULT 'active'" },
  { table: "subscriptions", column: "api_version", definition: "TEXT NOT NULL DEFAULT '2026-03-11'" },
];

/** Creates what is missing; safe on every start. */
export const createTables = (database: Database): void => {
  for (const statement of statements) database.exec(statement);
  for (const { table, column, definition } of addedColumns) {
    const known = database.exec(
      `SELECT 1 AS found FROM pragma_table_info('${table}') WHERE name = ?`,
      column,
    );
    if (known.length === 0) database.exec(`ALTER TABLE ${table} ADD COLUMN ${column} ${definition}`);
  }
};

/** A value of the workspace that is made once and kept over restarts. */
export const storedValue = (database: Database, key: string, make: () => string): string => {
  const [row] = database.exec("SELECT value FROM meta WHERE key = ?", key);
  if (row) return String(row.value);
  const value = make();
  database.exec("INSERT INTO meta (key, value) VALUES (?, ?)", key, value);
  return value;
};
