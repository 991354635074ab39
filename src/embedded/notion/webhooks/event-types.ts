import type { ChangeKind } from "../journal.ts";

/** How changes become events. Entity types and aggregation as notion-api §6 gives them. */
export type EventType = {
  entity: "page" | "database" | "data_source" | "comment" | "view";
  /** Later changes of the same entity join an event that was not sent yet. */
  isAggregated: boolean;
  /** A waiting event of these types about the same entity is undone by this one: neither is sent. */
  cancels: readonly ChangeKind[];
};

const row = (
  entity: EventType["entity"],
  isAggregated: boolean,
  cancels: readonly ChangeKind[] = [],
): EventType => ({ entity, isAggregated, cancels });

/** Changes that subscriptions hear of; the journal's other kinds have no event. */
export const eventTypes: Readonly<Partial<Record<ChangeKind, EventType>>> = {
  "page.created": row("page", true),
  "page.properties_updated": row("page", true),
  "page.content_updated": row("page", true),
  "page.deleted": row("page", true, ["page.created", "page.undeleted"]),
  "page.undeleted": row("page", true, ["page.deleted"]),
  "database.created": row("database", true),
  "database.deleted": row("database", true, ["database.created", "database.undeleted"]),
  "database.undeleted": row("database", true, ["database.deleted"]),
  "data_source.created": row("data_source", true),
  "data_source.schema_updated": row("data_source", true),
  "data_source.deleted": row("data_source", true, ["data_source.created", "data_source.undeleted"]),
  "data_source.undeleted": row("data_source", true, ["data_source.deleted"]),
  "comment.created": row("comment", false),
  "comment.updated": row("comment", false),
  "comment.deleted": row("comment", false),
  "view.created": row("view", false),
};

/**
 * Delays in ms. Notion says "most within a minute" for aggregated events and "seconds" for comments; the numbers
 * are assumed. The retries end about 24 hours after the first attempt, eight attempts in all.
 */
export const delays = {
  comment: 1_000,
  first: 3_000,
  aggregation: 60_000,
  answer: 10_000,
  retries: [60_000, 300_000, 900_000, 3_600_000, 10_800_000, 21_600_000, 49_140_000],
} as const;
