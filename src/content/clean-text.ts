/**
 * Characters that change how the rest of a text is shown, or are not shown at all: controls, bidirectional marks, the
 * zero-width space and its kin (reliability A34). Joiners stay: scripts and emoji need them.
 */
const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** A text that people wrote, without what could mislead a reader. Line ends and tabs stay. */
export const cleanText = (text: string): string =>
  text.toWellFormed().replace(/\r\n?/g, "\n").replace(hidden, "");

/** The same as one line of at most `longest` characters, for headers, names and headings. */
export const cleanLine = (text: string, longest: number): string => {
  const line = [
    ...cleanText(text.replace(/[\r\n\t\u2028\u2029]+/g, " "))
      .replace(/ +/g, " ")
      .trim(),
  ];
  return line.length <= longest ? line.join("") : `${line.slice(0, longest - 1).join("")}…`;
};
