import type { Database, ThrottleState, ThrottleStore } from "../ports.ts";
import type { Bindings, SetupStore } from "../types/bindings.ts";
import { getMeta, setMeta } from "./meta.ts";

/** The bindings are read for every page, so they are kept parsed; one process writes them. */
export const setupStore = (database: Database): SetupStore => {
  let bindings: Bindings | null = null;
  return {
    loadBindings: () => {
      const text = bindings === null ? getMeta(database, "bindings") : null;
      if (text !== null) bindings = JSON.parse(text) as Bindings;
      return bindings;
    },
    saveBindings: (changed) => {
      setMeta(database, "bindings", JSON.stringify(changed));
      bindings = changed;
    },
    getMeta: (key) => getMeta(database, key),
    setMeta: (key, value) => setMeta(database, key, value),
  };
};

/** The request budget's count outlives a restart, so that two starts in a minute do not use it twice. */
export const throttleStore = (database: Database): ThrottleStore => ({
  load: () => {
    const text = getMeta(database, "throttle");
    return text === null ? null : (JSON.parse(text) as ThrottleState);
  },
  save: (state) => setMeta(database, "throttle", JSON.stringify(state)),
});
