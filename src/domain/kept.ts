/** What was found of each object, by what looked for it: one weak table, because each costs the collector. */
const known = new WeakMap<object, Map<unknown, unknown>>();

/** Keeps what is found of an object as long as that lives: rules and criteria ask for the same many times. */
export const keptFor = <K extends object, T>(find: (key: K) => T): ((key: K) => T) => {
  return (key) => {
    let kept = known.get(key);
    if (!kept) {
      kept = new Map();
      known.set(key, kept);
    }
    if (kept.has(find)) return kept.get(find) as T;
    const found = find(key);
    kept.set(find, found);
    return found;
  };
};
