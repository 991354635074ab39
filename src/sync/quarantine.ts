import type { Database } from "../ports.ts";
import { brokenParts } from "../store/broken-parts.ts";
import { Quarantined } from "../types/quarantined.ts";
import type { DatabaseKey } from "../types/schema.ts";

/** What is not as the templates say, with what to click: whole databases, and properties by database. */
export type Quarantine = {
  readonly databases: ReadonlyMap<DatabaseKey, string>;
  readonly properties: (key: DatabaseKey) => ReadonlyMap<string, string>;
};

const none: ReadonlyMap<string, string> = new Map();

/** What is quarantined now: it keeps its last known value, nobody reads or writes it, and all else goes on (reliability F15-F20). */
export const quarantineOf = (database: Database): Quarantine => {
  const whole = new Map<DatabaseKey, string>();
  const parts = new Map<DatabaseKey, Map<string, string>>();
  for (const { database: key, property, detail } of brokenParts(database)) {
    if (property === null) whole.set(key, detail);
    else parts.set(key, (parts.get(key) ?? new Map<string, string>()).set(property, detail));
  }
  return { databases: whole, properties: (key) => parts.get(key) ?? none };
};

/**
 * Makes the named fields of an object unreadable: whoever needs one ends with `Quarantined`, and all others do not notice.
 * Changes and returns the object.
 */
export const fence = <T extends object>(target: T, fields: ReadonlyMap<string, string>): T => {
  for (const [field, detail] of fields) {
    const get = (): never => {
      throw new Quarantined(detail);
    };
    Object.defineProperty(target, field, { get, enumerable: true, configurable: true });
  }
  return target;
};
