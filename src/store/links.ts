import type { Database, NewId, SqlRow } from "../ports.ts";
import type { LinkPurpose } from "../types/loop.ts";

/** A client link as stored; its token is derived from this row and a secret. Times are UTC ms. */
export type StoredLink = {
  readonly linkId: string;
  readonly purpose: LinkPurpose;
  readonly pageId: string;
  readonly contactId: string;
  readonly projectId: string;
  /** The content that the link asks about (`coverOf`). */
  readonly covers: string;
  readonly expiresAt: number;
  readonly revokedAt: number | null;
};

/** How long a link that decides something is good for (reliability §4). */
const lifetimeMs = 7 * 24 * 3_600_000;

const parse = (row: SqlRow): StoredLink => ({
  linkId: String(row.link_id),
  purpose: String(row.purpose) as LinkPurpose,
  pageId: String(row.page_id),
  contactId: String(row.contact_id),
  projectId: String(row.project_id),
  covers: String(row.covers),
  expiresAt: Number(row.expires_at),
  revokedAt: row.revoked_at as number | null,
});

export type NewLink = Pick<StoredLink, "purpose" | "pageId" | "contactId" | "projectId" | "covers"> & {
  /** When the link goes out; it is good for seven days from then. */
  readonly now: number;
  readonly newId: NewId;
};

/** Makes a link to one contact about one version of a page, and returns its id. */
export const createLink = (database: Database, link: NewLink): string => {
  const linkId = link.newId();
  database.exec(
    `INSERT INTO links (link_id, purpose, page_id, contact_id, project_id, covers, expires_at, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    linkId,
    link.purpose,
    link.pageId,
    link.contactId,
    link.projectId,
    link.covers,
    link.now + lifetimeMs,
    link.now,
  );
  return linkId;
};

export const findLink = (database: Database, linkId: string): StoredLink | null => {
  const row = database.exec("SELECT * FROM links WHERE link_id = ?", linkId)[0];
  return row ? parse(row) : null;
};

/** Ends a link before its time. */
export const revokeLink = (database: Database, linkId: string, now: number): void => {
  database.exec("UPDATE links SET revoked_at = ? WHERE link_id = ? AND revoked_at IS NULL", now, linkId);
};
