/** The words of a letter: Mustache templates; the body is Markdown. A value is put in as plain text, whatever it holds. */
export type LetterTemplate = { readonly subject: string; readonly body: string };

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
