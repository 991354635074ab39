/** As Intl.ListFormat does for en-GB, which takes longer than judging the gate whose findings it words. */
const listed = (words: readonly string[], word: "and" | "or"): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${word} ${words.at(-1)}`;

/** "a", "a and b", "a, b and c". */
export const allOf = (words: readonly string[]): string => listed(words, "and");

/** "a", "a or b", "a, b or c". */
export const oneOf = (words: readonly string[]): string => listed(words, "or");

/** How many names a sentence lists before it counts the others. */
const listedNames = 3;

/** "“a”, “b” and “c”", or "“a”, “b”, “c” and 2 more": names as a sentence for a person lists them. */
export const quotedNames = (names: readonly string[]): string => {
  const quoted = names.slice(0, listedNames).map((name) => `“${name}”`);
  const more = names.length - listedNames;
  return allOf(more > 0 ? [...quoted, `${more} more`] : quoted);
};

const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone: "UTC" });
const date = new Intl.DateTimeFormat("en-GB", {
  ...{ day: "numeric", month: "long", year: "numeric", timeZone: "UTC" },
});

/** A day (`2026-12-04`) as "Friday, 4 December 2026". */
export const dayInWords = (day: string): string => {
  const moment = Date.parse(`${day}T00:00:00Z`);
  return `${weekday.format(moment)}, ${date.format(moment)}`;
};

const month = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });

/** The month of a day (`2026-12-04`) as "December 2026". */
export const monthInWords = (day: string): string => month.format(Date.parse(`${day}T00:00:00Z`));
