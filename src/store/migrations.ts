/**
 * The store's schema, one entry a version, applied in order and never edited once released.
 * JSON columns hold canonical values by property key (`types/values`). Times are UTC milliseconds.
 */
export const migrations: readonly (readonly string[])[] = [
  [
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",

    // The mirror. base, local and remote are B, L and R of reliability §2.1; remote is null until the first GET.
    `CREATE TABLE pages (
      page_id TEXT PRIMARY KEY,
      database TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('live', 'trashed', 'unreachable')),
      created_time INTEGER NOT NULL,
      last_edited_time INTEGER NOT NULL,
      last_edited_by TEXT NOT NULL,
      url TEXT NOT NULL,
      base TEXT NOT NULL,
      local TEXT NOT NULL,
      remote TEXT,
      read_sequence INTEGER NOT NULL,
      read_at INTEGER NOT NULL,
      listed_hash TEXT,
      judged TEXT NOT NULL DEFAULT '{}',
      outgoing INTEGER NOT NULL DEFAULT 0 CHECK (outgoing IN (0, 1, 2)),
      write_after INTEGER NOT NULL DEFAULT 0
    ) STRICT`,
    "CREATE INDEX pages_by_database ON pages (database, state)",
    "CREATE INDEX pages_outgoing ON pages (outgoing, write_after) WHERE outgoing > 0",
    "CREATE INDEX pages_by_read ON pages (read_at) WHERE state <> 'trashed'",
    `CREATE TABLE relations (
      page_id TEXT NOT NULL, property TEXT NOT NULL, target TEXT NOT NULL,
      PRIMARY KEY (page_id, property, target)
    ) STRICT, WITHOUT ROWID`,
    "CREATE INDEX relations_by_target ON relations (target, property)",

    `CREATE TABLE dirty_pages (
      page_id TEXT PRIMARY KEY, sequence INTEGER NOT NULL, urgent INTEGER NOT NULL,
      author TEXT, several_authors INTEGER NOT NULL DEFAULT 0,
      since INTEGER NOT NULL, not_before INTEGER NOT NULL, hold_until INTEGER NOT NULL DEFAULT 0,
      attempts INTEGER NOT NULL DEFAULT 0
    ) STRICT`,
    "CREATE INDEX dirty_pages_order ON dirty_pages (urgent DESC, not_before, since)",
    `CREATE TABLE intents (
      page_id TEXT PRIMARY KEY, state TEXT NOT NULL CHECK (state IN ('planned', 'unknown')),
      writes TEXT NOT NULL, planned_remote TEXT NOT NULL, at INTEGER NOT NULL
    ) STRICT`,
    `CREATE TABLE comments (
      page_id TEXT NOT NULL, kind TEXT NOT NULL, wanted TEXT NOT NULL, written TEXT,
      comment_id TEXT, discussion_id TEXT, attempted INTEGER NOT NULL DEFAULT 0,
      not_before INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (page_id, kind)
    ) STRICT`,
    "CREATE INDEX comments_open ON comments (not_before) WHERE written IS NOT wanted",

    `CREATE TABLE records (
      project_id TEXT PRIMARY KEY, dirty INTEGER NOT NULL, wake_at INTEGER, parked TEXT
    ) STRICT`,
    "CREATE INDEX records_dirty ON records (dirty) WHERE dirty > 0",
    "CREATE INDEX records_wake ON records (wake_at) WHERE wake_at IS NOT NULL",
    `CREATE TABLE transitions (
      page_id TEXT NOT NULL, property TEXT NOT NULL, version INTEGER NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'refused', 'baseline')),
      from_value TEXT, to_value TEXT, at INTEGER NOT NULL, actor TEXT NOT NULL,
      evidence TEXT NOT NULL, covers TEXT, findings TEXT NOT NULL,
      PRIMARY KEY (page_id, property, version)
    ) STRICT`,
    `CREATE TABLE answers (
      answer_id TEXT PRIMARY KEY, page_id TEXT NOT NULL, purpose TEXT NOT NULL, choice TEXT NOT NULL,
      name TEXT NOT NULL, comment TEXT NOT NULL, at INTEGER NOT NULL, covers TEXT NOT NULL
    ) STRICT`,
    "CREATE INDEX answers_by_page ON answers (page_id)",
    `CREATE TABLE actions (
      key TEXT PRIMARY KEY, project_id TEXT NOT NULL, subject TEXT NOT NULL, rule TEXT NOT NULL,
      payload TEXT NOT NULL, state TEXT NOT NULL, caused_at INTEGER NOT NULL, closes_at INTEGER,
      not_before INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, attempted INTEGER NOT NULL DEFAULT 0,
      result TEXT, error TEXT, updated_at INTEGER NOT NULL
    ) STRICT`,
    "CREATE INDEX actions_by_project ON actions (project_id)",
    "CREATE INDEX actions_open ON actions (not_before) WHERE state IN ('pending', 'running')",
    "CREATE TABLE rules (rule_id TEXT PRIMARY KEY, installed_at INTEGER NOT NULL) STRICT",

    // Append-only: who changed what, when, from where and by which rule.
    `CREATE TABLE journal (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, page_id TEXT NOT NULL, property TEXT,
      kind TEXT NOT NULL, from_value TEXT, to_value TEXT, actor TEXT NOT NULL, rule TEXT
    ) STRICT`,
    "CREATE INDEX journal_by_page ON journal (page_id, sequence)",

    "CREATE TABLE inbox (event_id TEXT PRIMARY KEY, received_at INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX inbox_by_time ON inbox (received_at)",
    "CREATE TABLE counters (name TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    `CREATE TABLE polls (
      database TEXT PRIMARY KEY, watermark INTEGER NOT NULL, due_at INTEGER NOT NULL, complete INTEGER NOT NULL
    ) STRICT`,
    `CREATE TABLE problems (
      id TEXT PRIMARY KEY, code TEXT NOT NULL, page_id TEXT, database TEXT, property TEXT,
      detail TEXT NOT NULL, since INTEGER NOT NULL
    ) STRICT`,
  ],
  [
    "ALTER TABLE answers ADD COLUMN contact_id TEXT NOT NULL DEFAULT ''",
    // What each client link is for. The terms never change; a link ends by its time or by being revoked.
    `CREATE TABLE links (
      link_id TEXT PRIMARY KEY, purpose TEXT NOT NULL, page_id TEXT NOT NULL, contact_id TEXT NOT NULL,
      project_id TEXT NOT NULL, covers TEXT NOT NULL, expires_at INTEGER NOT NULL, revoked_at INTEGER,
      created_at INTEGER NOT NULL
    ) STRICT`,
    // One row a letter, its bytes fixed (design §9). `sending` is 1 from before an attempt until its outcome is stored;
    // `unclear` counts the attempts that may have arrived without being confirmed.
    `CREATE TABLE letters (
      action_key TEXT PRIMARY KEY, message_id TEXT NOT NULL, mail_date INTEGER NOT NULL,
      from_address TEXT NOT NULL, to_address TEXT NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL, html TEXT NOT NULL,
      mail_references TEXT NOT NULL, link_id TEXT, frozen_at INTEGER NOT NULL,
      sending INTEGER NOT NULL DEFAULT 0, unclear INTEGER NOT NULL DEFAULT 0, sent_at INTEGER
    ) STRICT`,
  ],
  // Which secret signs a link: its token stays the same while secrets are replaced.
  ["ALTER TABLE links ADD COLUMN key_id TEXT"],
  [
    // The latest edit that a page's marks tell of, in Notion's time; null where only a direct read ends the mark.
    "ALTER TABLE dirty_pages ADD COLUMN edited_at INTEGER",
    // 1 once a listing was tried in place of a direct read.
    "ALTER TABLE dirty_pages ADD COLUMN listed INTEGER NOT NULL DEFAULT 0",
    // Within one minute that holds more rows than Notion lists: the creation time from which the next query asks.
    "ALTER TABLE polls ADD COLUMN created_from INTEGER",
    // The whole listing that is under way since, and when the next one is due.
    "ALTER TABLE polls ADD COLUMN whole_since INTEGER",
    "ALTER TABLE polls ADD COLUMN whole_due INTEGER NOT NULL DEFAULT 0",
    "CREATE TABLE listed_pages (page_id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    // From the read before a write to its answer: what a person set in between is overwritten unseen (reliability R1).
    `CREATE TABLE write_windows (
      page_id TEXT NOT NULL, property_id TEXT NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER,
      contested INTEGER NOT NULL
    ) STRICT`,
    "CREATE INDEX write_windows_by_page ON write_windows (page_id)",
  ],
  [
    // What direct reads showed gone or rewritten, until their pass is known to be no mass change (reliability §2.1).
    `CREATE TABLE held_pages (
      page_id TEXT PRIMARY KEY, change TEXT NOT NULL CHECK (change IN ('trashed', 'unreachable', 'rewritten')),
      actor TEXT NOT NULL, code TEXT, at INTEGER NOT NULL, passed INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID`,
    // What failed five times in a way that nobody foresaw, with what it was given; a person sends it on its way again.
    `CREATE TABLE dead_letters (
      step TEXT NOT NULL, subject TEXT NOT NULL, page_id TEXT, input TEXT NOT NULL, error TEXT NOT NULL,
      trace_id TEXT NOT NULL, attempts INTEGER NOT NULL, dead_at INTEGER, PRIMARY KEY (step, subject)
    ) STRICT, WITHOUT ROWID`,
  ],
  [
    // Asked by every decision that wants a letter, every client link, and every write; their tables only grow.
    "CREATE INDEX actions_by_cause ON actions (caused_at)",
    "CREATE INDEX letters_by_sent ON letters (sent_at) WHERE sent_at IS NOT NULL",
    "CREATE INDEX letters_by_link ON letters (link_id) WHERE link_id IS NOT NULL",
    "CREATE INDEX write_windows_by_time ON write_windows (from_at)",
  ],
];
