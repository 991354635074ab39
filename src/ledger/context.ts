import type { databases } from "../../notion-templates/databases.ts";
import type { Office } from "../domain/office.ts";
import type { Clock, Database, Log, Mailer, NewId, NotionGateway, Probe } from "../ports.ts";
import type { DatabaseBinding } from "../types/bindings.ts";
import type { PropertyWrite } from "../types/notion.ts";
import type { DatabaseKey, RowOf } from "../types/schema.ts";
import type { DomainValue } from "../types/values.ts";

/** What writing to Notion needs. */
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

/** The way out for letters: the adapter and MAIL_FROM (`Name <address>` or an address alone). */
export type MailChannel = { readonly mailer: Mailer; readonly from: string };

/** What carrying out an action of any kind needs. */
export type ActionContext = LedgerContext & {
  readonly probe: Probe;
  readonly newId: NewId;
  readonly office: () => Office;
  /** Null where no mail server is set: letters wait. */
  readonly mail: MailChannel | null;
  /** The address with the token of a stored link, the same on every call; null once the secret it was signed with is gone. */
  readonly linkFor: (linkId: string) => Promise<string | null>;
  readonly rows: Rows;
};

/** Rows of Milepost's databases in the words of their templates. */
export type Rows = {
  /**
   * A page as Notion shows it now, by a direct read; null where it is in the trash, not to be seen, or not as its template
   * says.
   * @throws NotionError
   */
  readonly read: <K extends DatabaseKey>(
    key: K,
    pageId: string,
  ) => Promise<RowOf<(typeof databases)[K]> | null>;
  /** Where a database lives; null while it is not set up. */
  readonly binding: (key: DatabaseKey) => DatabaseBinding | null;
  /** Values by template key as property writes. */
  readonly writes: (key: DatabaseKey, values: Readonly<Record<string, DomainValue>>) => PropertyWrite[];
};
