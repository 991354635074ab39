import type { Clock, Database, Log, NotionGateway } from "../ports.ts";

/** What carrying out actions needs. */
export type LedgerContext = {
  readonly database: Database;
  readonly notion: NotionGateway;
  readonly clock: Clock;
  readonly log: Log;
  /** The connection's own user id. */
  readonly botId: () => string;
  /** Creation markers are links below it. */
  readonly publicUrl: string;
};
