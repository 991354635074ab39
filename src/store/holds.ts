import type { Database } from "../ports.ts";
import type { ErrorCode } from "../types/error-catalogue.ts";
import { clearProblem, hasProblem, raiseProblem } from "./problems.ts";

/**
 * What stands still until a person confirms it: after a mass change all writes, decisions and mail; on a restored store
 * every action; after a burst of letters those that answer no click.
 */
export const holds = [
  "mass_change",
  "store_restored",
  "letters_burst",
] as const satisfies readonly ErrorCode[];
export type Hold = (typeof holds)[number];

/** Sets or renews a hold; /status names it from then on. */
export const setHold = (database: Database, hold: Hold, detail: string, now: number): void =>
  raiseProblem(database, { code: hold, pageId: null, database: null, property: null, detail }, now);

export const isHeld = (database: Database, hold: Hold): boolean => hasProblem(database, hold);

export const endHold = (database: Database, hold: Hold): void => clearProblem(database, hold);
