import { z } from "zod";

/**
 * The words of a letter: Mustache templates; the body is Markdown. A value is put in as plain text, whatever it holds.
 * `view` is strict: all that the letter may know of a record, so that nothing internal can leave with it (design §9).
 */
export type LetterTemplate = { readonly subject: string; readonly body: string; readonly view: z.ZodType };

/** What every letter names: the project, who is greeted, who signs. */
export const frame = {
  project: z.string(),
  names: z.string(),
  sender: z.string(),
  agency: z.string(),
} as const;

/** Lines of text that the client reads. */
export const lines = z.array(z.string()).readonly();

/** Something with its day in words; `overdue` where that day is over. */
export const dated = z.strictObject({
  name: z.string(),
  due: z.string().nullable(),
  overdue: z.boolean(),
});

/** Something with what the client is told of it in one line. */
export const detailed = z.strictObject({ name: z.string(), detail: z.string() });

/** How every letter begins. */
export const greeting = "Hello{{#names}} {{names}}{{/names}},";

/** How every letter ends. */
export const closing = `Best,
{{#sender}}
{{sender}}
{{/sender}}
{{#agency}}
{{agency}}
{{/agency}}`;
