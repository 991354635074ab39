import { databases } from "../../notion-templates/databases.ts";
import type { Clock, Database, Log, NotionGateway, Random } from "../ports.ts";
import type { Poll } from "../store/polls.ts";
import type { Bindings, DatabaseBinding } from "../types/bindings.ts";
import type { PageObservation } from "../types/notion.ts";
import type { Lane } from "../types/notion-gateway.ts";
import type { DatabaseKey, DatabaseTemplate } from "../types/schema.ts";

/** A listing that broke off, kept in memory alone: after a restart it begins anew. */
export type OpenListing = {
  /** The poll it was begun for, and what it asks for. */
  readonly due: Poll;
  readonly asked: Poll;
  readonly lane: Lane;
  readonly startedAt: number;
  readonly rows: PageObservation[];
  cursor: string | undefined;
};

/** What reading and writing pages needs. */
export type SyncContext = {
  readonly database: Database;
  readonly notion: NotionGateway;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: Random;
  /** Where the databases live in Notion, as setup left it and the live schema confirms. */
  readonly bindings: () => Bindings;
  readonly saveBindings: (bindings: Bindings) => void;
  /** Listings that broke off and go on where they stopped. */
  readonly listings: Map<DatabaseKey, OpenListing>;
  /** The connection's own user id. */
  readonly botId: () => string;
};

export type BoundDatabase = {
  readonly key: DatabaseKey;
  readonly template: DatabaseTemplate;
  readonly binding: DatabaseBinding;
};

/** The template and the binding of a database; null while it is not set up. */
export const boundDatabase = (context: SyncContext, key: DatabaseKey): BoundDatabase | null => {
  const binding = context.bindings()[key];
  return binding ? { key, template: databases[key], binding } : null;
};

/** The database that a data source belongs to; null where it is not one of ours. */
export const databaseOf = (context: SyncContext, dataSourceId: string | null): BoundDatabase | null => {
  for (const key of Object.keys(databases) as DatabaseKey[]) {
    const bound = boundDatabase(context, key);
    if (bound && bound.binding.dataSourceId === dataSourceId) return bound;
  }
  return null;
};
