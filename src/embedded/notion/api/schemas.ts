import { z } from "zod";
import { normaliseId } from "../ids.ts";

/** The shapes of request parts that several operations share (official OpenAPI document, notion-api §4 for limits). */

const uuidPhrase = "a valid uuid";

export const idSchema = z.string(uuidPhrase).transform((text, context) => {
  const id = normaliseId(text);
  if (id) return id;
  context.addIssue({ code: "custom", message: uuidPhrase, input: text });
  return z.NEVER;
});

const pageSizeSchema = z
  .number("a number or `undefined`")
  .int("an integer or `undefined`")
  .min(0, "≥ `0` or `undefined`")
  .max(100, "≤ `100` or `undefined`")
  .optional();

const cursorSchema = z.string("a string or `undefined`").nullish();
export const pagingShape = { start_cursor: cursorSchema, page_size: pageSizeSchema };

const textColors = ["default", "gray", "brown", "orange", "yellow", "green", "blue", "purple", "pink", "red"];
export const selectColorSchema = z.enum(textColors);
export const colorSchema = z.enum([...textColors, ...textColors.map((color) => `${color}_background`)]);

const urlSchema = z.string().max(2000);
export const dateSchema = z.strictObject({
  start: z.string(),
  end: z.string().nullish(),
  time_zone: z.string().nullish(),
});
const annotationsSchema = z
  .strictObject({
    bold: z.boolean(),
    italic: z.boolean(),
    strikethrough: z.boolean(),
    underline: z.boolean(),
    code: z.boolean(),
    color: colorSchema,
  })
  .partial();

/** Loose at the top: Notion takes back an item as it gave it, with `plain_text` and `href`. */
const itemShape = { annotations: annotationsSchema.optional() };
const withId = z.looseObject({ id: idSchema });
const mentionSchema = z.union([
  z.strictObject({ type: z.literal("user").optional(), user: withId }),
  z.strictObject({ type: z.literal("page").optional(), page: withId }),
  z.strictObject({ type: z.literal("database").optional(), database: withId }),
  z.strictObject({ type: z.literal("date").optional(), date: dateSchema }),
]);
const richTextItemSchema = z.union([
  z.looseObject({
    ...itemShape,
    type: z.literal("text").optional(),
    text: z.strictObject({
      content: z.string().max(2000),
      link: z.looseObject({ url: urlSchema }).nullish(),
    }),
  }),
  z.looseObject({ ...itemShape, type: z.literal("mention").optional(), mention: mentionSchema }),
  z.looseObject({
    ...itemShape,
    type: z.literal("equation").optional(),
    equation: z.strictObject({ expression: z.string().max(1000) }),
  }),
]);
export const richTextSchema = z.array(richTextItemSchema).max(100);
export type RichTextInput = z.infer<typeof richTextSchema>;

/** A request may leave `type` out; answers always carry it (documented: official OpenAPI document). */
const externalSchema = z
  .strictObject({ type: z.literal("external").optional(), external: z.strictObject({ url: urlSchema }) })
  .transform(({ external }) => ({ type: "external" as const, external }));
const emojiSchema = z
  .strictObject({ type: z.literal("emoji").optional(), emoji: z.string() })
  .transform(({ emoji }) => ({ type: "emoji" as const, emoji }));
export const iconSchema = z.union([emojiSchema, externalSchema]);
export const coverSchema = externalSchema;

export const pageParentSchema = z.strictObject({ type: z.literal("page_id").optional(), page_id: idSchema });
export const databaseParentSchema = z.strictObject({
  type: z.literal("database_id").optional(),
  database_id: idSchema,
});
export const dataSourceParentSchema = z.strictObject({
  type: z.literal("data_source_id").optional(),
  data_source_id: idSchema,
  /** Answered by the API beside the data source id and taken back. */
  database_id: idSchema.optional(),
});
export const workspaceParentSchema = z.strictObject({
  type: z.literal("workspace").optional(),
  workspace: z.literal(true),
});
