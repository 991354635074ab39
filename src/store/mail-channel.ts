import type { Database } from "../ports.ts";
import { getMeta, setMeta } from "./meta.ts";

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
