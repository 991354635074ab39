import type { CommentObservation, RichTextPart } from "../types/notion.ts";

const fragment = (key: string): string => `#made-${encodeURIComponent(key)}`;

/**
 * The signature under a comment: the product's name, linked to Milepost. The link's fragment is the creation marker by
 * which a comment is found again after a request whose outcome stayed unknown (design §5 Creates).
 */
export const signature = (publicUrl: string, key: string): RichTextPart[] => [
  { text: "\n— " },
  { text: "Milepost", link: `${publicUrl}/${fragment(key)}` },
];

/** The comment that was made under a key by the connection itself; anyone else may have copied the link. */
export const madeUnder = (
  comments: readonly CommentObservation[],
  key: string,
  botId: string,
): CommentObservation | null =>
  comments.find(
    (comment) => comment.createdBy === botId && comment.links.some((link) => link.endsWith(fragment(key))),
  ) ?? null;
