import { z } from "zod";
import { assertEditable, findDataSource, findPage, findSibling, isTrashed } from "../access.ts";
import { onlyDataSource } from "../api/legacy.ts";
import {
  coverSchema,
  databaseParentSchema,
  dataSourceParentSchema,
  iconSchema,
  idSchema,
  pageParentSchema,
  workspaceParentSchema,
} from "../api/schemas.ts";
import { shouldBe } from "../api/validate.ts";
import { parseBlocks } from "../blocks/parse-blocks.ts";
import { insertBlocks, insertChildObject } from "../blocks/write-blocks.ts";
import { parseMarkdown } from "../markdown/parse-markdown.ts";
import type { BlockRecord, JsonObject, Parent } from "../model.ts";
import type { Scope } from "../scope.ts";
import { showPage } from "../show/page.ts";
import { acceptTask } from "../tasks/async-tasks.ts";
import { createPage } from "../write/pages.ts";
import { chosenTemplate, scheduleTemplate } from "../write/templates.ts";

export const propertiesSchema = z.record(z.string(), z.unknown()).optional();

const positionSchema = z.union([
  z.strictObject({ type: z.literal("after_block"), after_block: z.strictObject({ id: idSchema }) }),
  z.strictObject({ type: z.literal("page_start") }),
  z.strictObject({ type: z.literal("page_end") }),
]);

const zone = { timezone: z.string().optional() };
export const templateSchema = z
  .union([
    z.strictObject({ type: z.literal("template_id"), template_id: idSchema, ...zone }),
    z.strictObject({ type: z.literal("default"), ...zone }),
    z.strictObject({ type: z.literal("none") }),
  ])
  .optional();

export const createSchema = z.strictObject({
  parent: z
    .union([pageParentSchema, databaseParentSchema, dataSourceParentSchema, workspaceParentSchema])
    .optional(),
  properties: propertiesSchema,
  icon: iconSchema.nullish(),
  cover: coverSchema.nullish(),
  children: z.array(z.unknown()).max(100).optional(),
  /** The older name of `children`. */
  content: z.array(z.unknown()).max(100).optional(),
  markdown: z.string().optional(),
  position: positionSchema.optional(),
  template: templateSchema,
  allow_async: z.boolean().optional(),
});
type CreateInput = z.infer<typeof createSchema>;

export const parentOf = (scope: Scope, given: CreateInput["parent"]): Parent => {
  if (!given || "workspace" in given) {
    if (scope.actor.kind === "bot") throw shouldBe("body.parent", "defined", given);
    return { type: "workspace" };
  }
  if ("page_id" in given) return { type: "page_id", id: findPage(scope, given.page_id).id };
  if ("data_source_id" in given)
    return { type: "data_source_id", id: findDataSource(scope, given.data_source_id).id };
  return { type: "data_source_id", id: onlyDataSource(scope, given.database_id).id };
};

/** Nothing new comes to what lies in the trash. */
export const assertTakesPages = (scope: Scope, parent: Parent): void => {
  if (parent.type === "page_id") assertEditable(isTrashed(scope, findPage(scope, parent.id)));
  if (parent.type === "data_source_id") assertEditable(isTrashed(scope, findDataSource(scope, parent.id)));
};

const siblingBefore = (
  scope: Scope,
  parentId: string,
  position: CreateInput["position"],
): BlockRecord | null | "end" => {
  if (!position || position.type === "page_end") return "end";
  return position.type === "page_start" ? null : findSibling(scope, parentId, position.after_block.id);
};

/** Blocks, Markdown and a template exclude each other (notion-api §2). */
const assertContentOnce = ({ children, content, markdown, template }: CreateInput): void => {
  if (children && content) throw shouldBe("body.content", "not present", content);
  const blocks = children ?? content;
  if (blocks && markdown !== undefined) throw shouldBe("body.markdown", "not present", markdown);
  if (!template || template.type === "none") return;
  if (blocks) throw shouldBe(children ? "body.children" : "body.content", "not present", blocks);
  if (markdown !== undefined) throw shouldBe("body.markdown", "not present", markdown);
};

/** Title and blocks of `markdown`: its first heading names the page when the request does not (notion-api §2). */
const contentOf = (input: CreateInput) => {
  const properties: JsonObject = { ...input.properties };
  if (input.markdown === undefined) {
    const [key, given] = input.content ? ["content", input.content] : ["children", input.children];
    return { properties, blocks: given ? parseBlocks(given, `body.${key}`) : [] };
  }
  const blocks = parseMarkdown(input.markdown);
  const hasTitle = Object.values(properties).some(
    (value) => typeof value === "object" && value !== null && "title" in value,
  );
  const [first] = blocks;
  if (hasTitle || first?.type !== "heading_1") return { properties, blocks };
  return { properties: { ...properties, title: { title: first.data.rich_text } }, blocks: blocks.slice(1) };
};

/** What a request for a new page makes, as it is answered. */
export const createFromRequest = (
  scope: Scope,
  input: CreateInput,
  keys: string[] | undefined,
): JsonObject => {
  assertContentOnce(input);
  const parent = parentOf(scope, input.parent);
  assertTakesPages(scope, parent);
  const { properties, blocks } = contentOf(input);
  const { icon, cover } = input;
  const page = createPage(scope, { id: scope.newId(), parent, properties, icon, cover });
  if (parent.type === "page_id") {
    insertChildObject(
      scope,
      parent.id,
      "child_page",
      page.id,
      siblingBefore(scope, parent.id, input.position),
    );
  }
  insertBlocks(scope, { parentId: page.id, pageId: page.id }, blocks, "end");
  const template = input.template && chosenTemplate(scope, page, input.template);
  if (template) scheduleTemplate(scope, page, template, false);
  const shown = showPage(scope, page, keys);
  // Only Markdown may take long (assumed).
  return input.allow_async && input.markdown !== undefined ? acceptTask(scope, "create_page", shown) : shown;
};
