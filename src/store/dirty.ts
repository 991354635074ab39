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
  author: row.author as string | null,
  attempts: Number(row.attempts),
});

/** Marks a page for reading; marks add up to one read. An author that differs from an earlier mark's becomes unknown. */
export const markDirty = (
  database: Database,
  mark: {
    readonly pageId: string;
    readonly urgent: boolean;
    readonly author: string | null;
    readonly notBefore?: number;
  },
  now: number,
): void => {
  database.exec(
    `INSERT INTO dirty_pages (page_id, sequence, urgent, author, since, not_before) VALUES (?, 1, ?, ?, ?, ?)
     ON CONFLICT (page_id) DO UPDATE SET
       sequence = sequence + 1, urgent = max(urgent, excluded.urgent),
       author = CASE WHEN excluded.author IS NULL OR author IS NULL THEN coalesce(author, excluded.author)
                     WHEN author = excluded.author THEN author ELSE NULL END,
       not_before = CASE WHEN excluded.urgent = 1 AND attempts = 0 THEN min(not_before, excluded.not_before) ELSE not_before END`,
    mark.pageId,
    mark.urgent ? 1 : 0,
    mark.author,
    now,
    mark.notBefore ?? now,
  );
};

/** The page to read next; with `urgent` only one that a webhook or a verdict waits for. */
export const nextDirty = (database: Database, now: number, urgent: boolean): DirtyPage | null => {
  const row = database.exec(
    "SELECT * FROM dirty_pages WHERE urgent >= ? AND not_before <= ? ORDER BY urgent DESC, not_before, attempts, since LIMIT 1",
    urgent ? 1 : 0,
    now,
  )[0];
  return row ? parse(row) : null;
};

/** Ends a mark, unless the page was marked again since it was taken. */
export const clearDirty = (database: Database, page: DirtyPage): void => {
  database.exec("DELETE FROM dirty_pages WHERE page_id = ? AND sequence = ?", page.pageId, page.sequence);
};

/** Puts a page that could not be read behind the others. */
export const retryDirty = (database: Database, pageId: string, notBefore: number): void => {
  database.exec(
    "UPDATE dirty_pages SET attempts = attempts + 1, not_before = ? WHERE page_id = ?",
    notBefore,
    pageId,
  );
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
     ORDER BY dirty = 0, project_id LIMIT 1`,
    now,
  )[0];
  return row ? { projectId: String(row.project_id), dirty: Number(row.dirty) } : null;
};

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
