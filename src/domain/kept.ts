/** Keeps what is found of an object as long as that lives: rules and criteria ask for the same many times. */
export const keptFor = <K extends object, T>(find: (key: K) => T): ((key: K) => T) => {
  const known = new WeakMap<K, { readonly found: T }>();
  return (key) => {
    const before = known.get(key);
    if (before) return before.found;
    const found = find(key);
    known.set(key, { found });
    return found;
  };
};
