import { markDirty } from "../store/dirty.ts";
import { findPoll } from "../store/polls.ts";
import { boundDatabase } from "../sync/context.ts";
import { takeListedRow } from "../sync/listed.ts";
import { poll } from "../sync/poll.ts";
import { pullRowsOfProject } from "../sync/pull.ts";
import type { Lane } from "../types/notion.ts";
import type { DatabaseKey } from "../types/schema.ts";
import { firstSightRules } from "./arming.ts";
import type { EngineContext } from "./context.ts";

/**
 * Reads the named databases again for one project, one request each (design §8: before refusing). A database without a
 * relation to projects is asked for its recent edits. True where a row showed a change that only a direct read may
 * settle: those pages are marked and come before everything else.
 * @throws NotionError
 */
export const readNamedDatabases = async (
  context: EngineContext,
  keys: readonly DatabaseKey[],
  projectId: string,
  lane: Lane,
): Promise<boolean> => {
  const { isNew } = firstSightRules(context);
  let marked = false;
  for (const key of keys.filter((named) => named !== "projects")) {
    const bound = boundDatabase(context, key);
    const rows = await pullRowsOfProject(context, key, projectId, lane);
    const due = findPoll(context.database, key);
    if (bound && rows) {
      context.database.transaction(() => {
        for (const row of rows) {
          if (!takeListedRow(context, bound, row, isNew)) continue;
          markDirty(
            context.database,
            { pageId: row.pageId, urgent: true, author: null },
            context.clock.now(),
          );
          marked = true;
        }
      });
    } else if (due) {
      await poll(context, due, context.pollSeconds * 1000, isNew);
    }
  }
  return marked;
};
