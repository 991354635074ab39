import type { Token } from "./markdown.ts";

type List = { next: number | null };

/** What surrounds the block that is being written: its lists, and how it is quoted. */
type Place = { readonly lists: List[]; quotes: number; bullet: string };

/** Parsed Markdown as text for people: links as `text (address)`, lists with their marks, tables a row a line. */
export const toPlainText = (tokens: readonly Token[]): string => {
  const place: Place = { lists: [], quotes: 0, bullet: "" };
  const blocks: string[] = [];
  let row: string[] = [];
  tokens.forEach((token, at) => {
    const write = writers[token.type];
    if (write) blocks.push(write(token));
    else if (token.type === "inline" && isCell(tokens[at - 1])) row.push(inlineText(token));
    else if (token.type === "inline") blocks.push(block(inlineText(token), tokens[at - 1], place));
    else if (token.type === "tr_close") {
      blocks.push(`${row.join(" | ")}\n`);
      row = [];
    } else enterOrLeave(token, place, blocks);
  });
  return `${blocks
    .join("")
    .replace(/\n{3,}/g, "\n\n")
    .trim()}\n`;
};

const isCell = (token: Token | undefined): boolean => token?.type === "th_open" || token?.type === "td_open";

const indented = (text: string): string => text.trimEnd().replace(/^/gm, "    ");

/** Blocks that hold their text themselves. */
const writers: Readonly<Record<string, (token: Token) => string>> = {
  fence: (token) => `${indented(token.content)}\n\n`,
  code_block: (token) => `${indented(token.content)}\n\n`,
  hr: () => "----------\n\n",
};

const enterOrLeave = (token: Token, place: Place, blocks: string[]): void => {
  switch (token.type) {
    case "bullet_list_open":
      place.lists.push({ next: null });
      break;
    case "ordered_list_open":
      place.lists.push({ next: Number(token.attrGet("start") ?? 1) });
      break;
    case "list_item_open":
      place.bullet = markOf(place.lists.at(-1));
      break;
    case "bullet_list_close":
    case "ordered_list_close":
      place.lists.pop();
      if (place.lists.length === 0) blocks.push("\n");
      break;
    case "blockquote_open":
      place.quotes += 1;
      break;
    case "blockquote_close":
      place.quotes -= 1;
      break;
    case "table_close":
      blocks.push("\n");
      break;
  }
};

const markOf = (list: List | undefined): string => {
  if (!list || list.next === null) return "- ";
  const mark = `${list.next}. `;
  list.next += 1;
  return mark;
};

const block = (text: string, opened: Token | undefined, place: Place): string => {
  const depth = place.lists.length;
  const indent = "  ".repeat(Math.max(0, depth - 1));
  const first = depth === 0 ? "" : indent + (place.bullet === "" ? "  " : place.bullet);
  place.bullet = "";
  const rest = " ".repeat(first.length);
  const lines = text.split("\n").map((line, at) => (at === 0 ? first : rest) + line);
  const quoted = lines.map((line) => "> ".repeat(place.quotes) + line);
  if (opened?.type === "heading_open") quoted.push("-".repeat(Math.min(60, [...text].length)));
  return `${quoted.join("\n")}\n${depth === 0 && opened?.type !== "heading_open" ? "\n" : ""}`;
};

/** The words of a paragraph; a link's address follows its text unless the text is the address. */
const inlineText = ({ children }: Token): string => {
  let text = "";
  let open: { address: string; from: number } | null = null;
  for (const token of children ?? []) {
    if (token.type === "link_open")
      open = { address: String(token.attrGet("href") ?? ""), from: text.length };
    else if (token.type === "link_close" && open) {
      const shown = text.slice(open.from);
      if (shown !== open.address && `mailto:${shown}` !== open.address) text += ` (${open.address})`;
      open = null;
    } else text += token.type.endsWith("break") ? "\n" : token.content;
  }
  return text;
};
