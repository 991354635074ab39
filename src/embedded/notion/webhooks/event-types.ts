import type { ChangeKind } from "../journal.ts";

/** How changes become events. Entity types and aggregation as notion-api §6 gives them, unless a source says otherwise. */
export type EventType = {
  entity: "page" | "database" | "data_source" | "comment" | "view";
  /** Later changes of the same entity join an event that was not sent yet. */
  isAggregated: boolean;
  /** A waiting event of these types about the same entity is undone by this one: neither is sent. */
  cancels: readonly ChangeKind[];
  /** documented | observed | assumed, and where. */
  source: string;
};

const row = (
  entity: EventType["entity"],
  isAggregated: boolean,
  cancels: readonly ChangeKind[] = [],
  source = "documented §6",
): EventType => ({ entity, isAggregated, cancels, source });

const unlisted = "assumed: §6 does not say whether it is aggregated";

/**
 * Changes that subscriptions hear of; the journal's other kinds have no event. Of Notion's 31 types those are missing
 * whose objects do not exist here (file uploads, transcripts) and the two of databases that data sources replaced.
 */
export const eventTypes: Readonly<Partial<Record<ChangeKind, EventType>>> = {
  "page.created": row("page", true),
  "page.properties_updated": row("page", true),
  "page.content_updated": row("page", true),
  "page.moved": row("page", true),
  "page.deleted": row("page", true, ["page.created", "page.undeleted"]),
  "page.undeleted": row("page", true, ["page.deleted"]),
  "page.locked": row("page", false),
  "page.unlocked": row("page", false),
  "database.created": row("database", true),
  "database.moved": row("database", true),
  "database.deleted": row("database", true, ["database.created", "database.undeleted"]),
  "database.undeleted": row("database", true, ["database.deleted"]),
  "data_source.created": row("data_source", true),
  "data_source.moved": row("data_source", true),
  "data_source.content_updated": row("data_source", true),
  "data_source.schema_updated": row("data_source", true),
  "data_source.deleted": row("data_source", true, ["data_source.created", "data_source.undeleted"]),
  "data_source.undeleted": row("data_source", true, ["data_source.deleted"]),
  "comment.created": row("comment", false),
  "comment.updated": row("comment", false),
  "comment.deleted": row("comment", false),
  "view.created": row("view", false, [], unlisted),
  "view.updated": row("view", false, [], unlisted),
  "view.deleted": row("view", false, [], unlisted),
};

/**
 * Delays in ms. Documented (§6): aggregated events mostly within a minute, comments within seconds, eight attempts of
 * which the last comes about 24 hours after the first, automations about 3 s after the change. Assumed: the numbers
 * between, how long a receiver may take, and how late an event comes that others overtake.
 */
export const delays = {
  comment: 1_000,
  first: 3_000,
  aggregation: 60_000,
  answer: 10_000,
  reordered: 30_000,
  automation: 3_000,
  retries: [60_000, 300_000, 900_000, 3_600_000, 10_800_000, 21_600_000, 49_140_000],
} as const;
