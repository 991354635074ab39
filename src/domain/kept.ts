/** What was found of each object, by what looked for it: one weak table, because each costs the collector. */
const known = new WeakMap<object, Map<unknown, unknown>>();

/** Keeps what is found of an object as long as that lives: rules and criteria ask for the same many times. */
export const keptFor =
  <K extends object, T>(find: (key: K) => T): ((key: K) => T) =>
  (key) => {
    const kept = known.get(key);
    const before = kept?.get(find);
    if (before !== undefined || kept?.has(find)) return before as T;
    const found = find(key);
    // Looking for it may have kept something else of the same object.
    known.set(key, (known.get(key) ?? new Map<unknown, unknown>()).set(find, found));
    return found;
  };
