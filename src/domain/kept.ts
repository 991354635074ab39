/** What was found of each object, by what looked for it: one weak table, because each costs the collector. */
const known = new WeakMap<object, Map<unknown, unknown>>();

/** Keeps what is found of an object as long as that lives: rules and criteria ask for the same many times. */
export const keptFor =
  <K extends object, T>(find: (key: K) => T): ((key: K) => T) =>
  (key) => {
    const kept = known.get(key) ?? new Map<unknown, unknown>();
    if (kept.has(find)) return kept.get(find) as T;
    known.set(key, kept);
    const found = find(key);
    kept.set(find, found);
    return found;
  };
