import { markDirty } from "../store/dirty.ts";
import { pagesRelatedTo } from "../store/pages.ts";
import { findPoll } from "../store/polls.ts";
import { boundDatabase } from "../sync/context.ts";
import { takeListedRow } from "../sync/listed.ts";
import { poll } from "../sync/poll.ts";
import { projectRelation, pullRowsOfProject } from "../sync/pull.ts";
import type { PageObservation } from "../types/notion.ts";
import type { Lane } from "../types/notion-gateway.ts";
import type { DatabaseKey } from "../types/schema.ts";
import { firstSightRules } from "./arming.ts";
import type { EngineContext } from "./context.ts";

/**
 * Reads the named databases again for one project, one request each (design §8: before refusing). A database without a
 * relation to projects is asked for its recent edits. True where a row showed a change, or is missing, so that only a
 * direct read may settle it: those pages are marked and come before everything else.
 * @throws NotionError
 */
export const readNamedDatabases = async (
  context: EngineContext,
  keys: readonly DatabaseKey[],
  projectId: string,
  lane: Lane,
): Promise<boolean> => {
  const { isNew } = firstSightRules(context);
  const marked: string[] = [];
  for (const key of keys.filter((named) => named !== "projects")) {
    const bound = boundDatabase(context, key);
    const relation = bound && projectRelation(bound);
    const due = findPoll(context.database, key);
    if (bound && relation) {
      const rows = await pullRowsOfProject(context, bound, relation, projectId, lane);
      context.database.transaction(() => {
        const changed = rows
          .filter((row) => takeListedRow(context, bound, row, isNew))
          .map((row) => row.pageId);
        marked.push(...changed, ...missingFrom(context, key, relation, projectId, rows));
      });
    } else if (due) {
      await poll(context, due, context.pollSeconds * 1000, isNew, lane);
    }
  }
  for (const pageId of marked) {
    markDirty(context.database, { pageId, urgent: true, author: null }, context.clock.now());
  }
  return marked.length > 0;
};

/** Mirrored pages of the project that its query no longer shows: in the trash, or moved to another project. */
const missingFrom = (
  context: EngineContext,
  key: DatabaseKey,
  relation: string,
  projectId: string,
  rows: readonly PageObservation[],
): string[] => {
  const shown = new Set(rows.map((row) => row.pageId));
  const known = pagesRelatedTo(context.database, key, relation, projectId).map((page) => page.pageId);
  return known.filter((pageId) => !shown.has(pageId));
};
