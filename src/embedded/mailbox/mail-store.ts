import type { Database, SqlRow } from "../../ports.ts";

/** A mail as it came in. `raw` holds its exact bytes, dots of the SMTP transfer taken away again. */
export type CapturedMail = {
  readonly id: number;
  /** UTC ms. */
  readonly receivedAt: number;
  /** The envelope's addresses, which may differ from what the headers say. */
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Uint8Array;
};

/** Mails kept; the oldest give way. */
const most = 1_000;

const table = `CREATE TABLE IF NOT EXISTS mails (
  id INTEGER PRIMARY KEY AUTOINCREMENT, received_at INTEGER NOT NULL, sender TEXT NOT NULL, recipients TEXT NOT NULL,
  raw TEXT NOT NULL
) STRICT`;

const parse = (row: SqlRow): CapturedMail => ({
  id: Number(row.id),
  receivedAt: Number(row.received_at),
  from: String(row.sender),
  to: JSON.parse(String(row.recipients)) as string[],
  raw: Buffer.from(String(row.raw), "base64"),
});

export type MailStore = {
  add(mail: Omit<CapturedMail, "id">): void;
  /** Newest first. */
  all(): CapturedMail[];
  find(id: number): CapturedMail | null;
};

/** Keeps captured mails in a table of its own; the bytes as base64, because the database port knows text alone. */
export const createMailStore = (database: Database): MailStore => {
  database.exec(table);
  return {
    add: ({ receivedAt, from, to, raw }) =>
      database.transaction(() => {
        database.exec(
          "INSERT INTO mails (received_at, sender, recipients, raw) VALUES (?, ?, ?, ?)",
          receivedAt,
          from,
          JSON.stringify(to),
          Buffer.from(raw).toString("base64"),
        );
        database.exec(
          "DELETE FROM mails WHERE id NOT IN (SELECT id FROM mails ORDER BY id DESC LIMIT ?)",
          most,
        );
      }),
    all: () => database.exec("SELECT * FROM mails ORDER BY id DESC").map(parse),
    find: (id) => database.exec("SELECT * FROM mails WHERE id = ?", id).map(parse)[0] ?? null,
  };
};
