import type { Poll } from "../store/polls.ts";
import { NotionError } from "../types/errors.ts";
import type { PageObservation, RowQuery } from "../types/notion.ts";
import type { Lane } from "../types/notion-gateway.ts";
import type { BoundDatabase, OpenListing, SyncContext } from "./context.ts";
import { withWholeListing } from "./whole-listing.ts";

/** How often a listing is started anew when its cursor becomes invalid (reliability F11). */
const restarts = 3;

/** What a listing read longer ago is read again. */
const keepMs = 10 * 60_000;

/** The rows of one window in its order. `capped` where Notion ended it before the last row. */
export type Listing = Pick<OpenListing, "asked" | "startedAt"> & {
  readonly rows: readonly PageObservation[];
  readonly capped: boolean;
  readonly lastEdited: number;
  readonly lastCreated: number;
};

/**
 * Lists the window that a poll asks for, or all rows where that is due. What broke off, be it that the minute's budget was
 * used up, goes on at its cursor, so that no row is asked for twice.
 * @throws NotionError
 */
export const list = async (
  context: SyncContext,
  bound: BoundDatabase,
  due: Poll,
  lane: Lane,
  tries = restarts,
): Promise<Listing> => {
  const open = openListing(context, due, lane);
  context.listings.set(bound.key, open);
  let capped = false;
  try {
    do {
      const page = await context.notion[lane].queryRows({
        dataSourceId: bound.binding.dataSourceId,
        ...windowOf(open.asked),
        ...(open.cursor === undefined ? {} : { cursor: open.cursor }),
      });
      open.rows.push(...page.rows);
      open.cursor = page.cursor ?? undefined;
      capped = page.capped;
    } while (open.cursor !== undefined);
  } catch (error) {
    const cursorInvalid =
      open.cursor !== undefined && error instanceof NotionError && error.code === "notion_refused";
    if (!cursorInvalid) throw error;
    context.listings.delete(bound.key);
    if (tries === 0) throw error;
    return list(context, bound, due, lane, tries - 1);
  }
  context.listings.delete(bound.key);
  const { rows, asked, startedAt } = open;
  const last = rows.at(-1);
  return {
    ...{ rows, asked, startedAt, capped },
    ...{ lastEdited: last?.lastEditedTime ?? 0, lastCreated: last?.createdTime ?? 0 },
  };
};

const openListing = (context: SyncContext, due: Poll, lane: Lane): OpenListing => {
  const now = context.clock.now();
  const open = context.listings.get(due.database);
  if (open && open.lane === lane && isSame(open.due, due) && now - open.startedAt < keepMs) return open;
  const asked = lane === "verdict" ? due : withWholeListing(due, now);
  return { due, asked, lane, startedAt: now, rows: [], cursor: undefined };
};

const isSame = (one: Poll, other: Poll): boolean =>
  one.watermark === other.watermark &&
  one.createdFrom === other.createdFrom &&
  one.wholeSince === other.wholeSince;

const windowOf = ({ watermark, createdFrom }: Poll): Pick<RowQuery, "filter" | "sortBy"> => {
  if (createdFrom !== null)
    return { sortBy: "created_time", filter: { kind: "edited-in-minute", minute: watermark, createdFrom } };
  const filter = { kind: "edited-on-or-after", time: watermark } as const;
  return { sortBy: "last_edited_time", ...(watermark === 0 ? {} : { filter }) };
};
