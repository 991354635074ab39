import type { Database } from "../../../ports.ts";

/** A template that waits to be put onto a page. */
export type TemplateJob = {
  pageId: string;
  templateId: string;
  actorId: string;
  /** What the page holds goes when the template arrives. */
  erase: boolean;
  dueAt: number;
};

export type TemplateJobStore = {
  add(job: TemplateJob): void;
  nextDue(): number | null;
  /** The jobs that are due, oldest first; they are taken out. */
  take(now: number): TemplateJob[];
};

export const createTemplateJobStore = (database: Database): TemplateJobStore => ({
  add: ({ pageId, templateId, actorId, erase, dueAt }) =>
    void database.exec(
      "INSERT INTO template_jobs (page_id, template_id, actor_id, erase, due_at) VALUES (?, ?, ?, ?, ?)",
      pageId,
      templateId,
      actorId,
      erase ? 1 : 0,
      dueAt,
    ),
  nextDue() {
    const [row] = database.exec("SELECT min(due_at) AS due FROM template_jobs");
    return row?.due === null || row?.due === undefined ? null : Number(row.due);
  },
  take(now) {
    const rows = database.exec("SELECT * FROM template_jobs WHERE due_at <= ? ORDER BY due_at, seq", now);
    database.exec("DELETE FROM template_jobs WHERE due_at <= ?", now);
    return rows.map((row) => ({
      pageId: String(row.page_id),
      templateId: String(row.template_id),
      actorId: String(row.actor_id),
      erase: row.erase === 1,
      dueAt: Number(row.due_at),
    }));
  },
});
