import type { Database, SqlRow } from "../ports.ts";
import type { LinkPurpose } from "../types/action.ts";

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
  /** The secret that signs it, so that its token outlives the first secret's replacement; null until it is signed first. */
  readonly keyId: string | null;
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
  keyId: row.key_id as string | null,
});

export type NewLink = Pick<
  StoredLink,
  "linkId" | "purpose" | "pageId" | "contactId" | "projectId" | "covers"
> & {
  /** When the link goes out; it is good for seven days from then. */
  readonly now: number;
};

/** Stores a link to one contact about one version of a page, in place of one of the same id that has not gone out. */
export const putLink = (database: Database, link: NewLink): void => {
  database.exec(
    `INSERT OR REPLACE INTO links (link_id, purpose, page_id, contact_id, project_id, covers, expires_at, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    link.linkId,
    link.purpose,
    link.pageId,
    link.contactId,
    link.projectId,
    link.covers,
    link.now + lifetimeMs,
    link.now,
  );
};

export const findLink = (database: Database, linkId: string): StoredLink | null => {
  const row = database.exec("SELECT * FROM links WHERE link_id = ?", linkId)[0];
  return row ? parse(row) : null;
};

/** Keeps which secret signs a link. */
export const keepLinkKey = (database: Database, linkId: string, keyId: string): void => {
  database.exec("UPDATE links SET key_id = ? WHERE link_id = ?", keyId, linkId);
};

/** Ends a link before its time. */
export const revokeLink = (database: Database, linkId: string, now: number): void => {
  database.exec("UPDATE links SET revoked_at = ? WHERE link_id = ? AND revoked_at IS NULL", now, linkId);
};
