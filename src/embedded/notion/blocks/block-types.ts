import { z } from "zod";
import { colorSchema, iconSchema, idSchema, richTextSchema } from "../api/schemas.ts";
import type { JsonObject } from "../model.ts";
import { type BlockType, blockType, optional } from "./block-type.ts";
import { codeLanguages } from "./code-languages.ts";

const coloredText = { rich_text: richTextSchema, color: colorSchema.optional() };
const text = (): BlockType => blockType(coloredText, { defaults: { color: "default" }, below: "blocks" });

const toggleable = { ...coloredText, is_toggleable: z.boolean().optional() };
const heading = (source = "documented (OpenAPI)"): BlockType =>
  blockType(toggleable, { defaults: { color: "default", is_toggleable: false }, below: "blocks", source });

const toDo = { ...coloredText, checked: z.boolean().optional() };
const callout = { ...coloredText, icon: iconSchema.nullish() };
const code = {
  rich_text: richTextSchema,
  language: z.enum(codeLanguages),
  caption: richTextSchema.optional(),
};
const captioned = { caption: richTextSchema.optional() };
const page = { url: z.string().min(1).max(2000), ...captioned };

const external = z.strictObject({ url: z.string().min(1).max(2000) });
const file = {
  type: z.enum(["external", "file_upload"]).optional(),
  external: external.optional(),
  file_upload: z.strictObject({ id: idSchema }).optional(),
  ...captioned,
};
const media = (shape: Record<string, z.ZodType> = file): BlockType =>
  blockType(shape, {
    defaults: { caption: [] },
    complete: (content) => ({ ...content, type: "external" }),
  });

const fileName = ({ external: given }: JsonObject): string =>
  (given as { url: string }).url.split(/[?#]/, 1)[0]?.split("/").at(-1) || "file";

const tableLooks = { has_column_header: z.boolean().optional(), has_row_header: z.boolean().optional() };
const blockReference = z.strictObject({ type: z.literal("block_id").optional(), block_id: idSchema });

const linkKeys = ["page_id", "database_id", "comment_id"] as const;
const linkSchema = z.union(
  linkKeys.map((key) => z.strictObject({ type: z.literal(key).optional(), [key]: idSchema })),
);

/**
 * Types that a request may create (the types of meeting notes, tabs and buttons are not there). `child_page` and
 * `child_database` exist too, made with their page or database.
 */
export const blockTypes: Readonly<Record<string, BlockType>> = {
  paragraph: text(),
  heading_1: heading(),
  heading_2: heading(),
  heading_3: heading(),
  heading_4: heading("documented (SDK types)"),
  bulleted_list_item: text(),
  numbered_list_item: text(),
  quote: text(),
  toggle: text(),
  to_do: blockType(toDo, {
    update: optional(toDo),
    defaults: { color: "default", checked: false },
    below: "blocks",
  }),
  callout: blockType(callout, {
    update: optional(callout),
    defaults: { color: "default", icon: null },
    below: "blocks",
  }),
  template: blockType({ rich_text: richTextSchema }, { below: "blocks" }),
  synced_block: blockType(
    { synced_from: blockReference.nullable() },
    {
      below: "blocks",
      complete: ({ synced_from: from }) => ({
        synced_from: from && { type: "block_id", ...(from as JsonObject) },
      }),
      source: "documented (OpenAPI; that an original has null: examples)",
    },
  ),
  code: blockType(code, { update: optional(code), defaults: { caption: [] } }),
  divider: blockType({}),
  breadcrumb: blockType({}),
  equation: blockType({ expression: z.string().max(1000) }),
  table_of_contents: blockType({ color: colorSchema.optional() }, { defaults: { color: "default" } }),
  bookmark: blockType(page, { update: optional(page), defaults: { caption: [] } }),
  embed: blockType(page, { update: optional(page), defaults: { caption: [] } }),
  image: media(),
  video: media(),
  pdf: media(),
  audio: media(),
  file: {
    ...media({ ...file, name: z.string().min(1).max(100).optional() }),
    complete: (content) => ({ name: fileName(content), ...content, type: "external" }),
  },
  link_to_page: {
    ...blockType({}),
    content: linkSchema,
    update: linkSchema,
    complete: (content) => ({ type: linkKeys.find((key) => key in content), ...content }),
  },
  table: blockType(
    { table_width: z.number().int().min(1), ...tableLooks },
    { update: tableLooks, defaults: { has_column_header: false, has_row_header: false }, below: "rows" },
  ),
  table_row: blockType({ cells: z.array(richTextSchema).max(100) }),
  column_list: blockType({}, { update: null, below: "columns" }),
  column: blockType({ width_ratio: z.number().optional() }, { below: "blocks" }),
};
