import { z } from "zod";
import { assertEditable, databaseOf, findDatabase, findDataSource, isTrashed } from "../access.ts";
import { type Operation, operation } from "../api/operation.ts";
import { databaseParentSchema, iconSchema, pagingShape, richTextSchema } from "../api/schemas.ts";
import type { JsonObject } from "../model.ts";
import { paginate } from "../query/paginate.ts";
import type { Scope } from "../scope.ts";
import { showDataSource } from "../show/database.ts";
import { titleOf } from "../show/page.ts";
import { storedRichText } from "../show/rich-text.ts";
import { createDataSource } from "../write/databases.ts";
import { given, recordEdit, withTrash } from "../write/edit-object.ts";
import { moveDataSource } from "../write/move.ts";
import { recordSchemaChange } from "../write/record-schema-change.ts";
import { applySchema } from "../write/schema.ts";
import { templatesOf } from "../write/templates.ts";

const schemaSchema = z.record(z.string(), z.unknown());
const looks = { title: richTextSchema.optional(), icon: iconSchema.nullish() };

const createSourceSchema = z.strictObject({
  ...looks,
  parent: databaseParentSchema,
  properties: schemaSchema,
});

const createSource = (scope: Scope, input: z.infer<typeof createSourceSchema>): JsonObject => {
  const database = findDatabase(scope, input.parent.database_id);
  assertEditable(isTrashed(scope, database));
  const title = storedRichText(input.title ?? []);
  const source = createDataSource(scope, database.id, title, input.icon ?? null, input.properties);
  return showDataSource(scope, source);
};

const updateSourceSchema = z.strictObject({
  ...looks,
  parent: databaseParentSchema.optional(),
  properties: schemaSchema.optional(),
  in_trash: z.boolean().optional(),
});

const updateSource = (scope: Scope, id: string, input: z.infer<typeof updateSourceSchema>): JsonObject => {
  withTrash(scope, findDataSource(scope, id), input.in_trash, (before) => {
    const target = input.parent && findDatabase(scope, input.parent.database_id);
    const source = target ? moveDataSource(scope, before, target) : before;
    const changes = given({ title: input.title && storedRichText(input.title), icon: input.icon });
    if (Object.keys(changes).length > 0) recordEdit(scope, { ...source, ...changes } as typeof source);
    const schema = applySchema(scope, id, input.properties ?? {});
    if (schema.length > 0) recordSchemaChange(scope, id, schema);
    const database = databaseOf(scope, id);
    if (changes.title && scope.objects.childrenOf("data_source", database.id).length === 1) {
      scope.objects.put({ ...database, title: changes.title });
    }
    return findDataSource(scope, id);
  });
  return showDataSource(scope, findDataSource(scope, id));
};

const templatesSchema = z.strictObject({ ...pagingShape, name: z.string().optional() });

const listTemplates = (scope: Scope, id: string, query: z.infer<typeof templatesSchema>): JsonObject => {
  const wanted = query.name?.toLowerCase() ?? "";
  const found = templatesOf(scope, findDataSource(scope, id).id).filter((page) =>
    titleOf(page, scope).toLowerCase().includes(wanted),
  );
  const { items, nextCursor } = paginate(found, query, (page) => page.id);
  const templates = items.map((page) => ({
    id: page.id,
    name: titleOf(page, scope),
    is_default: page.template?.isDefault ?? false,
  }));
  return { templates, has_more: nextCursor !== null, next_cursor: nextCursor };
};

export const dataSourceOperations: readonly Operation[] = [
  operation({
    name: "data_sources.create",
    method: "POST",
    path: "/data_sources",
    body: createSourceSchema,
    handle: (scope, { body }) => createSource(scope, body),
  }),
  operation({
    name: "data_sources.retrieve",
    method: "GET",
    path: "/data_sources/:data_source_id",
    handle: (scope, { params: { data_source_id = "" } }) =>
      showDataSource(scope, findDataSource(scope, data_source_id)),
  }),
  operation({
    name: "data_sources.templates.list",
    method: "GET",
    path: "/data_sources/:data_source_id/templates",
    query: templatesSchema,
    handle: (scope, { params: { data_source_id = "" }, query }) =>
      listTemplates(scope, data_source_id, query),
  }),
  operation({
    name: "data_sources.update",
    method: "PATCH",
    path: "/data_sources/:data_source_id",
    body: updateSourceSchema,
    handle: (scope, { params: { data_source_id = "" }, body }) => updateSource(scope, data_source_id, body),
  }),
];
