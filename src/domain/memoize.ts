/** Answers with what it is given, so that a class that extends it can put a private field on any object. */
function Given(given: object): object {
  return given;
}

/**
 * What was found of an object, by what looked for it. A field rather than a weak map: once such a map is old, V8 keeps what
 * is in it through every minor collection, and deciding took a fifth more time and half as much memory again.
 */
class Memo extends (Given as unknown as new (given: object) => object) {
  readonly #found = new Map<unknown, unknown>();

  static of(key: object): Map<unknown, unknown> {
    if (!(#found in key)) new Memo(key);
    return (key as Memo).#found;
  }
}

/** Finds what there is to find of an object once, for as long as that lives: rules and criteria ask for the same many times. */
export const memoized =
  <K extends object, T>(find: (key: K) => T): ((key: K) => T) =>
  (key) => {
    const memo = Memo.of(key);
    const before = memo.get(find);
    if (before !== undefined || memo.has(find)) return before as T;
    const found = find(key);
    memo.set(find, found);
    return found;
  };

/** Tells `memoized(find)` what it would find of an object. */
export const prime = <K extends object, T>(find: (key: K) => T, key: K, found: T): void => {
  Memo.of(key).set(find, found);
};
