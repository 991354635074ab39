const id = "([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})";
const alone = new RegExp(`^${id}$`, "i");
const atEnd = new RegExp(`(?<![0-9a-f])${id}$`, "i");

/** An id as Notion answers it, with dashes and in lower case; Notion takes it in any spelling. What is none stays as it is. */
export const dashed = (text: string): string =>
  alone.test(text) ? text.toLowerCase().replace(alone, "$1-$2-$3-$4-$5") : text;

/** The id of the page that a person names, dashed: by itself or in the page's address. Null where there is none. */
export const pageIdIn = (text: string): string | null => {
  const [, path = "", query = ""] = /^([^?#]*)\??([^#]*)/.exec(text) ?? [];
  // `p` is the page that a database view shows beside its rows: the one that the person had in front of them.
  const place = new URLSearchParams(query).get("p") ?? path.replace(/\/+$/, "");
  const found = atEnd.exec(place)?.[0];
  return found === undefined ? null : dashed(found);
};
