/** Answers with what it is given, so that a class that extends it can put a private field on any object. */
function Given(given: object): object {
  return given;
}

/**
 * What was found of an object, by what looked for it. A field rather than a weak map: once such a map is old, V8 keeps what
 * is in it through every minor collection, and deciding took a fifth more time and half as much memory again.
 */
class Kept extends (Given as unknown as new (given: object) => object) {
  readonly #found = new Map<unknown, unknown>();

  static of(key: object): Map<unknown, unknown> {
    if (!(#found in key)) new Kept(key);
    return (key as Kept).#found;
  }
}

/** Keeps what is found of an object as long as that lives: rules and criteria ask for the same many times. */
export const keptFor =
  <K extends object, T>(find: (key: K) => T): ((key: K) => T) =>
  (key) => {
    const kept = Kept.of(key);
    const before = kept.get(find);
    if (before !== undefined || kept.has(find)) return before as T;
    const found = find(key);
    kept.set(find, found);
    return found;
  };

/** Keeps what `keptFor(find)` is to find of an object. */
export const keep = <K extends object, T>(find: (key: K) => T, key: K, found: T): void => {
  Kept.of(key).set(find, found);
};
