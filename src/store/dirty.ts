import type { Database, SqlRow } from "../ports.ts";

/** A page that has to be read. `sequence` grows with every mark, so that a mark set while it is read is not lost. */
export type DirtyPage = {
  readonly pageId: string;
  readonly sequence: number;
  readonly urgent: boolean;
  /** The single person who, as a webhook said, made the change; null where unknown or mixed. */
  readonly author: string | null;
  readonly attempts: number;
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
export const markDirty = (
  database: Database,
  mark: { readonly pageId: string; readonly urgent: boolean; readonly author: string | null },
  now: number,
): void => {
  database.exec(
    `INSERT INTO dirty_pages (page_id, sequence, urgent, author, since, not_before) VALUES (?, 1, ?, ?, ?, ?)
     ON CONFLICT (page_id) DO UPDATE SET
       sequence = sequence + 1, urgent = max(urgent, excluded.urgent),
       several_authors = max(several_authors, coalesce(author <> excluded.author, 0)),
       author = coalesce(author, excluded.author),
       not_before = CASE WHEN excluded.urgent = 1 THEN min(not_before, excluded.not_before) ELSE not_before END`,
    mark.pageId,
    mark.urgent ? 1 : 0,
    mark.author,
    now,
    now,
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

/** Keeps a page from being read before the given time, whatever marks it (reliability §2.1 step 5: settle time). */
export const holdDirty = (database: Database, pageId: string, until: number): void => {
  database.exec("UPDATE dirty_pages SET hold_until = ? WHERE page_id = ?", until, pageId);
};

export const dirtyCount = (database: Database): { count: number; oldest: number | null } => {
  const row = database.exec("SELECT count(*) AS count, min(since) AS oldest FROM dirty_pages")[0];
  return { count: Number(row?.count ?? 0), oldest: (row?.oldest as number | null) ?? null };
};

/** Marks a project's record for deciding. */
export const markRecord = (database: Database, projectId: string): void => {
  database.exec(
    `INSERT INTO records (project_id, dirty) VALUES (?, 1)
     ON CONFLICT (project_id) DO UPDATE SET dirty = dirty + 1, parked = NULL`,
    projectId,
  );
};

/** A record to decide: marked, or with a wake time that has come. `dirty` is the mark's count when taken. */
export const nextRecord = (database: Database, now: number): { projectId: string; dirty: number } | null => {
  const row = database.exec(
    `SELECT project_id, dirty FROM records WHERE parked IS NULL AND (dirty > 0 OR wake_at <= ?)
     LIMIT 1`,
    now,
  )[0];
  return row ? { projectId: String(row.project_id), dirty: Number(row.dirty) } : null;
};

/** Every project in the loop, and when the clock alone changes what its rules want (UTC ms). */
export const allRecords = (
  database: Database,
): { projectId: string; wakeAt: number | null; parked: string | null }[] =>
  database.exec("SELECT project_id, wake_at, parked FROM records ORDER BY project_id").map((row) => ({
    projectId: String(row.project_id),
    wakeAt: row.wake_at as number | null,
    parked: row.parked as string | null,
  }));

/** Ends a record's mark, unless it was marked again since; keeps its next wake time. */
export const settleRecord = (
  database: Database,
  projectId: string,
  dirty: number,
  wakeAt: number | null,
): void => {
  database.exec(
    "UPDATE records SET dirty = CASE WHEN dirty = ? THEN 0 ELSE dirty END, wake_at = ? WHERE project_id = ?",
    dirty,
    wakeAt,
    projectId,
  );
};

/** Takes a record out of the loop until one of its pages changes. */
export const parkRecord = (database: Database, projectId: string, reason: string): void => {
  database.exec(
    "UPDATE records SET parked = ?, dirty = 0, wake_at = NULL WHERE project_id = ?",
    reason,
    projectId,
  );
};

/** Marks every record, parked ones too; new rules decide anew. */
export const markAllRecords = (database: Database): void => {
  database.exec("UPDATE records SET dirty = dirty + 1, parked = NULL");
};

/** Gives records that failed before this start another chance. */
export const unparkRecords = (database: Database): void => {
  database.exec("UPDATE records SET dirty = dirty + 1, parked = NULL WHERE parked IS NOT NULL");
};

export const dropRecord = (database: Database, projectId: string): void => {
  database.exec("DELETE FROM records WHERE project_id = ?", projectId);
};
