import Mustache from "mustache";
import type { z } from "zod";
import type { LetterTemplate } from "../../notion-templates/letters/letter.ts";
import { cleanLine } from "./clean-text.ts";

/** Notion's limit for one rich text, and what mail programs show of a subject. */
const limits = { value: 2_000, subject: 200 } as const;

/** What Notion's Markdown and CommonMark take for markup inside a line. */
const markup = /[\\*~`$[\]<>{}|^]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;
/** What they take for a block where a value begins one: a heading, a list. */
const blockStart = /^(\d{0,9})([#+.)-])(?=[#\s-]|$)/;

/** A text that people wrote as one line of Markdown that reads as exactly that text. */
const asMarkdown = (text: string): string =>
  cleanLine(text, limits.value).replace(markup, "\\$&").replace(blockStart, "$1\\$2");

/** What a letter's view holds. */
export type ViewOf<T extends LetterTemplate> = z.output<T["view"]>;

/**
 * A letter's subject as plain text and its body as Markdown.
 * @throws ZodError where the view holds more, or other, than the letter may say
 */
export const renderLetter = (
  { subject, body, view: shape }: LetterTemplate,
  given: object,
): { readonly subject: string; readonly markdown: string } => {
  const view = shape.parse(given);
  return {
    subject: cleanLine(renderPlain(subject, view), limits.subject),
    markdown: Mustache.render(body, view, {}, { escape: (value) => asMarkdown(String(value)) })
      .replace(/\n{3,}/g, "\n\n")
      .trim(),
  };
};

/** A template of plain text. */
export const renderPlain = (template: string, view: unknown): string =>
  Mustache.render(template, view, {}, { escape: (value) => cleanLine(String(value), limits.value) });
