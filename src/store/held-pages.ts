import type { Database, SqlRow } from "../ports.ts";
import type { NotionErrorCode } from "../types/errors.ts";
import type { Actor } from "../types/loop.ts";
import type { DatabaseKey } from "../types/schema.ts";

/** A pass has ended when nothing is left to be read and nothing new was found for this long. */
export const passSettleMs = 30_000;

/** What a direct read showed of a page and the mirror does not hold yet, because a pass may show too much of it. */
export type HeldPage = {
  readonly pageId: string;
  readonly change: "trashed" | "unreachable" | "rewritten";
  readonly actor: Actor;
  /** Why Notion does not show it; null where it does. */
  readonly code: NotionErrorCode | null;
  readonly at: number;
  /** It was found to be no mass change, or a person confirmed it: the next read takes it in. */
  readonly passed: boolean;
};

const parse = (row: SqlRow): HeldPage => ({
  pageId: String(row.page_id),
  change: String(row.change) as HeldPage["change"],
  actor: JSON.parse(String(row.actor)) as Actor,
  code: row.code as NotionErrorCode | null,
  at: Number(row.at),
  passed: row.passed === 1,
});

export const findHeld = (database: Database, pageId: string): HeldPage | null => {
  const row = database.exec("SELECT * FROM held_pages WHERE page_id = ?", pageId)[0];
  return row ? parse(row) : null;
};

/** Keeps what a read showed; the first time it was seen stays. */
export const holdPage = (database: Database, held: Omit<HeldPage, "passed">): void => {
  database.exec(
    `INSERT INTO held_pages (page_id, change, actor, code, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (page_id) DO UPDATE SET change = excluded.change, actor = excluded.actor, code = excluded.code`,
    held.pageId,
    held.change,
    JSON.stringify(held.actor),
    held.code,
    held.at,
  );
};

/** What waits for the end of the pass, oldest first. */
export const heldPages = (database: Database): HeldPage[] =>
  database.exec("SELECT * FROM held_pages WHERE passed = 0 ORDER BY at, page_id").map(parse);

/** When the latest of what waits for the end of the pass was found (UTC ms); null where nothing waits. */
export const lastHeldAt = (database: Database): number | null =>
  (database.exec("SELECT max(at) AS at FROM held_pages WHERE passed = 0")[0]?.at as number | null) ?? null;

/** Where a page lies that waits, as the mirror holds it. */
export type HeldPlace = Pick<HeldPage, "pageId" | "change"> & {
  /** Null where the mirror does not hold the page. */
  readonly database: DatabaseKey | null;
  readonly projects: readonly string[];
};

/** Where everything lies that waits for the end of the pass: one query, because a mass change may be of thousands. */
export const heldPlaces = (database: Database): HeldPlace[] =>
  database
    .exec(
      `SELECT h.page_id, h.change, p.database, p.local ->> 'project' AS projects
       FROM held_pages h LEFT JOIN pages p ON p.page_id = h.page_id WHERE h.passed = 0`,
    )
    .map((row) => ({
      pageId: String(row.page_id),
      change: String(row.change) as HeldPage["change"],
      database: row.database as DatabaseKey | null,
      projects: row.projects === null ? [] : (JSON.parse(String(row.projects)) as string[]),
    }));

export const passHeld = (database: Database, pageId: string): void => {
  database.exec("UPDATE held_pages SET passed = 1 WHERE page_id = ?", pageId);
};

export const dropHeld = (database: Database, pageId: string): void => {
  database.exec("DELETE FROM held_pages WHERE page_id = ?", pageId);
};

/** A page that waits, as /status shows it. */
export type ShownHeld = {
  readonly page_id: string;
  readonly database: string;
  readonly change: HeldPage["change"];
  readonly url: string;
};

/** What waits for the end of the pass, oldest first, at most `atMost`. An address does without the page's name. */
export const shownHeld = (database: Database, atMost: number): ShownHeld[] =>
  database
    .exec(
      `SELECT h.page_id, p.database, h.change, p.url FROM held_pages h CROSS JOIN pages p ON p.page_id = h.page_id
       WHERE h.passed = 0 ORDER BY h.at, h.page_id LIMIT ?`,
      atMost,
    )
    .map((row) => ({
      page_id: String(row.page_id),
      database: String(row.database),
      change: String(row.change) as HeldPage["change"],
      url: String(row.url).replace(/[^/]*-([0-9a-f]{32})$/, "$1"),
    }));
