import type { Database } from "../ports.ts";

/** Marks a project's record for deciding. */
export const markRecord = (database: Database, projectId: string): void => {
  database.exec(
    `INSERT INTO records (project_id, dirty) VALUES (?, 1)
     ON CONFLICT (project_id) DO UPDATE SET dirty = dirty + 1, parked = NULL`,
    projectId,
  );
};

/** A record to decide. `dirty` is the mark's count when taken. */
export type DueRecord = { readonly projectId: string; readonly dirty: number };

/** Records to decide: marked ones, and where there are none (with `timed`) those whose wake time has come. */
export const nextRecords = (database: Database, now: number, timed: boolean, atMost: number): DueRecord[] => {
  const found = (condition: string, ...params: number[]): DueRecord[] =>
    database
      .exec(
        `SELECT project_id, dirty FROM records WHERE ${condition} AND parked IS NULL LIMIT ?`,
        ...params,
        atMost,
      )
      .map((row) => ({ projectId: String(row.project_id), dirty: Number(row.dirty) }));
  const marked = found("dirty > 0");
  return marked.length > 0 || !timed ? marked : found("wake_at <= ?", now);
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
