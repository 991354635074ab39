/** Markdown shortens a background's name: `blue_bg` is the API's `blue_background` (documented: enhanced Markdown). */
export const apiColor = (color: string | undefined): string =>
  (color ?? "default").replace(/_bg$/, "_background");

export const markdownColor = (color: unknown): string | null =>
  typeof color === "string" && color !== "default" ? color.replace(/_background$/, "_bg") : null;
