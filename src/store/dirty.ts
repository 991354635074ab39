import type { Database, SqlRow } from "../ports.ts";
import type { DatabaseKey } from "../types/schema.ts";

/** A page that has to be read. `sequence` grows with every mark, so that a mark set while it is read is not lost. */
export type DirtyPage = {
  readonly pageId: string;
  readonly sequence: number;
  readonly urgent: boolean;
  /** The single person who, as a webhook said, made the change; null where unknown or mixed. */
  readonly author: string | null;
  readonly attempts: number;
};

/** Why a page is to be read. `editedAt` is the time of the edit, by Notion's clock, that a query row has to show to end the mark. */
export type Mark = {
  readonly pageId: string;
  readonly urgent: boolean;
  readonly author: string | null;
  /** Left out, only a direct read ends the mark. */
  readonly editedAt?: number | undefined;
  /** Left out, it may be read at once. */
  readonly notBefore?: number;
};

const parse = (row: SqlRow): DirtyPage => ({
  pageId: String(row.page_id),
  sequence: Number(row.sequence),
  urgent: row.urgent === 1,
  author: row.several_authors === 1 ? null : (row.author as string | null),
  attempts: Number(row.attempts),
});

/**
 * Marks a page for reading; marks add up to one read. A person other than an earlier mark's makes the author unknown. An
 * urgent mark ends the wait after a failed read, but never a hold.
 */
export const markDirty = (database: Database, mark: Mark, now: number): void => {
  database.exec(
    `INSERT INTO dirty_pages (page_id, sequence, urgent, author, since, not_before, edited_at)
     VALUES (?, 1, ?, ?, ?, ?, ?)
     ON CONFLICT (page_id) DO UPDATE SET
       sequence = sequence + 1, urgent = max(urgent, excluded.urgent), listed = 0,
       edited_at = max(edited_at, excluded.edited_at),
       several_authors = max(several_authors, coalesce(author <> excluded.author, 0)),
       author = coalesce(author, excluded.author),
       not_before = CASE WHEN excluded.urgent = 1 THEN min(not_before, excluded.not_before) ELSE not_before END`,
    mark.pageId,
    mark.urgent ? 1 : 0,
    mark.author,
    now,
    mark.notBefore ?? now,
    mark.editedAt ?? null,
  );
};

export const isMarked = (database: Database, pageId: string): boolean =>
  database.exec("SELECT 1 FROM dirty_pages WHERE page_id = ?", pageId).length > 0;

/** Ends the mark of a page whose query row holds the edits that its marks tell of (design §5 Reading). */
export const settleListed = (database: Database, pageId: string, lastEditedTime: number): void => {
  // Notion rounds edit times down to the minute.
  database.exec(
    "DELETE FROM dirty_pages WHERE page_id = ? AND edited_at - edited_at % 60000 <= ?",
    pageId,
    lastEditedTime,
  );
};

/** The database of which most known pages wait for a read that one listing may replace, and how many. */
export const crowdedDatabase = (
  database: Database,
  now: number,
): { readonly database: DatabaseKey; readonly count: number } | null => {
  const row = database.exec(
    `SELECT p.database, count(*) AS count FROM dirty_pages d CROSS JOIN pages p ON p.page_id = d.page_id
     WHERE d.edited_at IS NOT NULL AND d.listed = 0 AND d.not_before <= ?1 AND d.hold_until <= ?1 AND p.state = 'live'
     GROUP BY p.database ORDER BY count DESC LIMIT 1`,
    now,
  )[0];
  return row ? { database: String(row.database) as DatabaseKey, count: Number(row.count) } : null;
};

/** Notes that a database was listed, or cannot be: what is still marked of it has to be read page by page. */
export const noteListing = (database: Database, key: DatabaseKey): void => {
  database.exec(
    "UPDATE dirty_pages SET listed = 1 WHERE page_id IN (SELECT page_id FROM pages WHERE database = ?)",
    key,
  );
};

/** The page to read next; with `urgent` only one that a webhook or a verdict waits for. */
export const nextDirty = (database: Database, now: number, urgent: boolean): DirtyPage | null => {
  const row = database.exec(
    `SELECT * FROM dirty_pages WHERE urgent >= ? AND not_before <= ? AND hold_until <= ?
     ORDER BY urgent DESC, not_before, since LIMIT 1`,
    urgent ? 1 : 0,
    now,
    now,
  )[0];
  return row ? parse(row) : null;
};

/** Ends a mark, unless the page was marked again since it was taken. */
export const clearDirty = (database: Database, page: DirtyPage): void => {
  database.exec("DELETE FROM dirty_pages WHERE page_id = ? AND sequence = ?", page.pageId, page.sequence);
};

/** Takes a page out of the reading until something marks it anew. */
export const dropDirty = (database: Database, pageId: string): void => {
  database.exec("DELETE FROM dirty_pages WHERE page_id = ?", pageId);
};

/** Puts a page that could not be read behind the others; an urgent mark brings it forward again. */
export const retryDirty = (database: Database, pageId: string, notBefore: number): void => {
  database.exec(
    "UPDATE dirty_pages SET attempts = attempts + 1, not_before = ? WHERE page_id = ?",
    notBefore,
    pageId,
  );
};

/** Lets a page wait behind those marked since; no failure, so that nothing is counted. */
export const postponeDirty = (database: Database, pageId: string, notBefore: number, now: number): void => {
  database.exec("UPDATE dirty_pages SET not_before = ?, since = ? WHERE page_id = ?", notBefore, now, pageId);
};

/** Keeps a page from being read before the given time, whatever marks it (reliability §2.1 step 5: settle time). No hold ends sooner for it. */
export const holdDirty = (database: Database, pageId: string, until: number): void => {
  database.exec("UPDATE dirty_pages SET hold_until = max(hold_until, ?) WHERE page_id = ?", until, pageId);
};

export const dirtyCount = (database: Database): { count: number; oldest: number | null } => {
  const row = database.exec("SELECT count(*) AS count, min(since) AS oldest FROM dirty_pages")[0];
  return { count: Number(row?.count ?? 0), oldest: (row?.oldest as number | null) ?? null };
};
