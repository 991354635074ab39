import { z } from "zod";
import { colorSchema, iconSchema, richTextSchema } from "../api/schemas.ts";
import type { JsonObject } from "../model.ts";

/** One row of the block table: what a request may carry under the type's key and whether blocks may lie below. */
export type BlockType = {
  content: z.ZodObject;
  /** Fields that responses always carry. */
  defaults: JsonObject;
  /** Rich-text fields, which are stored in their normal form. */
  richText: readonly string[];
  takesChildren: boolean;
};

const coloredText = { rich_text: richTextSchema, color: colorSchema.optional() };
const textRow = (takesChildren: boolean): BlockType => ({
  content: z.strictObject(coloredText),
  defaults: { color: "default" },
  richText: ["rich_text"],
  takesChildren,
});

const heading: BlockType = {
  content: z.strictObject({ ...coloredText, is_toggleable: z.boolean().optional() }),
  defaults: { color: "default", is_toggleable: false },
  richText: ["rich_text"],
  takesChildren: true,
};

/** Types that a request may create. `child_page` and `child_database` exist too, made with their page or database. */
export const blockTypes: Readonly<Record<string, BlockType>> = {
  paragraph: textRow(true),
  heading_1: heading,
  heading_2: heading,
  heading_3: heading,
  heading_4: heading,
  bulleted_list_item: textRow(true),
  numbered_list_item: textRow(true),
  quote: textRow(true),
  toggle: textRow(true),
  to_do: {
    content: z.strictObject({ ...coloredText, checked: z.boolean().optional() }),
    defaults: { color: "default", checked: false },
    richText: ["rich_text"],
    takesChildren: true,
  },
  callout: {
    content: z.strictObject({ ...coloredText, icon: iconSchema.nullish() }),
    defaults: { color: "default", icon: null },
    richText: ["rich_text"],
    takesChildren: true,
  },
  code: {
    content: z.strictObject({
      rich_text: richTextSchema,
      caption: richTextSchema.optional(),
      language: z.string().optional(),
    }),
    defaults: { caption: [], language: "plain text" },
    richText: ["rich_text", "caption"],
    takesChildren: false,
  },
  divider: { content: z.strictObject({}), defaults: {}, richText: [], takesChildren: false },
  table: {
    content: z.strictObject({
      table_width: z.number().int().min(1),
      has_column_header: z.boolean().optional(),
      has_row_header: z.boolean().optional(),
    }),
    defaults: { has_column_header: false, has_row_header: false },
    richText: [],
    takesChildren: true,
  },
  table_row: {
    content: z.strictObject({ cells: z.array(richTextSchema).max(100) }),
    defaults: {},
    richText: ["cells"],
    takesChildren: false,
  },
  bookmark: {
    content: z.strictObject({ url: z.string().max(2000), caption: richTextSchema.optional() }),
    defaults: { caption: [] },
    richText: ["caption"],
    takesChildren: false,
  },
  equation: {
    content: z.strictObject({ expression: z.string().max(1000) }),
    defaults: {},
    richText: [],
    takesChildren: false,
  },
  table_of_contents: {
    content: z.strictObject({ color: colorSchema.optional() }),
    defaults: { color: "default" },
    richText: [],
    takesChildren: false,
  },
};
