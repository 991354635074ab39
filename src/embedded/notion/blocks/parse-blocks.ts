import { z } from "zod";
import { notFound, validationError } from "../api/errors.ts";
import type { RichTextInput } from "../api/schemas.ts";
import { fixOne, parseAt, shouldBe } from "../api/validate.ts";
import type { JsonObject } from "../model.ts";
import { storedRichText } from "../show/rich-text.ts";
import type { Below, BlockType } from "./block-type.ts";
import { blockTypes } from "./block-types.ts";

/** A block that is to be created, with those below it. An `id` names one that is there already and is to move here. */
export type NewBlock = { id?: string; type: string; data: JsonObject; children: NewBlock[] };

/** Children below a block of the request go two levels deep; a column list's columns are no level (documented: OpenAPI). */
const maxDepth = 2;

const blockSchema = z.looseObject({
  object: z.literal("block").optional(),
  type: z.string().optional(),
});
const childrenSchema = z.array(z.looseObject({})).max(100);

/** Where a list of blocks stands: how deep, and what its parent takes. */
type Place = { depth: number; below: Below; width?: unknown };
const topPlace: Place = { depth: 0, below: "blocks" };

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
    else if (key === "cells") stored[key] = (value as RichTextInput[]).map(() => []);
    else stored[key] = storedRichText(value as RichTextInput);
  }
  return stored;
};

/** A file is an address on the web here; uploads are not there, so none can be named. */
const assertFile = (content: JsonObject, path: string): void => {
  const upload = content.file_upload as { id: string } | undefined;
  if (upload) throw notFound("file_upload", upload.id);
  if (!content.external) throw shouldBe(`${path}.external`, "defined", undefined);
};

const parseContent = (row: BlockType, content: JsonObject, path: string): JsonObject => {
  const parsed = parseAt(row.content, content, path);
  if ("caption" in row.defaults && !("url" in parsed) && !("language" in parsed)) assertFile(parsed, path);
  return storedContent(row, row.complete?.(parsed) ?? parsed);
};

/** The one type of a block, checked against what may stand at its place. */
const typeOf = (block: JsonObject, path: string, { below, depth }: Place): string => {
  const given = block.type as string | undefined;
  const [key = given ?? "", second] = typeKeys(block);
  const wanted = given !== undefined && Object.hasOwn(blockTypes, given) ? given : key;
  if (wanted !== "" && !Object.hasOwn(blockTypes, wanted))
    throw shouldBe(`${path}.${key}`, "not present", block[key]);
  if (wanted === "") {
    const names = Object.keys(blockTypes);
    throw fixOne(
      path,
      names.map((name) => `${path}.${name} should be defined, instead was \`undefined\`.`),
    );
  }
  if (wanted !== key) throw shouldBe(`${path}.${wanted}`, "defined", undefined);
  if (second) throw shouldBe(`${path}.${second}`, "not present", block[second]);
  if (below === "rows" && key !== "table_row") throw shouldBe(`${path}.table_row`, "defined", undefined);
  if (below === "columns" && key !== "column") throw shouldBe(`${path}.column`, "defined", undefined);
  const isColumns = key === "column_list" || (key === "column" && below !== "columns");
  if ((isColumns && depth > 0) || (key === "table" && depth >= maxDepth)) {
    throw shouldBe(`${path}.${key}`, "not present", block[key]);
  }
  return key;
};

/** How few children a block of this kind may be created with. */
const fewest: Readonly<Record<Below, number>> = { none: 0, blocks: 0, rows: 1, columns: 2 };

const parseBelow = (
  row: BlockType,
  block: NewBlock,
  children: unknown,
  path: string,
  depth: number,
): void => {
  if (children === undefined) {
    if (fewest[row.below] > 0) throw shouldBe(path, "defined", undefined);
    return;
  }
  const isOwn = row.below === "rows" || row.below === "columns";
  if (row.below === "none" || (depth >= maxDepth && !isOwn)) throw shouldBe(path, "not present", children);
  // Columns stand where their list stands; what is in them lies one level deeper.
  const inside = row.below === "columns" ? depth : depth + 1;
  block.children = parseList(children, path, {
    depth: inside,
    below: row.below,
    width: block.data.table_width,
  });
  const count = block.children.length;
  if (count < fewest[row.below]) throw shouldBe(`${path}.length`, `≥ \`${fewest[row.below]}\``, count);
};

const parseBlock = (given: unknown, path: string, place: Place): NewBlock => {
  const block = parseAt(blockSchema, given, path);
  const type = typeOf(block, path, place);
  const row = blockTypes[type];
  if (!row) throw shouldBe(`${path}.${type}`, "not present", block[type]);
  const inPath = `${path}.${type}`;
  const { children: inside, ...content } = parseAt(z.looseObject({}), block[type], inPath);
  const made: NewBlock = { type, data: parseContent(row, content, inPath), children: [] };
  if (place.below === "rows" && place.width !== undefined) assertWidth(made, place.width, inPath);
  // Notion reads children beside the type's key or inside it.
  parseBelow(row, made, inside ?? block.children, `${inPath}.children`, place.depth);
  return made;
};

const assertWidth = (row: NewBlock, width: unknown, path: string): void => {
  const cells = (row.data.cells as unknown[]).length;
  if (cells !== width) throw shouldBe(`${path}.cells.length`, `\`${width}\``, cells);
};

const parseList = (given: unknown, path: string, place: Place): NewBlock[] =>
  parseAt(childrenSchema, given, path).map((block, index) => parseBlock(block, `${path}[${index}]`, place));

/** Validates `children` of a request that go below a block of this type (a page unless given); errors name the place below `path`. */
export const parseBlocks = (
  given: unknown,
  path: string,
  parent: { type: string; data: JsonObject } | null = null,
): NewBlock[] => {
  const below = parent ? (blockTypes[parent.type]?.below ?? "none") : "blocks";
  if (below === "none") throw validationError("Block does not support children.");
  return parseList(given, path, { ...topPlace, below, width: parent?.data.table_width });
};
