import { z } from "zod";
import { findBlock, findDataSource, findPage } from "../access.ts";
import { notAllowed } from "../api/errors.ts";
import { onlyDataSource } from "../api/legacy.ts";
import { type Operation, operation } from "../api/operation.ts";
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
import type { BlockRecord, JsonObject, PageRecord, Parent } from "../model.ts";
import type { Scope } from "../scope.ts";
import { showPage } from "../show/page.ts";
import { acceptTask } from "../tasks/async-tasks.ts";
import { eraseContent } from "../write/erase-content.ts";
import { movePage } from "../write/move.ts";
import { assertPageEditable, createPage, setTrashed, updateSettings, updateValues } from "../write/pages.ts";
import { chosenTemplate, scheduleTemplate } from "../write/templates.ts";

const filterPropertiesSchema = z.strictObject({ filter_properties: z.array(z.string()).max(100).optional() });
const propertiesSchema = z.record(z.string(), z.unknown()).optional();

const positionSchema = z.union([
  z.strictObject({ type: z.literal("after_block"), after_block: z.strictObject({ id: idSchema }) }),
  z.strictObject({ type: z.literal("page_start") }),
  z.strictObject({ type: z.literal("page_end") }),
]);

const zone = { timezone: z.string().optional() };
const templateSchema = z
  .union([
    z.strictObject({ type: z.literal("template_id"), template_id: idSchema, ...zone }),
    z.strictObject({ type: z.literal("default"), ...zone }),
    z.strictObject({ type: z.literal("none") }),
  ])
  .optional();

const createSchema = z.strictObject({
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

const parentOf = (scope: Scope, given: CreateInput["parent"]): Parent => {
  if (!given || "workspace" in given) {
    if (scope.actor.kind === "bot") throw shouldBe("body.parent", "defined", given);
    return { type: "workspace" };
  }
  if ("page_id" in given) return { type: "page_id", id: findPage(scope, given.page_id).id };
  if ("data_source_id" in given)
    return { type: "data_source_id", id: findDataSource(scope, given.data_source_id).id };
  return { type: "data_source_id", id: onlyDataSource(scope, given.database_id).id };
};

const siblingBefore = (scope: Scope, position: CreateInput["position"]): BlockRecord | null | "end" => {
  if (!position || position.type === "page_end") return "end";
  return position.type === "page_start" ? null : findBlock(scope, position.after_block.id);
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

const create = (scope: Scope, input: CreateInput, keys: string[] | undefined): JsonObject => {
  assertContentOnce(input);
  const parent = parentOf(scope, input.parent);
  if (parent.type === "page_id") assertPageEditable(scope, findPage(scope, parent.id));
  const { properties, blocks } = contentOf(input);
  const { icon, cover } = input;
  const page = createPage(scope, { id: scope.newId(), parent, properties, icon, cover });
  if (parent.type === "page_id") {
    insertChildObject(scope, parent.id, "child_page", page.id, siblingBefore(scope, input.position));
  }
  insertBlocks(scope, { parentId: page.id, pageId: page.id }, blocks, "end");
  const template = input.template && chosenTemplate(scope, page, input.template);
  if (template) scheduleTemplate(scope, page, template, false);
  const shown = showPage(scope, page, keys);
  // Only Markdown may take long (assumed).
  return input.allow_async && input.markdown !== undefined ? acceptTask(scope, "create_page", shown) : shown;
};

const updateSchema = z.strictObject({
  properties: propertiesSchema,
  icon: iconSchema.nullish(),
  cover: coverSchema.nullish(),
  is_locked: z.boolean().optional(),
  in_trash: z.boolean().optional(),
  erase_content: z.boolean().optional(),
  is_archived: z.boolean().optional(),
  template: templateSchema,
});
type UpdateInput = z.infer<typeof updateSchema>;

const update = (scope: Scope, id: string, input: UpdateInput): PageRecord => {
  let page = findPage(scope, id);
  if (input.in_trash && page.shared && scope.actor.kind === "bot") throw notAllowed();
  if (input.in_trash === false) page = setTrashed(scope, page, false);
  assertPageEditable(scope, page);
  page = updateSettings(scope, page, {
    ...(input.icon === undefined ? {} : { icon: input.icon }),
    ...(input.cover === undefined ? {} : { cover: input.cover }),
    ...(input.is_archived === undefined ? {} : { isArchived: input.is_archived }),
    ...(input.is_locked === undefined ? {} : { isLocked: input.is_locked }),
  });
  page = updateValues(scope, page, input.properties ?? {});
  const template = input.template && chosenTemplate(scope, page, input.template);
  // With a template the old content stays until the template arrives (notion-api §2).
  if (template) scheduleTemplate(scope, page, template, input.erase_content ?? false);
  else if (input.erase_content) eraseContent(scope, page);
  return input.in_trash ? setTrashed(scope, findPage(scope, id), true) : findPage(scope, id);
};

const moveSchema = z.strictObject({ parent: z.union([pageParentSchema, dataSourceParentSchema]) });

const move = (scope: Scope, id: string, { parent }: z.infer<typeof moveSchema>): PageRecord => {
  const page = findPage(scope, id);
  assertPageEditable(scope, page);
  const target = parentOf(scope, parent);
  if (target.type === "page_id") assertPageEditable(scope, findPage(scope, target.id));
  return movePage(scope, page, target);
};

export const pageOperations: readonly Operation[] = [
  operation({
    name: "pages.create",
    method: "POST",
    path: "/pages",
    query: filterPropertiesSchema,
    body: createSchema,
    handle: (scope, { query, body }) => create(scope, body, query.filter_properties),
  }),
  operation({
    name: "pages.retrieve",
    method: "GET",
    path: "/pages/:page_id",
    query: filterPropertiesSchema,
    handle: (scope, { params: { page_id = "" }, query }) =>
      showPage(scope, findPage(scope, page_id), query.filter_properties),
  }),
  operation({
    name: "pages.update",
    method: "PATCH",
    path: "/pages/:page_id",
    query: filterPropertiesSchema,
    body: updateSchema,
    handle: (scope, { params: { page_id = "" }, query, body }) =>
      showPage(scope, update(scope, page_id, body), query.filter_properties),
  }),
  operation({
    name: "pages.move",
    method: "POST",
    path: "/pages/:page_id/move",
    body: moveSchema,
    handle: (scope, { params: { page_id = "" }, body }) => showPage(scope, move(scope, page_id, body)),
  }),
];
