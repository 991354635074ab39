import { z } from "zod";
import type { RichTextInput } from "../api/schemas.ts";
import { fixOne, parseAt, shouldBe } from "../api/validate.ts";
import type { JsonObject } from "../model.ts";
import { storedRichText } from "../show/rich-text.ts";
import { type BlockType, blockTypes } from "./block-types.ts";

/** A block that is to be created, with those below it. */
export type NewBlock = { type: string; data: JsonObject; children: NewBlock[] };

/** Children below a block of the request go two levels deep (notion-api §4). */
const maxDepth = 2;

const blockSchema = z.looseObject({
  object: z.literal("block").optional(),
  type: z.string().optional(),
});
const childrenSchema = z.array(z.looseObject({})).max(100);

const typeKeys = (block: JsonObject): string[] =>
  Object.keys(block).filter((key) => key !== "object" && key !== "type" && key !== "children");

const isItem = (value: unknown): boolean => Array.isArray(value) && value.some(Array.isArray);

/** The content of a block as it is stored: defaults filled in, rich text in its normal form. */
export const storedContent = (row: BlockType, content: JsonObject): JsonObject => {
  const stored: JsonObject = { ...row.defaults };
  for (const [key, value] of Object.entries(content)) {
    if (value === undefined) continue;
    if (!row.richText.includes(key)) stored[key] = value;
    else if (isItem(value)) stored[key] = (value as RichTextInput[]).map(storedRichText);
    else stored[key] = key === "cells" ? [] : storedRichText(value as RichTextInput);
  }
  return stored;
};

const parseBlock = (given: unknown, path: string, depth: number): NewBlock => {
  const block = parseAt(blockSchema, given, path);
  const [type = block.type ?? "", second] = typeKeys(block);
  const row = blockTypes[type];
  if (!row) {
    if (type) throw shouldBe(`${path}.${type}`, "not present", block[type]);
    const lines = Object.keys(blockTypes).map(
      (name) => `${path}.${name} should be defined, instead was \`undefined\`.`,
    );
    throw fixOne(path, lines);
  }
  if (second) throw shouldBe(`${path}.${second}`, "not present", block[second]);
  const { children: inside, ...content } = parseAt(z.looseObject({}), block[type], `${path}.${type}`);
  // Notion reads children beside the type's key or inside it.
  const children = inside ?? block.children;
  const data = storedContent(row, parseAt(row.content, content, `${path}.${type}`) as JsonObject);
  const childrenPath = `${path}.${type}.children`;
  if (children === undefined) {
    if (type === "table") throw shouldBe(childrenPath, "defined", undefined);
    return { type, data, children: [] };
  }
  if (!row.takesChildren || depth >= maxDepth) throw shouldBe(childrenPath, "not present", children);
  const below = parseBlocks(children, childrenPath, depth + 1);
  if (type === "table") assertRows(below, data.table_width, childrenPath);
  return { type, data, children: below };
};

const assertRows = (rows: readonly NewBlock[], width: unknown, path: string): void => {
  for (const [index, row] of rows.entries()) {
    if (row.type !== "table_row") throw shouldBe(`${path}[${index}].table_row`, "defined", undefined);
    const cells = (row.data.cells as unknown[]).length;
    if (cells !== width) throw shouldBe(`${path}[${index}].table_row.cells.length`, `\`${width}\``, cells);
  }
};

/** Validates `children` of a request; errors name the place below `path`. */
export const parseBlocks = (given: unknown, path: string, depth = 0): NewBlock[] =>
  parseAt(childrenSchema, given, path).map((block, index) => parseBlock(block, `${path}[${index}]`, depth));
