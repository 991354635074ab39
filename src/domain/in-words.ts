const and = new Intl.ListFormat("en-GB", { type: "conjunction" });
const or = new Intl.ListFormat("en-GB", { type: "disjunction" });

/** "a", "a and b", "a, b and c". */
export const allOf = (words: readonly string[]): string => and.format(words);

/** "a", "a or b", "a, b or c". */
export const oneOf = (words: readonly string[]): string => or.format(words);
