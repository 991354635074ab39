import type { Database } from "../ports.ts";
import { getMeta, setMeta } from "./meta.ts";
import { clearProblem } from "./problems.ts";

/** The way to the mail server while it is paused. Times are UTC ms. */
export type MailPause = {
  readonly until: number;
  /** Attempts that have failed in a row. */
  readonly failures: number;
  /** The step and the code of the last failure. */
  readonly code: string;
};

/** The pause of all mail; null where mail flows. */
export const mailPause = (database: Database): MailPause | null => {
  const stored = getMeta(database, "mail_channel");
  return stored === null || stored === "" ? null : (JSON.parse(stored) as MailPause);
};

export const pauseMail = (database: Database, pause: MailPause): void =>
  setMeta(database, "mail_channel", JSON.stringify(pause));

export const resumeMail = (database: Database): void => setMeta(database, "mail_channel", "");

/** Ends a pause and every wait of a letter that has not been attempted: the server is another one now. */
export const startMailAnew = (database: Database, now: number): void => {
  resumeMail(database);
  clearProblem(database, "mail_channel_down");
  clearProblem(database, "mail_not_configured");
  database.exec(
    `UPDATE actions SET not_before = ?1 WHERE payload ->> 'kind' = 'letter' AND state IN ('pending', 'running')
     AND not_before > ?1 AND key NOT IN (SELECT action_key FROM letters WHERE sending = 1 OR unclear > 0)`,
    now,
  );
};
