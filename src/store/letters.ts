import type { Database, SqlRow } from "../ports.ts";

/** A letter whose bytes are fixed. `text` and `html` hold the placeholder of the client's link, never its token. */
export type FrozenLetter = {
  readonly actionKey: string;
  readonly messageId: string;
  /** The `Date` header (UTC ms): when it may leave first. */
  readonly mailDate: number;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly references: string;
  readonly linkId: string | null;
};

/** `sending` is true while an attempt has no stored outcome; `unclear` counts those that may have arrived all the same. */
export type StoredLetter = FrozenLetter & { readonly sending: boolean; readonly unclear: number };

const parse = (row: SqlRow): StoredLetter => ({
  actionKey: String(row.action_key),
  messageId: String(row.message_id),
  mailDate: Number(row.mail_date),
  from: String(row.from_address),
  to: String(row.to_address),
  subject: String(row.subject),
  text: String(row.text),
  html: String(row.html),
  references: String(row.mail_references),
  linkId: row.link_id as string | null,
  sending: row.sending === 1,
  unclear: Number(row.unclear),
});

export const findLetter = (database: Database, actionKey: string): StoredLetter | null => {
  const row = database.exec("SELECT * FROM letters WHERE action_key = ?", actionKey)[0];
  return row ? parse(row) : null;
};

/** The address that a link went to; null where no letter holds it. */
export const linkSentTo = (database: Database, linkId: string): string | null => {
  const row = database.exec("SELECT to_address FROM letters WHERE link_id = ?", linkId)[0];
  return row ? String(row.to_address) : null;
};

export const freezeLetter = (database: Database, letter: FrozenLetter, now: number): void => {
  database.exec(
    `INSERT INTO letters (action_key, message_id, mail_date, from_address, to_address, subject, text, html,
       mail_references, link_id, frozen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    letter.actionKey,
    letter.messageId,
    letter.mailDate,
    letter.from,
    letter.to,
    letter.subject,
    letter.text,
    letter.html,
    letter.references,
    letter.linkId,
    now,
  );
};

/** Forgets a letter that no attempt was made with, so that it is written anew. */
export const dropLetter = (database: Database, actionKey: string): void => {
  database.exec("DELETE FROM letters WHERE action_key = ?", actionKey);
};

/** Notes, before an attempt, that the letter may arrive from now on. */
export const letterSending = (database: Database, actionKey: string): void => {
  database.exec("UPDATE letters SET sending = 1 WHERE action_key = ?", actionKey);
};

/** Ends an attempt that certainly did not arrive. */
export const letterNotTaken = (database: Database, actionKey: string): void => {
  database.exec("UPDATE letters SET sending = 0 WHERE action_key = ?", actionKey);
};

/** Ends an attempt of which nobody can say whether it arrived. */
export const letterUnclear = (database: Database, actionKey: string): void => {
  database.exec("UPDATE letters SET sending = 0, unclear = unclear + 1 WHERE action_key = ?", actionKey);
};

export const letterSent = (database: Database, actionKey: string, now: number): void => {
  database.exec("UPDATE letters SET sending = 0, sent_at = ? WHERE action_key = ?", now, actionKey);
};
