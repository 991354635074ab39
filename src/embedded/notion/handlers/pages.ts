import { z } from "zod";
import { findBlock, findDatabase, findDataSource, findPage } from "../access.ts";
import { notAllowed, notFound, validationError } from "../api/errors.ts";
import { type Operation, operation } from "../api/operation.ts";
import {
  coverSchema,
  databaseParentSchema,
  dataSourceParentSchema,
  iconSchema,
  idSchema,
  pageParentSchema,
  pagingShape,
  workspaceParentSchema,
} from "../api/schemas.ts";
import { shouldBe } from "../api/validate.ts";
import { parseBlocks } from "../blocks/parse-blocks.ts";
import { insertBlocks, insertChildObject, recordContentChange } from "../blocks/write-blocks.ts";
import { parseMarkdown } from "../markdown/parse-markdown.ts";
import type { BlockRecord, JsonObject, PageRecord, Parent } from "../model.ts";
import { findProperty } from "../properties/find-property.ts";
import { typeOf } from "../properties/table.ts";
import { listOf, paginate } from "../query/paginate.ts";
import type { Scope } from "../scope.ts";
import { propertiesOf, showPage } from "../show/page.ts";
import { assertPageEditable, createPage, setTrashed, updateSettings, updateValues } from "../write/pages.ts";

const filterPropertiesSchema = z.strictObject({ filter_properties: z.array(z.string()).max(100).optional() });
const propertiesSchema = z.record(z.string(), z.unknown()).optional();

const positionSchema = z.union([
  z.strictObject({ type: z.literal("after_block"), after_block: z.strictObject({ id: idSchema }) }),
  z.strictObject({ type: z.literal("page_start") }),
  z.strictObject({ type: z.literal("page_end") }),
]);

const createSchema = z.strictObject({
  parent: z
    .union([pageParentSchema, databaseParentSchema, dataSourceParentSchema, workspaceParentSchema])
    .optional(),
  properties: propertiesSchema,
  icon: iconSchema.nullish(),
  cover: coverSchema.nullish(),
  children: z.array(z.unknown()).max(100).optional(),
  markdown: z.string().optional(),
  position: positionSchema.optional(),
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
  const database = findDatabase(scope, given.database_id);
  const [only, another] = scope.objects.childrenOf("data_source", database.id);
  if (!only || another)
    throw validationError("Databases with multiple data sources are not supported in this API version.");
  return { type: "data_source_id", id: only.id };
};

const siblingBefore = (scope: Scope, position: CreateInput["position"]): BlockRecord | null | "end" => {
  if (!position || position.type === "page_end") return "end";
  return position.type === "page_start" ? null : findBlock(scope, position.after_block.id);
};

const assertContentOnce = ({ children, markdown }: CreateInput): void => {
  if (children && markdown !== undefined) throw shouldBe("body.markdown", "not present", markdown);
};

/** Title and blocks of `markdown`: its first heading names the page when the request does not (notion-api §2). */
const contentOf = (input: CreateInput) => {
  const properties: JsonObject = { ...input.properties };
  if (input.markdown === undefined) {
    return { properties, blocks: input.children ? parseBlocks(input.children, "body.children") : [] };
  }
  const blocks = parseMarkdown(input.markdown);
  const hasTitle = Object.values(properties).some(
    (value) => typeof value === "object" && value !== null && "title" in value,
  );
  const [first] = blocks;
  if (hasTitle || first?.type !== "heading_1") return { properties, blocks };
  return { properties: { ...properties, title: { title: first.data.rich_text } }, blocks: blocks.slice(1) };
};

const create = (scope: Scope, input: CreateInput): JsonObject => {
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
  return showPage(scope, page);
};

const updateSchema = z.strictObject({
  properties: propertiesSchema,
  icon: iconSchema.nullish(),
  cover: coverSchema.nullish(),
  is_locked: z.boolean().optional(),
  in_trash: z.boolean().optional(),
  erase_content: z.boolean().optional(),
});
type UpdateInput = z.infer<typeof updateSchema>;

const eraseContent = (scope: Scope, page: PageRecord): void => {
  const blocks = scope.blocks.childrenOf(page.id);
  for (const block of blocks) scope.blocks.update({ ...block, inTrash: true });
  if (blocks.length > 0)
    recordContentChange(
      scope,
      page,
      blocks.map(({ id }) => id),
    );
};

const update = (scope: Scope, id: string, input: UpdateInput): PageRecord => {
  let page = findPage(scope, id);
  if (input.in_trash && page.shared && scope.actor.kind === "bot") throw notAllowed();
  if (input.in_trash === false) page = setTrashed(scope, page, false);
  assertPageEditable(scope, page);
  page = updateSettings(scope, page, {
    ...(input.icon === undefined ? {} : { icon: input.icon }),
    ...(input.cover === undefined ? {} : { cover: input.cover }),
    ...(input.is_locked === undefined ? {} : { isLocked: input.is_locked }),
  });
  page = updateValues(scope, page, input.properties ?? {});
  if (input.erase_content) eraseContent(scope, page);
  return input.in_trash ? setTrashed(scope, findPage(scope, id), true) : findPage(scope, id);
};

const propertyItem = (
  scope: Scope,
  pageId: string,
  key: string,
  query: z.infer<typeof pagingSchema>,
): JsonObject => {
  const page = findPage(scope, pageId);
  const property = findProperty(propertiesOf(scope, page), key);
  if (!property) throw notFound("property", key);
  const { type } = property;
  const head = { object: "property_item", id: encodeURIComponent(property.id), type };
  const row = typeOf(property);
  const value = page.values[property.id];
  const context = { scope, property };
  if (!row.items) return { ...head, ...row.show(value, page, context) };
  const places = row.items(value, context).map((item, index) => ({ item, index }));
  const { items, nextCursor } = paginate(places, query, ({ index }) => String(index));
  const results = items.map(({ item }) => ({ ...head, [type]: item }));
  const next =
    nextCursor &&
    `https://api.notion.com/v1/pages/${page.id}/properties/${head.id}?start_cursor=${nextCursor}`;
  return {
    ...listOf("property_item", results, nextCursor),
    property_item: { id: head.id, next_url: next, type, [type]: {} },
  };
};
const pagingSchema = z.strictObject(pagingShape);

export const pageOperations: readonly Operation[] = [
  operation({
    name: "pages.create",
    method: "POST",
    path: "/pages",
    query: filterPropertiesSchema,
    body: createSchema,
    handle: (scope, { body }) => create(scope, body),
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
    name: "pages.properties.retrieve",
    method: "GET",
    path: "/pages/:page_id/properties/:property_id",
    query: pagingSchema,
    handle: (scope, { params: { page_id = "", property_id = "" }, query }) =>
      propertyItem(scope, page_id, property_id, query),
  }),
];
