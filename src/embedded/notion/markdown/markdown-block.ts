import type { JsonObject } from "../model.ts";

/** A block between Markdown and the block table. `id` is set for a stored block, or for one that a line refers to. */
export type MarkdownBlock = { id?: string; type: string; data: JsonObject; children: MarkdownBlock[] };

/** Lines from which blocks are read, with a place in them. */
export type Lines = { lines: readonly string[]; at: number };
