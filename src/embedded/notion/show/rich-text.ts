import type { RichTextInput } from "../api/schemas.ts";
import type { Annotations, JsonObject, Mention, RichText, RichTextItem } from "../model.ts";
import type { Core } from "../scope.ts";
import { pageUrl } from "./urls.ts";

export const plainAnnotations: Annotations = {
  bold: false,
  italic: false,
  strikethrough: false,
  underline: false,
  code: false,
  color: "default",
};

export const textItem = (content: string, annotations: Partial<Annotations> = {}): RichTextItem => ({
  type: "text",
  text: { content, link: null },
  annotations: { ...plainAnnotations, ...annotations },
});

type InputItem = RichTextInput[number];
type MentionInput = Extract<InputItem, { mention: unknown }>["mention"];

const storedMention = (mention: MentionInput): Mention => {
  if ("user" in mention) return { type: "user", user: { id: mention.user.id } };
  if ("page" in mention) return { type: "page", page: { id: mention.page.id } };
  if ("database" in mention) return { type: "database", database: { id: mention.database.id } };
  const { start, end, time_zone } = mention.date;
  return { type: "date", date: { start, end: end ?? null, time_zone: time_zone ?? null } };
};

const storedItem = (item: InputItem): RichTextItem => {
  const given = Object.entries(item.annotations ?? {}).filter(([, value]) => value !== undefined);
  const annotations: Annotations = { ...plainAnnotations, ...Object.fromEntries(given) };
  if ("mention" in item && item.mention) {
    return { type: "mention", mention: storedMention(item.mention as MentionInput), annotations };
  }
  if ("equation" in item && item.equation) {
    return { type: "equation", equation: item.equation as { expression: string }, annotations };
  }
  const { content, link } = item.text as { content: string; link?: { url: string } | null };
  return { type: "text", text: { content, link: link ? { url: link.url } : null }, annotations };
};

/** Validated rich text as it is stored; empty texts fall away, as in Notion. */
export const storedRichText = (items: RichTextInput): RichText =>
  items.map(storedItem).filter((item) => item.type !== "text" || item.text.content !== "");

const mentionText = (mention: Mention, core: Core): string => {
  if (mention.type === "user")
    return `@${core.users.find((user) => user.id === mention.user.id)?.name ?? "Anonymous"}`;
  if (mention.type === "date")
    return mention.date.end ? `${mention.date.start} → ${mention.date.end}` : mention.date.start;
  const record = core.objects.get(mention.type === "page" ? mention.page.id : mention.database.id);
  if (record?.kind === "page") return plainText((record.values.title ?? []) as RichText, core) || "Untitled";
  return record?.kind === "database" ? plainText(record.title, core) : "Untitled";
};

const itemText = (item: RichTextItem, core: Core): string => {
  if (item.type === "text") return item.text.content;
  return item.type === "equation" ? item.equation.expression : mentionText(item.mention, core);
};

export const plainText = (items: RichText, core: Core): string =>
  items.map((item) => itemText(item, core)).join("");

const itemHref = (item: RichTextItem): string | null => {
  if (item.type === "text") return item.text.link?.url ?? null;
  if (item.type === "equation" || item.mention.type === "user" || item.mention.type === "date") return null;
  return pageUrl(item.mention.type === "page" ? item.mention.page.id : item.mention.database.id);
};

const shownItem = (item: RichTextItem, core: Core): JsonObject => ({
  ...(item.type === "mention" && item.mention.type === "user"
    ? { ...item, mention: { type: "user", user: { object: "user", id: item.mention.user.id } } }
    : item),
  plain_text: itemText(item, core),
  href: itemHref(item),
});

export const showRichText = (items: RichText, core: Core): JsonObject[] =>
  items.map((item) => shownItem(item, core));
