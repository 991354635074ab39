import { z } from "zod";
import type { JsonObject } from "../model.ts";

/** What may lie directly below a block: nothing, ordinary blocks, a table's rows, or the columns of a column list. */
export type Below = "none" | "blocks" | "rows" | "columns";

/** One row of the block table. */
export type BlockType = {
  /** What a request that creates the block carries under the type's key, without `children`. */
  content: z.ZodType<JsonObject>;
  /** What a request may change; null where the API changes nothing. */
  update: z.ZodType<JsonObject> | null;
  /** Fields that responses always carry. */
  defaults: JsonObject;
  /** Rich-text fields, which are stored in their normal form. */
  richText: readonly string[];
  below: Below;
  /** Adds fields that follow from others, such as the `type` of a file. */
  complete?: (content: JsonObject) => JsonObject;
  /** documented, observed or assumed, and where. */
  source: string;
};

type Shape = Record<string, z.ZodType>;
type Rest = Partial<Omit<BlockType, "content" | "update">> & { update?: Shape | null };

const richTextFields = new Set(["rich_text", "caption", "cells"]);

/** A row of the table from the fields of its content; `update` are those that a change takes, the same unless given. */
export const blockType = (shape: Shape, { update = shape, ...rest }: Rest = {}): BlockType => ({
  content: z.strictObject(shape),
  update: update && z.strictObject(update),
  defaults: {},
  richText: Object.keys(shape).filter((key) => richTextFields.has(key)),
  below: "none",
  source: "documented (OpenAPI)",
  ...rest,
});

/** The same fields, none of them required. */
export const optional = (shape: Shape): Shape =>
  Object.fromEntries(Object.entries(shape).map(([key, schema]) => [key, schema.optional()]));
