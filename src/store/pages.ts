import type { Database, SqlRow } from "../ports.ts";
import type { DatabaseKey } from "../types/schema.ts";
import type { Value } from "../types/values.ts";

/** Canonical values by property key. */
export type Values = Readonly<Record<string, Value>>;

export type PageState = "live" | "trashed" | "unreachable";

/** How a page's local values differ from Notion's: not at all, by service values, or by a verdict that must go out at once. */
export const outgoing = { none: 0, values: 1, verdict: 2 } as const;
export type Outgoing = (typeof outgoing)[keyof typeof outgoing];

/** One mirrored page. `base`, `local` and `remote` are B, L and R of reliability §2.1. */
export type MirrorPage = {
  readonly pageId: string;
  readonly database: DatabaseKey;
  readonly state: PageState;
  readonly createdTime: number;
  readonly lastEditedTime: number;
  readonly lastEditedBy: string;
  readonly url: string;
  readonly base: Values;
  readonly local: Values;
  /** The last direct read; null while the page is known from a query only. */
  readonly remote: Values | null;
  readonly readSequence: number;
  readonly readAt: number;
  /** Hash of the last query row; an equal row brings no news. */
  readonly listedHash: string | null;
  /** Requests in gate columns that were refused and are not yet seen put back: property → refused value. */
  readonly judged: Values;
  readonly outgoing: Outgoing;
  readonly writeAfter: number;
};

const parse = (row: SqlRow): MirrorPage => ({
  pageId: String(row.page_id),
  database: String(row.database) as DatabaseKey,
  state: String(row.state) as PageState,
  createdTime: Number(row.created_time),
  lastEditedTime: Number(row.last_edited_time),
  lastEditedBy: String(row.last_edited_by),
  url: String(row.url),
  base: JSON.parse(String(row.base)) as Values,
  local: JSON.parse(String(row.local)) as Values,
  remote: row.remote === null ? null : (JSON.parse(String(row.remote)) as Values),
  readSequence: Number(row.read_sequence),
  readAt: Number(row.read_at),
  listedHash: row.listed_hash as string | null,
  judged: JSON.parse(String(row.judged)) as Values,
  outgoing: Number(row.outgoing) as Outgoing,
  writeAfter: Number(row.write_after),
});

export const findPage = (database: Database, pageId: string): MirrorPage | null => {
  const row = database.exec("SELECT * FROM pages WHERE page_id = ?", pageId)[0];
  return row ? parse(row) : null;
};

/** The database in which a known page lies. */
export const databaseOf = (database: Database, pageId: string): DatabaseKey | null => {
  const row = database.exec("SELECT database FROM pages WHERE page_id = ?", pageId)[0];
  return row ? (String(row.database) as DatabaseKey) : null;
};

/** How many pages of a database were read directly after the given time, counted up to `atMost`. */
export const readSince = (database: Database, key: DatabaseKey, since: number, atMost: number): number => {
  // The plus sign: of a large database few pages were read lately.
  const rows = database.exec(
    `SELECT 1 FROM pages WHERE state <> 'trashed' AND read_at > ? AND read_sequence > 0 AND +database = ? LIMIT ?`,
    since,
    key,
    atMost,
  );
  return rows.length;
};

export const livePages = (database: Database, key: DatabaseKey): MirrorPage[] =>
  database
    .exec("SELECT * FROM pages WHERE database = ? AND state = 'live' ORDER BY created_time, page_id", key)
    .map(parse);

/** Pages of a database whose relation `property` points to `target`; trashed ones are left out. */
export const pagesRelatedTo = (
  database: Database,
  key: DatabaseKey,
  property: string,
  target: string,
): MirrorPage[] =>
  database
    .exec(
      `SELECT p.* FROM relations r JOIN pages p ON p.page_id = r.page_id
       WHERE r.target = ? AND r.property = ? AND p.database = ? AND p.state <> 'trashed'
       ORDER BY p.created_time, p.page_id`,
      target,
      property,
      key,
    )
    .map(parse);

/** Stores a page whole, with the relations that the record is loaded through. */
export const savePage = (
  database: Database,
  page: MirrorPage,
  relations: Readonly<Record<string, readonly string[]>>,
): void => {
  database.exec(
    `INSERT OR REPLACE INTO pages (page_id, database, state, created_time, last_edited_time, last_edited_by, url, base, local,
       remote, read_sequence, read_at, listed_hash, judged, outgoing, write_after)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    page.pageId,
    page.database,
    page.state,
    page.createdTime,
    page.lastEditedTime,
    page.lastEditedBy,
    page.url,
    JSON.stringify(page.base),
    JSON.stringify(page.local),
    page.remote === null ? null : JSON.stringify(page.remote),
    page.readSequence,
    page.readAt,
    page.listedHash,
    JSON.stringify(page.judged),
    page.outgoing,
    page.writeAfter,
  );
  database.exec("DELETE FROM relations WHERE page_id = ?", page.pageId);
  for (const [property, targets] of Object.entries(relations)) {
    for (const target of targets) {
      database.exec(
        "INSERT OR IGNORE INTO relations (page_id, property, target) VALUES (?, ?, ?)",
        page.pageId,
        property,
        target,
      );
    }
  }
};

/** A page whose values wait to go out now, verdicts first. */
export const nextOutgoing = (database: Database, now: number, least: Outgoing): MirrorPage | null => {
  const row = database.exec(
    `SELECT * FROM pages WHERE outgoing > 0 AND outgoing >= ? AND write_after <= ? AND +state = 'live'
     ORDER BY outgoing DESC, write_after LIMIT 1`,
    least,
    now,
  )[0];
  return row ? parse(row) : null;
};

export const setOutgoing = (database: Database, pageId: string, level: Outgoing): void => {
  database.exec("UPDATE pages SET outgoing = ? WHERE page_id = ?", level, pageId);
};

export const deferWrite = (database: Database, pageId: string, until: number): void => {
  database.exec("UPDATE pages SET write_after = ? WHERE page_id = ?", until, pageId);
};

/** Live pages not read directly since `before`, oldest first, for the rolling sweep (design §5). */
export const staleIds = (database: Database, before: number, limit: number): string[] =>
  database
    .exec(
      `SELECT page_id FROM pages WHERE state <> 'trashed' AND read_at < ?
       AND page_id NOT IN (SELECT page_id FROM dirty_pages) ORDER BY read_at LIMIT ?`,
      before,
      limit,
    )
    .map((row) => String(row.page_id));

/** How many rows a listing of a database from `since` on would show at least, as far as is known. */
export const editedSince = (database: Database, key: DatabaseKey, since: number): number =>
  Number(
    database.exec(
      `SELECT count(*) AS count FROM pages WHERE database = ? AND state = 'live'
       AND (last_edited_time >= ? OR page_id IN (SELECT page_id FROM dirty_pages))`,
      key,
      since,
    )[0]?.count ?? 0,
  );

export const livePageCount = (database: Database): number =>
  Number(database.exec("SELECT count(*) AS count FROM pages WHERE state = 'live'")[0]?.count ?? 0);

export const liveCountOf = (database: Database, key: DatabaseKey): number =>
  Number(
    database.exec("SELECT count(*) AS count FROM pages WHERE database = ? AND state = 'live'", key)[0]
      ?.count ?? 0,
  );

/** Has every page looked at again whose values are not Notion's: what kept one from being written may be mended. */
export const takeUpWrites = (database: Database): void => {
  database.exec(
    "UPDATE pages SET outgoing = 1 WHERE state = 'live' AND outgoing = 0 AND remote IS NOT NULL AND local <> remote",
  );
};
