import type { CreateCommentParameters } from "@notionhq/client";
import { z } from "zod";
import { NotionError } from "../types/errors.ts";
import type { RichTextPart } from "../types/notion.ts";

type RichTextRequest = Extract<CreateCommentParameters, { rich_text: unknown }>["rich_text"];

/** Limits of one request (reference/notion-api §4). */
const partLength = 2000;
const partCount = 100;

/** Rich text as Notion answers it; only what Milepost reads. */
export const richTextAnswer = z.array(
  z.object({
    type: z.string(),
    plain_text: z.string(),
    href: z.string().nullish(),
    text: z.object({ link: z.object({ url: z.string() }).nullish() }).optional(),
  }),
);
type RichTextAnswer = z.infer<typeof richTextAnswer>;

export const plainText = (items: RichTextAnswer): string => items.map((item) => item.plain_text).join("");

/** The addresses of all links, each once, in the order of the text. */
export const linksIn = (items: RichTextAnswer): string[] => [
  ...new Set(items.flatMap((item) => item.text?.link?.url ?? item.href ?? [])),
];

/**
 * A plain text as rich text, cut to Notion's part length between whole characters. Throws `notion_refused` for a text
 * that no request can hold: nothing is ever shortened silently.
 */
export const textRequest = (text: string): RichTextRequest =>
  withinLimit(chunks(text).map((content) => ({ text: { content } })));

/** Parts of a comment as Notion takes them; a long text becomes several parts with the same link and weight. */
export const richTextRequest = (parts: readonly RichTextPart[]): RichTextRequest =>
  withinLimit(parts.flatMap(partRequest));

const partRequest = (part: RichTextPart): RichTextRequest => {
  if ("person" in part) return [{ mention: { user: { id: part.person } } }];
  if ("page" in part) return [{ mention: { page: { id: part.page } } }];
  const { link, bold } = part;
  return chunks(part.text).map((content) => ({
    text: { content, ...(link === undefined ? {} : { link: { url: link } }) },
    ...(bold === undefined ? {} : { annotations: { bold } }),
  }));
};

const withinLimit = (request: RichTextRequest): RichTextRequest => {
  if (request.length > partCount)
    throw new NotionError("notion_refused", `a text of ${request.length} parts, not sent: ${partCount} fit`);
  return request;
};

const chunks = (text: string): string[] => {
  const wellFormed = text.toWellFormed();
  const parts: string[] = [];
  for (let start = 0; start < wellFormed.length; ) {
    const end = boundary(wellFormed, start + partLength);
    parts.push(wellFormed.slice(start, end));
    start = end;
  }
  return parts;
};

/** Steps back where a cut at `end` would part a surrogate pair. */
const boundary = (text: string, end: number): number => {
  const last = text.charCodeAt(end - 1);
  return end < text.length && last >= 0xd800 && last <= 0xdbff ? end - 1 : end;
};
