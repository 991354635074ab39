import type { Random } from "../../ports.ts";

const compact = /^[0-9a-f]{32}$/;

/** An id in any spelling Notion takes (dashed or not, any case) as it answers it: dashed, lower case. Null if it is none. */
export const normaliseId = (text: string): string | null => {
  const hex = text.replaceAll("-", "").toLowerCase();
  if (!compact.test(hex)) return null;
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
};

/** Characters of short ids; several must be URL-encoded, as in Notion's own (notion-api §3). No `/`, `%` or `.`: a path could not carry them. */
const shortIdCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:;<=>?@[]^_`{|}~\\";

/** A new short id of four characters for a property or an option, unlike those taken. */
export const shortId = (random: Random, isTaken: (id: string) => boolean): string => {
  const pick = (): string => shortIdCharacters.charAt(Math.floor(random() * shortIdCharacters.length));
  for (;;) {
    const id = pick() + pick() + pick() + pick();
    if (!isTaken(id)) return id;
  }
};
