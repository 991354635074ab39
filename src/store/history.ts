import type { Database, SqlRow } from "../ports.ts";
import type { Actor, Answer, Evidence, Finding, Transition } from "../types/loop.ts";
import type { Value } from "../types/values.ts";

const parseTransition = (row: SqlRow): Transition => ({
  pageId: String(row.page_id),
  property: String(row.property),
  version: Number(row.version),
  outcome: String(row.outcome) as Transition["outcome"],
  from: row.from_value as string | null,
  to: row.to_value as string | null,
  at: Number(row.at),
  by: JSON.parse(String(row.actor)) as Actor,
  evidence: JSON.parse(String(row.evidence)) as Evidence,
  covers: row.covers as string | null,
  findings: JSON.parse(String(row.findings)) as Finding[],
});

/** Every judged change of a page's workflow columns, oldest first. */
export const transitionsOf = (database: Database, pageId: string): Transition[] =>
  transitionsOfAll(database, [pageId]);

/** The same of several pages in one query. */
export const transitionsOfAll = (database: Database, pageIds: readonly string[]): Transition[] =>
  database
    .exec(
      `SELECT * FROM transitions WHERE page_id IN (SELECT value FROM json_each(?))
       ORDER BY at, version, page_id`,
      JSON.stringify(pageIds),
    )
    .map(parseTransition);

/** Adds a judged change as the next version of its column and returns it. */
export const addTransition = (database: Database, transition: Omit<Transition, "version">): Transition => {
  const last = database.exec(
    "SELECT max(version) AS version FROM transitions WHERE page_id = ? AND property = ?",
    transition.pageId,
    transition.property,
  )[0];
  const version = Number(last?.version ?? 0) + 1;
  database.exec(
    `INSERT INTO transitions (page_id, property, version, outcome, from_value, to_value, at, actor, evidence, covers, findings)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    transition.pageId,
    transition.property,
    version,
    transition.outcome,
    transition.from,
    transition.to,
    transition.at,
    JSON.stringify(transition.by),
    JSON.stringify(transition.evidence),
    transition.covers,
    JSON.stringify(transition.findings),
  );
  return { ...transition, version };
};

/** How often a page's requests were refused since `since`; the brake reads it (design §8). */
export const refusalsSince = (database: Database, pageId: string, since: number): number =>
  Number(
    database.exec(
      "SELECT count(*) AS count FROM transitions WHERE page_id = ? AND outcome = 'refused' AND at >= ?",
      pageId,
      since,
    )[0]?.count ?? 0,
  );

export const answersOf = (database: Database, pageId: string): Answer[] => answersOfAll(database, [pageId]);

export const answersOfAll = (database: Database, pageIds: readonly string[]): Answer[] =>
  database
    .exec(
      "SELECT * FROM answers WHERE page_id IN (SELECT value FROM json_each(?)) ORDER BY at, answer_id",
      JSON.stringify(pageIds),
    )
    .map((row) => ({
      id: String(row.answer_id),
      pageId: String(row.page_id),
      purpose: String(row.purpose),
      choice: String(row.choice),
      name: String(row.name),
      comment: String(row.comment),
      at: Number(row.at),
      covers: String(row.covers),
      contactId: String(row.contact_id),
    }));

/**
 * What the journal records. `adopted`: a person's value became ours. `decided`: a rule's value. `drift`: a person changed a
 * service value, put back. `conflict`: both sides changed a shared value, the person's won and ours is in `from`.
 * `reasserted`: written again after an outcome that stayed unknown. `suspected_overwrite`: a person may have edited the
 * property, named by Notion's id, in the moment of a write (reliability R1).
 */
export type JournalKind =
  | "first_seen"
  | "adopted"
  | "decided"
  | "written"
  | "drift"
  | "conflict"
  | "reasserted"
  | "suspected_overwrite"
  | "accepted"
  | "refused"
  | "trashed"
  | "restored"
  | "unreachable";

export type JournalEntry = {
  readonly pageId: string;
  readonly property: string | null;
  readonly kind: JournalKind;
  readonly from: Value;
  readonly to: Value;
  readonly actor: Actor;
  readonly rule: string | null;
};

export const addJournal = (database: Database, entry: JournalEntry, now: number): void => {
  database.exec(
    "INSERT INTO journal (at, page_id, property, kind, from_value, to_value, actor, rule) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    now,
    entry.pageId,
    entry.property,
    entry.kind,
    JSON.stringify(entry.from),
    JSON.stringify(entry.to),
    JSON.stringify(entry.actor),
    entry.rule,
  );
};

/** What last set a property apart from Notion's value, and the rule where it was one; null where nothing is recorded. */
export const lastReason = (
  database: Database,
  pageId: string,
  property: string,
): { readonly kind: JournalKind; readonly rule: string | null } | null => {
  const row = database.exec(
    `SELECT kind, rule FROM journal WHERE page_id = ? AND property = ?
     AND kind IN ('decided', 'accepted', 'refused', 'drift') ORDER BY sequence DESC LIMIT 1`,
    pageId,
    property,
  )[0];
  return row ? { kind: String(row.kind) as JournalKind, rule: row.rule as string | null } : null;
};

export type KeptEntry = JournalEntry & { readonly at: number };

const parseEntry = (row: SqlRow): KeptEntry => ({
  at: Number(row.at),
  pageId: String(row.page_id),
  property: row.property as string | null,
  kind: String(row.kind) as JournalKind,
  from: JSON.parse(String(row.from_value)) as Value,
  to: JSON.parse(String(row.to_value)) as Value,
  actor: JSON.parse(String(row.actor)) as Actor,
  rule: row.rule as string | null,
});

/** What the journal holds of a page, oldest first. */
export const journalOf = (database: Database, pageId: string): KeptEntry[] =>
  database.exec("SELECT * FROM journal WHERE page_id = ? ORDER BY sequence", pageId).map(parseEntry);

/** The last values of a page that both sides saw differently, newest first. */
export const differencesOf = (database: Database, pageId: string): KeptEntry[] =>
  database
    .exec(
      `SELECT * FROM journal WHERE page_id = ? AND kind IN ('drift', 'conflict') ORDER BY sequence DESC LIMIT 50`,
      pageId,
    )
    .map(parseEntry);

/** Whether a property was changed by somebody else since `since` (UTC ms), or its page first seen. */
export const touchedSince = (database: Database, pageId: string, property: string, since: number): boolean =>
  database.exec(
    `SELECT 1 FROM journal WHERE page_id = ? AND at >= ? AND (property = ? OR kind = 'first_seen')
     AND kind NOT IN ('decided', 'written') LIMIT 1`,
    pageId,
    since,
    property,
  ).length > 0;
