/** Lines from which blocks are read, with a place in them. */
export type Lines = { lines: readonly string[]; at: number };

const tabWidth = 4;

export const indentOf = (line: string): number => {
  let width = 0;
  for (const character of line) {
    if (character === "\t") width += tabWidth;
    else if (character === " ") width += 1;
    else break;
  }
  return width;
};

const dedented = (line: string, width: number): string => {
  let removed = 0;
  let at = 0;
  while (removed < width && at < line.length && (line[at] === "\t" || line[at] === " ")) {
    removed += line[at] === "\t" ? tabWidth : 1;
    at++;
  }
  return line.slice(at);
};

/** The lines below the one at `source.at` that belong to it: deeper ones, with the empty lines among them. */
export const takeDeeper = (source: Lines, indent: number): string[] => {
  let end = source.at;
  for (let at = source.at; at < source.lines.length; at++) {
    const line = source.lines[at] ?? "";
    if (line.trim() === "") continue;
    if (indentOf(line) <= indent) break;
    end = at + 1;
  }
  const taken = source.lines.slice(source.at, end);
  source.at = end;
  return [...taken];
};

/** The lines up to one that is `end` alone, without the indent of the block they belong to. */
export const takeUntil = (source: Lines, end: string, indent: number): string => {
  const taken: string[] = [];
  while (source.at < source.lines.length) {
    const line = dedented(source.lines[source.at++] ?? "", indent);
    if (line.trim() === end) break;
    taken.push(line);
  }
  return taken.join("\n");
};

/** The lines up to the one that closes a tag opened before; nested tags of that name count, those in code do not. */
export const takeUntilClosed = (source: Lines, tag: string): string[] => {
  const opening = new RegExp(`^<${tag}[ >]`);
  const taken: string[] = [];
  let fence = "";
  for (let depth = 1; source.at < source.lines.length; ) {
    const line = source.lines[source.at++] ?? "";
    const text = line.trim();
    if (fence !== "") fence = text === fence ? "" : fence;
    else {
      fence = /^```+/.exec(text)?.[0] ?? "";
      if (opening.test(text)) depth++;
      if (text === `</${tag}>` && --depth === 0) break;
    }
    taken.push(line);
  }
  return taken;
};
