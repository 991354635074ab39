import type { JsonObject } from "../model.ts";

/** A block between Markdown and the block table. `id` is set for a stored block, or for one that a line refers to. */
export type MarkdownBlock = { id?: string; type: string; data: JsonObject; children: MarkdownBlock[] };

/** Lines name these blocks only; what they hold stays where it is. */
export const isReference = (block: MarkdownBlock): boolean =>
  block.type === "child_page" || block.type === "child_database" || block.type === "unknown";
