import type { JournalEntry, Workspace } from "../workspace.ts";

export type Changes = {
  /** The number of the last change to an object or to what lies directly in it; 0 if there was none. */
  latest(objectId: string): number;
};

const concerned = ({ objectId, pageId, databaseId, dataSourceId, parent }: JournalEntry): string[] =>
  [objectId, pageId, databaseId, dataSourceId, "id" in parent ? parent.id : undefined].filter(
    (id) => id !== undefined,
  );

/** Follows the journal, so that a page in a browser can ask cheaply whether it is still true. */
export const followChanges = ({ control }: Workspace): Changes => {
  const latest = new Map<string, number>();
  let read = 0;
  return {
    latest(objectId) {
      for (const entry of control.journal(read)) {
        read = entry.seq;
        for (const id of concerned(entry)) latest.set(id, entry.seq);
      }
      return latest.get(objectId) ?? 0;
    },
  };
};
